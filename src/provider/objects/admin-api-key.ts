import {
  type Diagnostics,
  integer,
  nested,
  notBlank,
  object,
  Path,
  string,
  UNKNOWN,
} from "../../framework/index.ts";
import { idAlias, isPast, text, timestamp, timeText } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { local, wired } from "../api/wire.ts";
import { atLeast } from "../argument-validators.ts";
import {
  addNotEncrypted,
  checkEncryption,
  encryptedValue,
  encryptionPublicKey,
  plannedValue,
  valueOnce,
} from "./encryption-public-key.ts";
import { mayDeleteKey } from "./own-key.ts";

const encryption = ["encryption_public_key"] as const;
const pemPath = Path.root.atName("encryption_public_key");

/** A key of the organization, for the Administration API. */
export const adminApiKey = apiObject({
  name: "openai_admin_api_key",
  noun: "admin API key",
  subcategory: "Organization",
  key: "admin",
  path: "organization/admin_api_keys",
  id: "key_abc123",
  idAlias: "api_key_id",
  responseJson: true,
  readByList: "first",
  missing: ["it has expired"],
  attributes: {
    api_key_id: idAlias("The ID of the key, as `id` has it."),
    expires_in_seconds: wired(
      integer({
        optional: true,
        validate: [atLeast(1)],
        description:
          "After how many seconds the key expires. Left out, it does not, unless a policy of the organization wants it.",
      }),
      { sentOnly: true },
    ),
    encryption_public_key: local(encryptionPublicKey()),
    version: local(
      string({
        optional: true,
        description: "Any text or number: another one replaces the key with a new one.",
      }),
    ),
    name: string({ required: true, validate: [notBlank()], description: "The name of the key." }),
    value: valueOnce(),
    encrypted_value: encryptedValue(),
    redacted_value: text("The ends of the key."),
    created_at: timestamp("of its creation"),
    last_used_at: timestamp("of its last use; null where it was never used"),
    expires_at: timestamp("of its end; null where it has none"),
    owner: object(
      nested({
        type: text("Always `user`."),
        object: text("Always `organization.user`."),
        id: text("The ID of the user."),
        name: text("The name of the user."),
        role: text("The role of the user."),
        created_at: timestamp("of when the user was created"),
      }),
      { computed: true, description: "The user that it belongs to." },
    ),
  },
  leftOut: { object: "it is always organization.admin_api_key" },
  resource: {
    description:
      "Makes an admin key of the organization, which the Administration API takes. It may do all that an admin key may: the API " +
      "gives it no scopes. A destroy deletes it.\n\n" +
      "A change of any argument replaces the key, since the API changes none, and so does its end: a key that has expired is " +
      "replaced by the next apply. With `lifecycle { create_before_destroy = true }` the new key is there, and what uses it is " +
      "updated, before the old one goes: another `version` rotates it so.\n\n" +
      "An import cannot bring a key back: `value` and `encrypted_value` are null then. The first apply after it takes the other " +
      "arguments into state and sends nothing, so that the key ends when `expires_at` says; another `version` replaces it. The key that the provider itself uses is " +
      "not deleted: give the provider another one first.",
    volatile: ["last_used_at"],
    // Nobody has the value of a key whose creation was not answered, and so nobody has used it.
    made: (listed, sent) => listed.name === sent.name && listed.last_used_at === null,
    async modifyPlan(request) {
      const { plan, state, diagnostics } = request;
      if (request.private.imported && plan.name === state?.name) {
        const { endsAfter, warnOfNoEffect } = await import("./no-effect.ts");
        warnOfNoEffect(
          "admin API key",
          endsAfter(state, plan.expires_in_seconds) ? encryption : ["expires_in_seconds", ...encryption],
          request,
          `The key ends ${state.expires_at === null ? "never" : `at ${timeText(state.expires_at)}`}, and its value cannot be read.\n\nAfter that apply, another version makes another key, ` +
            "with the argument, in place of this one.",
        );
      }
      await checkEncryption(plan.encryption_public_key, pemPath, diagnostics);
      if (state === null) return { plan: plannedValue(plan.encryption_public_key) };
      const hasValue = state.value !== null || state.encrypted_value !== null;
      if (!hasValue || !isPast(state.expires_at)) return undefined;
      const renewed = { ...plannedValue(plan.encryption_public_key), expires_at: UNKNOWN };
      return { plan: renewed, requiresReplace: ["expires_at"] };
    },
    async fromCreation({ body, id, plan, diagnostics }) {
      const value = body.get("value");
      if (typeof value !== "string" || value === "") return withoutValue(id, diagnostics);
      const pem = plan.encryption_public_key;
      if (pem === null) return { value, encrypted_value: null };
      const encrypted_value = (await import("./key-encryption.ts")).encrypted(pem, value);
      if (encrypted_value !== undefined) return { value: null, encrypted_value };
      const key = `The new admin API key ${JSON.stringify(id)}`;
      const fate = "Its value is kept nowhere. It is in state as tainted: the next apply deletes it.";
      addNotEncrypted(key, fate, pemPath, diagnostics);
      return undefined;
    },
    mayChange: async (request) => mayDeleteKey(request),
  },
  dataSource: {
    argument: "api_key_id",
    description: "Reads what the API reports of an admin key: whose it is, its last use and its end.",
    leaveOut: ["expires_in_seconds", "encryption_public_key", "version", "value", "encrypted_value"],
  },
  list: {
    attribute: "api_keys",
    displayName: "name",
    description: "Reads all admin keys of the organization, without their values.",
    leaveOut: ["expires_in_seconds", "encryption_public_key", "version", "value", "encrypted_value"],
  },
});

function withoutValue(id: string, diagnostics: Diagnostics): undefined {
  diagnostics.addError(
    "Admin API key without its value",
    `The admin API key ${JSON.stringify(id)} was made, and no answer with its value arrived: nobody has it, and it can be read ` +
      "nowhere again.\n\nThe key is in state as tainted: the next apply deletes it and makes another one.",
  );
}
