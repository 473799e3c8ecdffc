import { type IdentityDefinition, types } from "../../framework/index.ts";
import type { ApiObject } from "./declaration.ts";
import { withId } from "./object-id.ts";
import { parentsOf } from "./object-names.ts";

/**
 * The attributes that identify an object, outermost first: the arguments of its path, and its ID. A singleton has none,
 * unless it belongs to nothing.
 */
export function identityNames(
  of: Pick<ApiObject, "path" | "idArgument" | "idAlias" | "singleton">,
): string[] {
  const parents = parentsOf(of);
  if (of.singleton === true) return parents.length > 0 ? parents : [of.idAlias ?? "id"];
  return [...parents, of.idArgument ?? "id"];
}

/**
 * What identifies an object. The account is no part of it: the key decides on that, and a gateway in between makes no
 * other object of it.
 */
export function identityOf(of: ApiObject): IdentityDefinition {
  const attributes = identityNames(of).map((name) => [
    name,
    {
      type: types.string,
      requiredForImport: true,
      description: of.attributes[name]?.description ?? `The ID of the ${of.noun}, for example \`${of.id}\`.`,
    },
  ]);
  return { attributes: Object.fromEntries(attributes) };
}

/** What is known of an object by its IDs, outermost first: all other attributes are null. */
export function knownByIds(of: ApiObject, ids: readonly string[]): Readonly<Record<string, unknown>> {
  const nothing = Object.fromEntries([...Object.keys(of.attributes), "timeouts"].map((name) => [name, null]));
  const named = identityNames(of).map((name, index) => [name, ids[index] ?? ""]);
  const values: Record<string, unknown> = { ...nothing, ...Object.fromEntries(named) };
  return withId(of, { ...values, ...(of.singleton === true ? {} : { id: ids.at(-1) ?? "" }) });
}
