import { type Attributes, Diagnostics, Path, type PrivateState } from "../../framework/index.ts";
import {
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  OpenAIError,
  type OperationOptions,
} from "../../openai/index.ts";
import { isPast, timeText } from "../api/arguments.ts";
import { explained, isMissing } from "../api/request.ts";
import type { CompleteRequest } from "../api/resource-declaration.ts";
import { markUnseen } from "../api/visibility.ts";
import { writeKind } from "../api/write.ts";
import { explain } from "../explain/explain.ts";
import type { Operation, Subject } from "../explain/subject.ts";
import type { Access } from "../openai-provider.ts";
import { addNotEncrypted } from "./encryption-public-key.ts";
import { type KeptKey, keyAttributes, noKey } from "./service-account-key.ts";

/** A change of an account's key. */
export interface KeyChange {
  readonly access: Access;
  readonly account: { readonly id: string; readonly project_id: string };
  readonly wanted: KeptKey["api_key"];
  /** The key before, all null where there is none. */
  readonly old: KeptKey;
  /** Keeps what is there, whatever comes after. */
  readonly save: (key: KeptKey) => void;
  readonly private: PrivateState;
  readonly diagnostics: Diagnostics;
  readonly options: () => OperationOptions;
  readonly onceVisible: CompleteRequest<Attributes>["onceVisible"];
}

/**
 * Makes the key of an account that was created just now. Where it cannot be made, the account is kept without it, and not
 * tainted: the next apply makes the key alone.
 */
export async function firstKey(change: KeyChange): Promise<KeptKey> {
  const { account, wanted, diagnostics } = change;
  const said = new Diagnostics();
  const made = await changeKey({ ...change, diagnostics: said });
  if (made !== undefined) {
    diagnostics.append(said);
    return made;
  }
  for (const { summary, detail, path } of said)
    diagnostics.add({
      severity: "warning",
      ...(path && { path }),
      summary: "Service account without its key",
      detail:
        `The service account ${JSON.stringify(account.id)} was created, and its key was not. It is kept in state without one, and the ` +
        `next apply makes the key alone.\n\n${summary}: ${detail}`,
    });
  return { api_key: wanted, ...noKey };
}

/** Makes, replaces or deletes the account's key. Undefined, with an error added: no key was made. */
export async function changeKey(change: KeyChange): Promise<KeptKey | undefined> {
  const { wanted, old, save } = change;
  if (wanted === null) {
    const none = { api_key: null, ...noKey };
    save(none);
    await deleteOld(change);
    return none;
  }
  // Until there is a new one, the old one is the key.
  save(old);
  const made = await makeKey(change, wanted);
  if (made === undefined) return undefined;
  save(made);
  // What the API says of the old key may quote the new one.
  const { access } = change;
  const openai = access.openai.withHidden(made.api_key_value === null ? [] : [made.api_key_value]);
  await deleteOld({ ...change, access: { ...access, openai } });
  return made;
}

type Wanted = NonNullable<KeptKey["api_key"]>;

async function makeKey(change: KeyChange, wanted: Wanted): Promise<KeptKey | undefined> {
  const { access, diagnostics, onceVisible } = change;
  const { project_id, id } = change.account;
  const { encryption_public_key: pem } = wanted;
  // Before there is a key: what cannot be loaded must not lose one.
  const encryption = pem === null ? undefined : await import("./key-encryption.ts");
  const path = ["organization", "projects", project_id, "service_accounts", id, "api_keys"];
  const sent = { method: "POST", path, body: bodyOf(wanted), policy: "once" } as const;
  const response = await explained(change, subjectOf(change, "create"), () =>
    // A 404 made no key.
    onceVisible(path, (left) => access.openai.send(sent, left)),
  );
  if (response === undefined) return undefined;
  const { body } = response;
  const [keyId, value] = [body.get("id"), body.get("value")];
  if (typeof keyId !== "string" || typeof value !== "string") {
    diagnostics.addError(
      "Unexpected answer from the API",
      `The API answered the request for a key of the service account ${JSON.stringify(id)} with success, but not with both its ID and its value. ` +
        `${named(keyId)}${lost(project_id)}`,
    );
    return undefined;
  }
  const encrypted_value = pem === null ? null : encryption?.encrypted(pem, value);
  if (encrypted_value === undefined) {
    await takeBack(change, keyId);
    return undefined;
  }
  // The next read may not show it yet.
  markUnseen(change.private, "key_unseen_since");
  return {
    api_key: wanted,
    api_key_id: keyId,
    api_key_value: pem === null ? value : null,
    encrypted_value,
    api_key_expires_at: secondsAt(body, "expires_at"),
  };
}

