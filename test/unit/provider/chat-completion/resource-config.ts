import { type ObjectValue, objectValue, type Value } from "../../../../src/cty/index.ts";
import type { Attributes, Diagnostic, Kind } from "../../../../src/framework/index.ts";
import { knownConfigOf } from "../../../../src/framework/server/config.ts";
import { validateResource } from "../../../../src/framework/server/index.ts";
import { keptCompletion } from "../../../../src/provider/chat-completion/resource.ts";
import { resourceAttributes } from "../../../../src/provider/chat-completion/resource-attributes.ts";

const [resource] = keptCompletion.resources;
if (resource === undefined) throw new Error("there is no resource");
export const chatCompletionResource = resource;

/** Arguments as a test writes them; what is left out is null. */
export type Written = { readonly [name: string]: unknown };

/** A whole configuration as Terraform sends it. */
export function configuration(written: Written): ObjectValue {
  return complete(written, chatCompletionResource.schema.attributes);
}

/** The configuration as `create` gets it. */
export function planned(written: Written) {
  return knownConfigOf(configuration(written), resourceAttributes);
}

/** What `terraform validate` would say, on a client that allows write-only arguments unless said otherwise. */
export function diagnose(written: Written, writeOnlyAllowed = true): Diagnostic[] {
  return [...validateResource(chatCompletionResource, configuration(written), writeOnlyAllowed)];
}

function complete(written: object, attributes: Attributes): ObjectValue {
  for (const name of Object.keys(written)) {
    if (!Object.hasOwn(attributes, name)) throw new Error(`there is no attribute ${name}`);
  }
  return objectValue(
    Object.entries(attributes).map(([name, { kind }]) => [name, value(Reflect.get(written, name), kind)]),
  );
}

function value(written: unknown, kind: Kind): Value {
  if (written === undefined || written === null) return null;
  if (kind.kind === "list" && Array.isArray(written)) return written.map((each) => value(each, kind.element));
  if (
    kind.kind === "object" &&
    typeof written === "object" &&
    Object.getPrototypeOf(written) === Object.prototype
  )
    return complete(written, kind.attributes);
  // Everything else is written as Terraform's values are: texts, exact numbers, maps, unknown values.
  return written as Value;
}
