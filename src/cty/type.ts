import { CtyError, checkDepth } from "./error.ts";
import { Path } from "./path.ts";
import { compareUTF8, normalizeString } from "./unicode.ts";

/** A type of go-cty that a provider's schema can name. Attributes are held sorted by name. */
export type Type =
  | { readonly kind: "string" }
  | { readonly kind: "number" }
  | { readonly kind: "bool" }
  | { readonly kind: "dynamic" }
  | CollectionType<"list">
  | CollectionType<"set">
  | CollectionType<"map">
  | TupleType
  | ObjectType;

export interface CollectionType<Kind extends "list" | "set" | "map"> {
  readonly kind: Kind;
  readonly element: Type;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
}

export interface ObjectType {
  readonly kind: "object";
  readonly attributes: ReadonlyMap<string, Type>;
}

export const string: Type = { kind: "string" };
export const number: Type = { kind: "number" };
export const bool: Type = { kind: "bool" };
export const dynamic: Type = { kind: "dynamic" };

export function list(element: Type): Type {
  return { kind: "list", element };
}

export function set(element: Type): Type {
  return { kind: "set", element };
}

export function map(element: Type): Type {
  return { kind: "map", element };
}

export function tuple(elements: readonly Type[]): Type {
  return { kind: "tuple", elements };
}

/** An object type from `[name, type]` pairs or a record; names are normalised to NFC and sorted. */
export function object(attributes: Iterable<readonly [string, Type]> | Readonly<Record<string, Type>>): Type {
  const pairs = isIterable(attributes) ? [...attributes] : Object.entries(attributes);
  const normal = pairs.map(([name, type]): [string, Type] => [normalizeString(name), type]);
  return { kind: "object", attributes: new Map(normal.sort(([a], [b]) => compareUTF8(a, b))) };
}

function isIterable<T>(value: Iterable<T> | Readonly<Record<string, unknown>>): value is Iterable<T> {
  return Symbol.iterator in value;
}

/**
 * The type as compact JSON, byte for byte as go-cty's Type.MarshalJSON (cty/json.go) writes it:
 * attributes sorted by name, and `<`, `>`, `&`, U+2028, U+2029 escaped as Go's encoding/json does.
 */
export function typeToJSON(type: Type): string {
  return typeJSON(type, 0);
}

function typeJSON(type: Type, depth: number): string {
  checkDepth(Path.root, depth);
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `["${type.kind}",${typeJSON(type.element, depth + 1)}]`;
    case "tuple":
      return `["tuple",[${type.elements.map((element) => typeJSON(element, depth + 1)).join(",")}]]`;
    case "object": {
      const members = [...type.attributes].map(
        ([name, attribute]) => `${goStringJSON(name)}:${typeJSON(attribute, depth + 1)}`,
      );
      return `["object",{${members.join(",")}}]`;
    }
    default:
      return `"${type.kind}"`;
  }
}

const GO_ESCAPED = /[<>&\u2028\u2029]/g;

/** A JSON string as Go's json.Marshal writes it, with its escapes for use inside HTML. */
export function goStringJSON(text: string): string {
  return JSON.stringify(text).replace(GO_ESCAPED, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * Reads a type from its JSON form. Optional attributes (the third element of an object type) are
 * checked and then forgotten: a value has all the attributes of its type. Throws CtyError.
 */
export function typeFromJSON(text: string, path = Path.root): Type {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CtyError(path, "the type is not valid JSON");
  }
  return typeFromTree(json, path, 0);
}

function typeFromTree(json: unknown, path: Path, depth: number): Type {
  checkDepth(path, depth);
  if (typeof json === "string") return primitive(json, path);
  if (!Array.isArray(json)) throw new CtyError(path, "a type is required, as a string or an array");
  const [kind, argument, optional]: unknown[] = json;
  const length = kind === "object" && optional !== undefined ? 3 : 2;
  if (json.length !== length) throw new CtyError(path, "a type of two elements is required");
  switch (kind) {
    case "list":
    case "set":
    case "map":
      return { kind, element: typeFromTree(argument, path, depth + 1) };
    case "tuple":
      if (!Array.isArray(argument)) throw new CtyError(path, "a tuple type needs an array of types");
      return tuple(argument.map((element) => typeFromTree(element, path, depth + 1)));
    case "object":
      return objectFromTree(argument, optional, path, depth);
    default:
      throw new CtyError(path, `${JSON.stringify(kind)} is not the name of a type`);
  }
}

function primitive(name: string, path: Path): Type {
  if (name === "string") return string;
  if (name === "number") return number;
  if (name === "bool") return bool;
  if (name === "dynamic") return dynamic;
  throw new CtyError(path, `invalid primitive type name ${JSON.stringify(name)}`);
}

function objectFromTree(tree: unknown, optional: unknown, path: Path, depth: number): Type {
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) {
    throw new CtyError(path, "an object type needs a JSON object of attribute types");
  }
  const entries = Object.entries(tree).map(([name, type]): [string, Type] => {
    return [name, typeFromTree(type, path, depth + 1)];
  });
  if (optional !== undefined && !isNamesOf(optional, tree)) {
    throw new CtyError(path, "the optional attributes of an object type must be among its attributes");
  }
  return object(entries);
}

function isNamesOf(names: unknown, tree: object): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && Object.hasOwn(tree, name));
}
