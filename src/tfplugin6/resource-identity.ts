import { CtyError, encodeMsgpack, isWhollyKnown, type ObjectValue } from "../cty/index.ts";
import { type Diagnostics, type IdentitySchema, identityIn, type Resource } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeObject } from "./dynamic-value.ts";
import type { ResourceIdentityData } from "./messages.gen.ts";

type Identified = Pick<Resource, "name" | "identity">;

/**
 * The identity of an object for the wire: that of the first of the states that has a whole one, else what Terraform
 * keeps of it. Undefined where the resource has no identity, or none of them is whole: then Terraform keeps none.
 */
export function toIdentity(
  { identity: schema }: Identified,
  states: readonly (ObjectValue | null)[],
  kept?: ResourceIdentityData,
): Input<ResourceIdentityData> | undefined {
  if (schema === undefined) return undefined;
  for (const state of states) {
    const identity = identityIn(schema, state);
    if (identity !== null) return encodeIdentity(schema, identity);
  }
  const identity = identityIn(schema, keptIdentity(schema, kept));
  return identity === null ? undefined : encodeIdentity(schema, identity);
}

export function encodeIdentity({ type }: IdentitySchema, identity: ObjectValue): Input<ResourceIdentityData> {
  return { identity_data: { msgpack: encodeMsgpack(identity, type) } };
}

/** What another version of the provider may have kept counts as nothing where it cannot be read. */
function keptIdentity(schema: IdentitySchema, kept: ResourceIdentityData | undefined): ObjectValue | null {
  try {
    return decodeObject(kept?.identity_data, schema);
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    return null;
  }
}

/**
 * What an import names an object by: an ID, or an identity. Undefined, with an error added, where it names both, or
 * where the identity is not what the resource's identity schema says.
 */
export function importTarget(
  { name, identity: schema }: Identified,
  { id, identity }: { readonly id: string; readonly identity: ResourceIdentityData | undefined },
  diagnostics: Diagnostics,
): string | ObjectValue | undefined {
  if (identity === undefined) return id;
  const refused = (summary: string, detail: string) => {
    diagnostics.addError(summary, detail);
    return undefined;
  };
  if (id !== "") {
    return refused(
      "Import by ID and by identity",
      `The import names a ${name} by an ID and by an identity, and they may be those of two objects. Leave one of them out.`,
    );
  }
  if (schema === undefined) {
    return refused("No identity", `A ${name} has no identity. Import it by its ID.`);
  }
  const names = Object.keys(schema.attributes).map((each) => `"${each}"`);
  const known = `It has: ${names.join(", ")}.`;
  try {
    const given = decodeObject(identity.identity_data, schema);
    const missing = Object.entries(schema.attributes).flatMap(([each, { requiredForImport }]) =>
      requiredForImport && (given?.[each] ?? null) === null ? [`"${each}"`] : [],
    );
    if (given === null || missing.length > 0) {
      return refused(
        "Incomplete identity",
        `The identity of the ${name} to import has no value for ${missing.join(" and ")}. Give every attribute that an ` +
          `import needs. ${known}`,
      );
    }
    if (isWhollyKnown(given)) return given;
    return refused(
      "Identity not known yet",
      `The identity of the ${name} to import depends on what is known after apply only. Give values that are known.`,
    );
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    return refused(
      "Invalid identity",
      `The identity of the ${name} to import is not what its schema allows: ${thrown.message}. ${known}`,
    );
  }
}
