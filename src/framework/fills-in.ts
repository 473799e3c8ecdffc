import { equals, isUnknown, type ObjectValue, type Type, type Value } from "../cty/index.ts";

/**
 * Whether a value says what another one says, and more only where that one is null: at the root, and
 * inside lists, maps and objects.
 */
export function fillsIn(value: Value, known: Value, type: Type): boolean {
  if (known === null) return true;
  if (value === null || isUnknown(value) || isUnknown(known)) return false;
  switch (type.kind) {
    case "object":
      return (
        isObject(value) &&
        isObject(known) &&
        [...type.attributes].every(([name, each]) => fillsIn(value[name] ?? null, known[name] ?? null, each))
      );
    case "list":
      return (
        Array.isArray(value) &&
        Array.isArray(known) &&
        value.length === known.length &&
        known.every((each: Value, index) => fillsIn(value[index] ?? null, each, type.element))
      );
    default:
      return equals(value, known, type);
  }
}

function isObject(value: Value): value is ObjectValue {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}