function bodyOf({ name, expires_in_seconds, scopes }: Wanted): JsonObject {
  const { attributes } = keyAttributes.api_key.kind;
  const members: [string, JsonValue][] = [];
  if (name !== null) members.push(["name", name]);
  if (expires_in_seconds !== null)
    members.push(["expires_in_seconds", writeKind(attributes.expires_in_seconds.kind, expires_in_seconds)]);
  if (scopes !== null) members.push(["scopes", [...scopes]]);
  return new Map(members);
}

function secondsAt(body: JsonObject, member: string): number | null {
  const value = body.get(member);
  return value instanceof JsonNumber ? Number(value.text) : null;
}

/** Deletes a new key whose value cannot be kept, and says what became of it. */
async function takeBack(change: KeyChange, id: string): Promise<void> {
  const { account, diagnostics } = change;
  const failed = await deleteKey(change, id);
  addNotEncrypted(
    `The new key ${JSON.stringify(id)} of the service account ${JSON.stringify(account.id)}`,
    failed === undefined
      ? "The new key was deleted, and is not in state."
      : "Its value is kept nowhere, and no deletion is confirmed: it may stay valid. Delete it in the dashboard, or by DELETE " +
          `/organization/projects/${account.project_id}/api_keys/${id}. ${failed.why}`,
    Path.root.atName("api_key").atName("encryption_public_key"),
    diagnostics,
  );
}

/** Deletes the key that another one took the place of. What the API refuses stays valid, which is said. */
async function deleteOld(change: KeyChange): Promise<void> {
  const id = change.old.api_key_id;
  if (id === null) return;
  const failed = await deleteKey(change, id);
  if (failed === undefined || failed.missing || isPast(change.old.api_key_expires_at)) return;
  warnOfOld(change, id, failed.why);
}

/** Deletes a key. What comes back says why it may not be deleted; undefined: it is. */
async function deleteKey(
  change: KeyChange,
  id: string,
): Promise<{ readonly missing: boolean; readonly why: string } | undefined> {
  const { access, account, options } = change;
  const path = ["organization", "projects", account.project_id, "api_keys", id];
  try {
    const { body } = await access.openai.acknowledge({ method: "DELETE", path }, options());
    if (!isJsonObject(body) || body.get("deleted") !== false) return undefined;
    return { missing: false, why: "The API answered that it was not deleted." };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const { summary, detail } = explain(thrown, { ...subjectOf(change, "delete"), id });
    return { missing: isMissing(thrown), why: `${summary}: ${detail}` };
  }
}

function warnOfOld({ account, old, diagnostics }: KeyChange, id: string, why: string): void {
  const end = old.api_key_expires_at;
  const until = end === null ? "It does not expire" : `It expires at ${timeText(end)}`;
  diagnostics.addWarning(
    "Old key not deleted",
    `The key ${JSON.stringify(id)} of the service account ${JSON.stringify(account.id)} is not in state any more, and was not deleted: ` +
      `it stays valid. ${until}, and it ends with the account.\n\nDelete it in the dashboard, or by DELETE ` +
      `/organization/projects/${account.project_id}/api_keys/${id}. Where the API refuses that, replace the account: ` +
      `terraform apply -replace=ADDRESS.\n\n${why}`,
  );
}

/** The key that an answer without its value names. What has another form may be a secret. */
function named(id: JsonValue | undefined): string {
  return typeof id === "string" && /^key_[\w-]{1,100}$/.test(id)
    ? `It names the key ${JSON.stringify(id)}. `
    : "";
}

function lost(project: string): string {
  return (
    "A key may have been made whose value nobody has. Look among the keys of the project " +
    `${JSON.stringify(project)}, and delete it; the next apply makes another one.`
  );
}

function subjectOf({ access, account }: KeyChange, operation: Operation): Subject {
  return {
    access,
    operation,
    object: "resource",
    argument: (param) =>
      Object.hasOwn(keyAttributes.api_key.kind.attributes, param)
        ? Path.root.atName("api_key").atName(param)
        : undefined,
    topic: {
      noun: "API key",
      plural: "API keys",
      title: "API key",
      path: "/organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys",
      missing: () => ["the service account was deleted", "the project was archived"],
      named: "if that key was made, it is the one to delete",
      lost: `The request was sent and may have been carried out, so it was not sent again. ${lost(account.project_id)}`,
    },
  };
}
