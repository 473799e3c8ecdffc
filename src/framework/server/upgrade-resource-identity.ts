import { CtyError, decodeJSON, type ObjectValue } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import { type IdentitySchema, identityIn } from "../identity.ts";
import type { Resource } from "../resource.ts";
import { isObjectValue } from "../walk.ts";
import type { StoredState } from "./convert-state.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext } from "./provider-server.ts";

export interface IdentityResponse {
  /** Null: there is none. The next read makes one from the state. */
  readonly identity: ObjectValue | null;
  readonly diagnostics: Diagnostics;
}

/**
 * Reads a stored identity, and converts it where an older version of its schema wrote it. One that is absent, as in
 * states from before identities, or that is not whole, counts as none.
 */
export async function upgradeResourceIdentity<P>(
  { name, identity: declared }: Resource<P>,
  { version, json }: StoredState,
  context: CallContext,
): Promise<IdentityResponse> {
  const diagnostics = new Diagnostics();
  const none: IdentityResponse = { identity: null, diagnostics };
  if (json === undefined) return none;
  if (declared === undefined) {
    diagnostics.add(cannotRead(name, `is there, and a ${name} has none`));
    return none;
  }
  const upgrader = declared.upgradeIdentity.get(version);
  if (version !== declared.version && upgrader === undefined) {
    const known = [...declared.upgradeIdentity.keys(), declared.version].join(", ");
    const why = `was written by version ${version} of its schema, and this provider reads version ${known}`;
    diagnostics.add(cannotRead(name, why));
    return none;
  }
  try {
    const stored = decodeJSON(json, upgrader?.type ?? declared.type);
    if (upgrader === undefined || !isObjectValue(stored))
      return { ...none, identity: identityIn(declared, stored) };
    const result = await attempt(
      async () => upgrader.convert({ state: stored, diagnostics, log: context.log }),
      diagnostics,
      context,
    );
    return { ...none, identity: converted(name, declared, result, diagnostics) };
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    diagnostics.add(cannotRead(name, `has a value that its schema does not allow: ${thrown.message}`));
    return none;
  }
}

function converted(
  name: string,
  declared: IdentitySchema,
  result: unknown,
  diagnostics: Diagnostics,
): ObjectValue | null {
  const identity = result instanceof Diagnostics ? null : identityIn(declared, result);
  if (identity !== null) return diagnostics.hasError ? null : identity;
  failedWithoutError(
    result instanceof Diagnostics ? result : undefined,
    diagnostics,
    `Upgrading the identity of ${name} gave neither a whole identity nor an error.`,
  );
  return null;
}

function cannotRead(name: string, why: string) {
  return {
    severity: "error",
    summary: "Identity cannot be read",
    detail:
      `The identity of this ${name} in the state ${why}. Use the provider's version that wrote it, or remove the object ` +
      "from the state and import it again.",
  } as const;
}
