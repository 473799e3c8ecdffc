import { CtyError, checkDepth } from "./error.ts";
import { type JSONKind, JSONScanner } from "./json-scanner.ts";
import { type ExactNumber, parseNumber } from "./number.ts";
import { Path } from "./path.ts";
import { canonicalElements } from "./set-order.ts";
import { typeName } from "./shape.ts";
import { type CollectionType, type ObjectType, type TupleType, type Type, typeFromJSON } from "./type.ts";
import { normalizeString } from "./unicode.ts";
import { DynamicValue, objectValue, type Value } from "./value.ts";

/**
 * Reads a value of the type from JSON, as lenient as go-cty's cty/json: a missing attribute is null, a
 * number or bool serves as a string, and "true", "false", "1", "0" and numeric text serve as bool and
 * number. Numbers keep all their digits. Takes text or UTF-8 bytes; throws CtyError, with the path.
 */
export function decodeJSON(json: string | Uint8Array, type: Type): Value {
  const text = typeof json === "string" ? json : Buffer.from(json).toString("utf8");
  const scanner = new JSONScanner(text);
  const value = read(scanner, type, Path.root, 0);
  scanner.expectEnd(Path.root);
  return value;
}

/**
 * Whether JSON text is that of an object, with whatever in it; false for null.
 *
 * @throws CtyError for anything else.
 */
export function holdsJSONObject(text: string): boolean {
  const scanner = new JSONScanner(text);
  const kind = scanner.peek(Path.root);
  if (kind === "literal" && scanner.literal(Path.root) === "null") {
    scanner.expectEnd(Path.root);
    return false;
  }
  if (kind !== "object") throw new CtyError(Path.root, `an object is required, got a JSON ${kind}`);
  skip(scanner, Path.root, 0);
  scanner.expectEnd(Path.root);
  return true;
}

function read(scanner: JSONScanner, type: Type, path: Path, depth: number): Value {
  checkDepth(path, depth);
  const kind = scanner.peek(path);
  if (kind === "literal") return readLiteral(scanner, type, path);
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
      return readPrimitive(scanner, kind, type, path);
    case "list":
    case "set":
      return readElements(scanner, kind, type, path, depth);
    case "map":
      return readMap(scanner, kind, type, path, depth);
    case "tuple":
      return readTuple(scanner, kind, type, path, depth);
    case "object":
      return readObject(scanner, kind, type, path, depth);
    case "dynamic":
      return readDynamic(scanner, kind, path, depth);
  }
}

function required(type: Type, got: string, path: Path): CtyError {
  return new CtyError(path, `${typeName(type)} is required, got ${got}`);
}

function readLiteral(scanner: JSONScanner, type: Type, path: Path): Value {
  const literal = scanner.literal(path);
  if (literal === "null") return null;
  if (type.kind === "bool") return literal === "true";
  if (type.kind === "string") return literal;
  throw required(type, "a bool", path);
}

const BOOLS = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function readPrimitive(
  scanner: JSONScanner,
  kind: JSONKind,
  type: Type,
  path: Path,
): string | boolean | ExactNumber {
  if (kind !== "string" && kind !== "number") throw required(type, `a JSON ${kind}`, path);
  const text = kind === "string" ? scanner.string(path) : scanner.number(path);
  if (type.kind === "string") return normalizeString(text);
  if (type.kind === "number") return parseNumber(text, path);
  const bool = kind === "string" ? BOOLS.get(text) : undefined;
  if (bool === undefined) throw required(type, `a ${kind}`, path);
  return bool;
}

function readElements(
  scanner: JSONScanner,
  kind: JSONKind,
  type: CollectionType<"list"> | CollectionType<"set">,
  path: Path,
  depth: number,
): Value {
  if (kind !== "array") throw required(type, `a JSON ${kind}`, path);
  const elements: Value[] = [];
  scanner.array(path, (i) => elements.push(read(scanner, type.element, path.atListIndex(i), depth + 1)));
  return type.kind === "set" ? canonicalElements(elements, type.element, path) : elements;
}

function readMap(
  scanner: JSONScanner,
  kind: JSONKind,
  type: CollectionType<"map">,
  path: Path,
  depth: number,
): Value {
  if (kind !== "object") throw required(type, `a JSON ${kind}`, path);
  const entries = new Map<string, Value>();
  scanner.object(path, (key) => {
    const normal = normalizeString(key);
    entries.set(normal, read(scanner, type.element, path.atMapKey(normal), depth + 1));
  });
  return entries;
}

function readTuple(scanner: JSONScanner, kind: JSONKind, type: TupleType, path: Path, depth: number): Value {
  if (kind !== "array") throw required(type, `a JSON ${kind}`, path);
  const elements: Value[] = [];
  scanner.array(path, (i) => {
    const element = type.elements[i];
    if (element === undefined)
      throw new CtyError(path, `too many tuple elements (need ${type.elements.length})`);
    elements.push(read(scanner, element, path.atListIndex(i), depth + 1));
  });
  if (elements.length < type.elements.length) {
    throw new CtyError(path, `not enough tuple elements (need ${type.elements.length})`);
  }
  return elements;
}

function readObject(
  scanner: JSONScanner,
  kind: JSONKind,
  type: ObjectType,
  path: Path,
  depth: number,
): Value {
  if (kind !== "object") throw required(type, `a JSON ${kind}`, path);
  const given = new Map<string, Value>();
  scanner.object(path, (key) => {
    const name = normalizeString(key);
    const attribute = type.attributes.get(name);
    if (attribute === undefined) throw new CtyError(path.atName(name), "unsupported attribute");
    given.set(name, read(scanner, attribute, path.atName(name), depth + 1));
  });
  return objectValue([...type.attributes.keys()].map((name) => [name, given.get(name) ?? null]));
}

/** Reads `{"value": …, "type": …}`, in either order. */
function readDynamic(scanner: JSONScanner, kind: JSONKind, path: Path, depth: number): Value {
  if (kind !== "object") throw new CtyError(path, `a value with its type is required, got a JSON ${kind}`);
  let type: Type | undefined;
  let start: number | undefined;
  scanner.object(path, (key) => {
    scanner.peek(path);
    const valueStart = scanner.offset;
    skip(scanner, path, depth + 1);
    if (key === "value") start = valueStart;
    else if (key === "type") type = typeFromJSON(scanner.slice(valueStart, scanner.offset), path);
    else throw new CtyError(path, `invalid key ${JSON.stringify(key)} in a dynamic value`);
  });
  if (type === undefined) throw new CtyError(path, "the type of a dynamic value is missing");
  if (start === undefined) throw new CtyError(path, "the value of a dynamic value is missing");
  const end = scanner.offset;
  scanner.offset = start;
  const value = read(scanner, type, path, depth + 1);
  scanner.offset = end;
  return type.kind === "dynamic" ? value : new DynamicValue(type, value);
}

/** Reads past a value. */
function skip(scanner: JSONScanner, path: Path, depth: number): void {
  checkDepth(path, depth);
  const kind = scanner.peek(path);
  if (kind === "object") scanner.object(path, () => skip(scanner, path, depth + 1));
  else if (kind === "array") scanner.array(path, () => skip(scanner, path, depth + 1));
  else if (kind === "string") scanner.string(path);
  else if (kind === "number") scanner.number(path);
  else scanner.literal(path);
}
