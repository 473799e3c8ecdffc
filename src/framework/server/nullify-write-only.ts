import { type ObjectValue, objectValue, Path, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { Kind } from "../kind.ts";
import { isObjectValue } from "./config.ts";

/** The object with every write-only attribute null, at every depth: what a plan and a state may hold. */
export function nullifyWriteOnly(object: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = object[name] ?? null;
      return [name, attribute.writeOnly ? null : nullifyInside(value, attribute.kind)];
    }),
  );
}

function nullifyInside(value: Value, kind: Kind): Value {
  if (kind.kind === "object") return isObjectValue(value) ? nullifyWriteOnly(value, kind.attributes) : value;
  if (kind.kind === "list" && Array.isArray(value))
    return value.map((each) => nullifyInside(each, kind.element));
  if (kind.kind === "map" && value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, nullifyInside(each, kind.element)]));
  }
  return value;
}

/** The path of the first write-only attribute that a configuration sets, at any depth. */
export function setWriteOnly(
  object: ObjectValue,
  attributes: Attributes,
  path: Path = Path.root,
): Path | undefined {
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = object[name] ?? null;
    if (value === null) continue;
    if (attribute.writeOnly) return path.atName(name);
    const found = setInside(value, attribute.kind, path.atName(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function setInside(value: Value, kind: Kind, path: Path): Path | undefined {
  if (kind.kind === "object")
    return isObjectValue(value) ? setWriteOnly(value, kind.attributes, path) : undefined;
  if (kind.kind === "list" && Array.isArray(value)) {
    return first(value.map((each: Value, i) => setInside(each, kind.element, path.atListIndex(i))));
  }
  if (kind.kind === "map" && value instanceof Map) {
    return first([...value].map(([key, each]) => setInside(each, kind.element, path.atMapKey(key))));
  }
  return undefined;
}

function first(paths: readonly (Path | undefined)[]): Path | undefined {
  return paths.find((path) => path !== undefined);
}
