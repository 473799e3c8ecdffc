import { DynamicValue, isUnknown, type ObjectValue, objectValue, type Value } from "../../cty/index.ts";
import { isObjectValue } from "./config.ts";

/** What the plan leaves to the provider is null for the author, not unknown; at every depth. */
export function unknownAsNull(object: ObjectValue): ObjectValue {
  return objectValue(Object.entries(object).map(([name, value]) => [name, nullInside(value)]));
}

function nullInside(value: Value): Value {
  if (isUnknown(value)) return null;
  if (Array.isArray(value)) return value.map(nullInside);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, nullInside(each)]));
  if (value instanceof DynamicValue) return new DynamicValue(value.type, nullInside(value.value));
  return isObjectValue(value) ? unknownAsNull(value) : value;
}
