import { type Diagnostics, Path } from "../../framework/index.ts";
import {
  isJsonObject,
  type OpenAI,
  OpenAIError,
  type OperationOptions,
  paginate,
} from "../../openai/index.ts";
import type { PrepareRequest } from "../api/declaration.ts";
import { pagesOf } from "../api/list-pages.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { sameAddress } from "./address.ts";
import { sameRole } from "./role-arguments.ts";

/* What is asked about users before one is added, changed or removed. */

interface Asked {
  readonly openai: OpenAI;
  readonly provider: Pick<OpenAIProvider, "usesKey">;
  readonly diagnostics: Diagnostics;
  readonly options: () => OperationOptions;
}

/** A user as it is, and as it is to be; null: it is removed. */
interface UserChange extends Asked {
  readonly state: { readonly id: string; readonly role: string | null };
  readonly plan: { readonly role: string | null } | null;
}

/** Whether a user of the organization may be changed, or removed: not one's own, and not the last owner. */
export async function mayChangeUser(change: UserChange): Promise<boolean> {
  const { openai, state, plan, options } = change;
  if (plan === null && !(await mayRemoveUser("the organization", change))) return false;
  const stays = plan !== null && sameRole(plan.role, "owner");
  if (stays || !sameRole(state.role, "owner")) return true;
  if (await hasOtherOwner(openai, state.id, options)) return true;
  refuseLastOwner(change);
  return false;
}

/**
 * Refuses to remove the user whom the admin key in use belongs to: by the list of admin keys, the one whose ends are those
 * of the key. Where the API does not say whose it is, nothing is refused.
 *
 * @param where What the user would be removed from: `the organization`.
 * @returns Whether the user may be removed.
 * @throws {OpenAIError} where the operation was interrupted or its time is over.
 */
export async function mayRemoveUser(
  where: string,
  { state: { id }, ...asked }: Asked & { readonly state: { readonly id: string } },
): Promise<boolean> {
  if ((await ownersOfKey(asked)).every((owner) => owner !== id)) return true;
  asked.diagnostics.addAttributeError(
    Path.root.atName("user_id"),
    "User of the admin key in use",
    `The admin key in use belongs to the user ${JSON.stringify(id)}, who would be removed from ${where}: nothing was sent.\n\n` +
      "Remove the user with the admin key of another owner, or take the resource out of the state with terraform state rm.",
  );
  return false;
}

/** The users of all admin keys that have the ends of the one in use. */
async function ownersOfKey({ openai, provider, options }: Asked): Promise<unknown[]> {
  const owners: unknown[] = [];
  const list = { path: ["organization", "admin_api_keys"], query: [], headers: undefined, shared: true };
  try {
    for await (const { data } of pagesOf(list, { access: { openai }, options })) {
      for (const key of data) {
        const [redacted, owner] = isJsonObject(key) ? [key.get("redacted_value"), key.get("owner")] : [];
        if (typeof redacted !== "string" || !provider.usesKey(redacted)) continue;
        if (isJsonObject(owner)) owners.push(owner.get("id"));
      }
    }
  } catch (thrown) {
    // A key that must not list keys, and an API that has none of them, say nothing of whose key it is.
    if (!(thrown instanceof OpenAIError) || unfinished.has(thrown.kind)) throw thrown;
    return [];
  }
  return owners;
}

const unfinished: ReadonlySet<string> = new Set(["aborted", "operation_timeout"]);

async function hasOtherOwner(openai: OpenAI, id: string, options: () => OperationOptions): Promise<boolean> {
  const pages = paginate(({ after, limit }) => {
    const cursor = after === undefined ? [] : [["after", after] as const];
    const query = [...cursor, ["limit", String(limit)] as const];
    return openai.page({ method: "GET", path: ["organization", "users"], query }, options());
  });
  for await (const { data } of pages) {
    if (data.some((user) => isJsonObject(user) && user.get("role") === "owner" && user.get("id") !== id))
      return true;
  }
  return false;
}

function refuseLastOwner({ state: { id }, plan, diagnostics }: UserChange): void {
  diagnostics.addAttributeError(
    Path.root.atName("role"),
    "Last owner of the organization",
    `The user ${JSON.stringify(id)} is the only owner, and the organization would be without one: nothing was sent.\n\n` +
      (plan === null
        ? "Make another user an owner first, or take the resource out of the state with terraform state rm."
        : "Make another user an owner first, or leave the role as it is."),
  );
}

/** Whether the ID and the address of a new member are those of one user; an error where they are not. */
export async function nameOneUser(
  { user_id: id, email }: { readonly user_id: string | null; readonly email: string | null },
  { access, timeLeft, diagnostics, signal }: Omit<PrepareRequest<never>, "plan">,
): Promise<boolean> {
  if (id === null || email === null) return true;
  const known = await addressOf(id, access.openai, () => ({ signal, timeoutMs: timeLeft() }));
  if (known === undefined || sameAddress(email, known)) return true;
  diagnostics.addAttributeError(
    Path.root.atName("email"),
    "user_id and email name two users",
    `The user ${JSON.stringify(id)} has the address ${JSON.stringify(known)}, and email is ${JSON.stringify(email)}. ` +
      "Nothing was sent.\n\nLeave out one of the two.",
  );
  return false;
}

/** The address of a user of the organization; undefined where the API does not say: it then decides by itself. */
async function addressOf(
  id: string,
  openai: OpenAI,
  options: () => OperationOptions,
): Promise<string | undefined> {
  try {
    const user = await openai.send({ method: "GET", path: ["organization", "users", id] }, options());
    const address = user.body.get("email");
    return typeof address === "string" ? address : undefined;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    return undefined;
  }
}
