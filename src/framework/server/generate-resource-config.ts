import { equals, type ObjectValue, objectValue } from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import { ctyType, type ObjectKind } from "../kind.ts";
import type { Resource } from "../resource.ts";
import { isObjectValue, mapObject } from "../walk.ts";
import { relationsOf } from "./validate-config.ts";

/**
 * The configuration of an object that is in state: what a practitioner would write, so that it is valid and plans no
 * change. Computed, deprecated and write-only attributes are left out at every depth, and so is what is set to its
 * default; of several arguments that exclude each other one is kept. Null stands for an object of which nothing is known.
 */
export function generateResourceConfig<P>(
  { schema: { attributes, configValidators } }: Resource<P>,
  state: ObjectValue | null,
): ObjectValue {
  const all = objectValue(Object.keys(attributes).map((name) => [name, state?.[name] ?? null]));
  const config = mapObject(all, [], attributes, (value, _beside, { attribute, kind }, inside) => {
    if (attribute !== undefined && !isWritten(attribute)) return null;
    const isDefault = attribute?.default !== undefined && equals(value, attribute.default, ctyType(kind));
    if (isDefault) return null;
    const written = inside();
    return kind.kind === "object" && isObjectValue(written) ? withoutConflicts(written, kind) : written;
  });
  return withoutConflicts(config, { kind: "object", attributes, configValidators });
}

function isWritten({ mode, deprecated, writeOnly }: Attribute): boolean {
  return mode !== "computed" && deprecated === undefined && !writeOnly;
}

/** The object without the arguments that a validator finds wrong beside others. */
function withoutConflicts(object: ObjectValue, kind: ObjectKind<Attributes>): ObjectValue {
  for (const { validator, names, at } of relationsOf(kind)) {
    const problem = validator.validate(object, names, at);
    const wrong = problem?.severity === "warning" ? undefined : problem?.attribute;
    if (
      wrong === undefined ||
      (object[wrong] ?? null) === null ||
      kind.attributes[wrong]?.mode === "required"
    )
      continue;
    // What is left may be wrong beside others still. Each step leaves out one more.
    return withoutConflicts(objectValue([...Object.entries(object), [wrong, null]]), kind);
  }
  return object;
}
