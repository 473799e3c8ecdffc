import type { ApiObject } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";

type Values = { readonly [name: string]: unknown };

/** The ID of what the organization has one of. */
export const organizationId = "organization";

/**
 * The ID that follows from the arguments: of a singleton, what it belongs to; of what exists, is related or is
 * answered by its argument, that argument. Undefined where the API gives the ID.
 */
export function knownId(of: ApiObject, values: Values): string | undefined {
  if (of.singleton === true) {
    const parents = parentsOf(of).map((name) => String(values[name] ?? ""));
    return parents.length === 0 ? organizationId : parents.join("/");
  }
  const { idArgument } = of;
  if (idArgument === undefined) return undefined;
  const named = of.association !== undefined || of.resource?.create === "adopt" || of.idMember === idArgument;
  const value = named ? values[idArgument] : undefined;
  return typeof value === "string" ? value : undefined;
}

/**
 * The values with their ID, and with what repeats it. A state that another provider wrote, or an import, may have
 * either alone.
 */
export function withId<V extends Values>(of: ApiObject, values: V): V & { readonly id: unknown } {
  const alias = of.idAlias === undefined ? undefined : values[of.idAlias];
  const id = values.id ?? knownId(of, values) ?? alias ?? null;
  const repeated = of.idAlias !== undefined && typeof alias !== "string" ? { [of.idAlias]: id } : {};
  return { ...values, id, ...repeated };
}

/** How an import names an object: `{vector_store_id}/file-abc123`. */
export function importForm(of: ApiObject): string {
  const parents = parentsOf(of).map((name) => `{${name}}`);
  if (of.singleton === true) return parents.length > 0 ? parents.join("/") : organizationId;
  return [...parents, of.id].join("/");
}
