import { checkDepth } from "./error.ts";
import { numberText } from "./number.ts";
import { Path } from "./path.ts";
import { type Pieces, STEP } from "./pieces.ts";
import {
  attributesOf,
  boolOf,
  dynamicOf,
  elementsOf,
  entriesOf,
  entryPieces,
  numberOf,
  textOf,
} from "./shape.ts";
import { type Type, typeToJSON } from "./type.ts";
import { normalizeString } from "./unicode.ts";
import { isUnknown, type Refinements, type Value } from "./value.ts";

/**
 * Whether two values of the same type are equal as Terraform compares them: strings after NFC, numbers
 * by their decimal text, sets without order and repetition. Unknown values are equal when the same is
 * known of them. Throws CtyError when a value is not of the type.
 */
export function equals(a: Value, b: Value, type: Type): boolean {
  return a === b || identity(a, type, Path.root) === identity(b, type, Path.root);
}

/** {@link equals} as work in pieces, part by part, which ends at the first difference. */
export function* equalsPieces(
  a: unknown,
  b: unknown,
  type: Type,
  path = Path.root,
  depth = 0,
): Pieces<boolean> {
  checkDepth(path, depth);
  if (a === b) return true;
  if (a !== null && b !== null && !isUnknown(a) && !isUnknown(b)) {
    if (type.kind === "list") {
      const [one, other] = [elementsOf(a, type, path), elementsOf(b, type, path)];
      if (one.length !== other.length) return false;
      for (const [i, element] of one.entries()) {
        if (i % STEP === STEP - 1) yield;
        if (element === other[i]) continue;
        if (!(yield* equalsPieces(element, other[i], type.element, path, depth + 1))) return false;
      }
      return true;
    }
    if (type.kind === "map") {
      const [one, other] = [yield* entryPieces(a, type, path), yield* entryPieces(b, type, path)];
      if (one.length !== other.length) return false;
      for (const [i, [key, element]] of one.entries()) {
        if (i % STEP === STEP - 1) yield;
        const [otherKey, otherElement] = other[i] ?? [];
        if (key !== otherKey) return false;
        if (!(yield* equalsPieces(element, otherElement, type.element, path, depth + 1))) return false;
      }
      return true;
    }
    if (type.kind === "object") {
      const other = attributesOf(b, type, path);
      for (const [i, attribute] of attributesOf(a, type, path).entries()) {
        const value = other[i]?.value;
        if (!(yield* equalsPieces(attribute.value, value, attribute.type, path, depth + 1))) return false;
      }
      return true;
    }
  }
  return identity(a, type, path, depth) === identity(b, type, path, depth);
}

/** A text that two values of the type share if and only if they are equal. */
export function identity(value: unknown, type: Type, path: Path, depth = 0): string {
  checkDepth(path, depth);
  if (value === null) return "null";
  if (isUnknown(value)) return `unknown${refinementsIdentity(value.refinements)}`;
  const inner = (element: unknown, elementType: Type) => identity(element, elementType, path, depth + 1);
  switch (type.kind) {
    case "string":
      return JSON.stringify(textOf(value, type, path));
    case "number":
      return numberText(numberOf(value, type, path), path);
    case "bool":
      return String(boolOf(value, type, path));
    case "list":
      return `[${elementsOf(value, type, path).map((element) => inner(element, type.element))}]`;
    case "set": {
      const elements = elementsOf(value, type, path).map((element) => inner(element, type.element));
      return `[${[...new Set(elements)].sort()}]`;
    }
    case "tuple":
      return `[${elementsOf(value, type, path).map((element, i) => inner(element, type.elements[i] ?? type))}]`;
    case "map": {
      const entries = entriesOf(value, type, path);
      return `{${entries.map(([key, element]) => `${JSON.stringify(key)}:${inner(element, type.element)}`)}}`;
    }
    case "object":
      return `{${attributesOf(value, type, path).map((one) => inner(one.value, one.type))}}`;
    case "dynamic": {
      const concrete = dynamicOf(value, type, path);
      return `(${typeToJSON(concrete.type)}:${inner(concrete.value, concrete.type)})`;
    }
  }
}

function refinementsIdentity(refinements: Refinements): string {
  const { nullness, stringPrefix, numberMin, numberMax, lengthMin, lengthMax } = refinements;
  const bounds = [numberMin, numberMax].map((bound) => {
    return bound === undefined ? "" : `${numberText(bound.value)} ${bound.inclusive}`;
  });
  const prefix = normalizeString(stringPrefix ?? "");
  return JSON.stringify([nullness ?? "", prefix, ...bounds, lengthMin ?? 0, lengthMax ?? ""]);
}
