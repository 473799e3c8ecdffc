import { type IdentityDefinition, types } from "../../framework/index.ts";
import type { ApiObject } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";

/** The attributes that identify an object, outermost first: the arguments of its path, and its ID. */
export function identityNames(of: Pick<ApiObject, "path" | "idArgument">): string[] {
  return [...parentsOf(of), of.idArgument ?? "id"];
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
  return { ...nothing, ...Object.fromEntries(named), id: ids.at(-1) ?? "" };
}
