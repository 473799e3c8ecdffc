import { isExactNumber, isUnknown, numberText, type ObjectValue, type Value } from "../../cty/index.ts";
import type { Diagnostics } from "../diagnostic.ts";
import type { ListResource } from "../list-resource.ts";
import { addInvalidLimit } from "./list-resource.ts";
import { validateBlock } from "./validate-resource.ts";

/** Checks the `config` block of a list, and its limit. */
export function validateListResource<P>(
  declared: ListResource<P>,
  config: ObjectValue,
  limit: Value,
): Diagnostics {
  const diagnostics = validateBlock(declared, config);
  if (limit === null || isUnknown(limit)) return diagnostics;
  const isWhole = typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1;
  if (!isWhole) addInvalidLimit(isExactNumber(limit) ? numberText(limit) : "no number", diagnostics);
  return diagnostics;
}
