import {
  type Diagnostics,
  integer,
  isUnknown,
  nested,
  notBlank,
  object,
  Path,
  type State,
  set,
  string,
  types,
  UNKNOWN,
} from "../../framework/index.ts";
import { text, timestamp } from "../api/arguments.ts";
import { local } from "../api/wire.ts";
import { atLeast } from "../argument-validators.ts";
import {
  checkEncryption,
  encryptedValue,
  encryptionPublicKey,
  plannedValue,
  valueOnce,
} from "./encryption-public-key.ts";

/* The key of a service account: what is written, what is kept of it, and when a plan makes another one. */

export const keyAttributes = {
  api_key: local(
    object(
      nested({
        name: string({ optional: true, validate: [notBlank()], description: "The name of the key." }),
        expires_in_seconds: integer({
          optional: true,
          validate: [atLeast(1)],
          description:
            "After how many seconds the key expires. Left out, it does not, unless a policy of the organization or project wants it.",
        }),
        scopes: set(types.string, {
          optional: true,
          description:
            'What the key may do, for example `["api.model.request"]`. Left out, it may do all that its account may.',
        }),
        encryption_public_key: encryptionPublicKey(),
        version: string({
          optional: true,
          description: "Any text or number: another one makes a new key.",
        }),
      }),
      {
        optional: true,
        description:
          "A key for the account. Left out, none is made. A change of anything in it makes a new key, and then deletes the old " +
          "one. Taken away, the key is deleted.",
      },
    ),
  ),
  api_key_id: local(text("The ID of the key. Null where there is none, and after an import.")),
  api_key_value: valueOnce(),
  encrypted_value: encryptedValue(),
  api_key_expires_at: local(timestamp("of the key's end; null where it has none")),
};

/** What is kept of a key. */
export const noKey = {
  api_key_id: null,
  api_key_value: null,
  encrypted_value: null,
  api_key_expires_at: null,
} as const;

export const keyNames = [
  "api_key",
  "api_key_id",
  "api_key_value",
  "encrypted_value",
  "api_key_expires_at",
] as const;

/** What is kept of a key, with the argument that it was made by. */
export type KeptKey = { readonly [N in keyof typeof keyAttributes]: State<typeof keyAttributes>[N] };

/** The key in a state, which may be no state at all. */
export function keyOf(state: KeptKey | null): KeptKey {
  if (state === null) return { api_key: null, ...noKey };
  const { api_key, api_key_id, api_key_value, encrypted_value, api_key_expires_at } = state;
  return { api_key, api_key_id, api_key_value, encrypted_value, api_key_expires_at };
}

/**
 * Whether nothing differs for which another key is made: blanks of the public key do not count, and no scopes are none,
 * left out or empty.
 */
export function sameKey(one: object, other: object): boolean {
  return comparable(one) === comparable(other);
}

function comparable(key: object): string {
  return JSON.stringify(
    Object.entries(key)
      .map(([name, value]) => [name, comparableMember(name, value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
  );
}

function comparableMember(name: string, value: unknown): unknown {
  if (name === "encryption_public_key" && typeof value === "string") return value.replace(/\s+/g, "");
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? null : [...value].sort();
}

interface Planned {
  readonly key: unknown;
  readonly state: { readonly api_key: object | null; readonly api_key_id: string | null } | null;
  readonly diagnostics: Diagnostics;
}

/** What a plan knows of the key's attributes. Undefined: they stay. */
export async function plannedKey({ key, state, diagnostics }: Planned) {
  if (key === null) return state === null || state.api_key !== null ? noKey : undefined;
  if (typeof key !== "object" || isUnknown(key)) return unknownKey(UNKNOWN);
  const pem = "encryption_public_key" in key ? key.encryption_public_key : null;
  await checkEncryption(pem, Path.root.atName("api_key").atName("encryption_public_key"), diagnostics);
  const kept = state?.api_key ?? null;
  const isWhole = Object.values(key).every((each) => !isUnknown(each));
  if (kept !== null && state?.api_key_id != null && isWhole && sameKey(kept, key)) return undefined;
  return unknownKey(pem);
}

/** @param pem The public key, null where there is none. */
function unknownKey(pem: unknown) {
  const { value, encrypted_value } = plannedValue(pem);
  return { api_key_id: UNKNOWN, api_key_value: value, encrypted_value, api_key_expires_at: UNKNOWN };
}
