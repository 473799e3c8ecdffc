import { type Diagnostics, Path } from "../../framework/index.ts";
import { isJsonObject, type OpenAI, OpenAIError, type OperationOptions } from "../../openai/index.ts";
import { pagesOf } from "../api/list-pages.ts";
import type { OpenAIProvider } from "../openai-provider.ts";

interface Asked {
  readonly openai: OpenAI;
  readonly provider: Pick<OpenAIProvider, "usesKey">;
  readonly diagnostics: Diagnostics;
  readonly options: () => OperationOptions;
}

/**
 * Refuses to remove the user whom the admin key in use belongs to: by the list of admin keys, the one whose ends are those
 * of the key. Where the API does not say whose it is, nothing is refused.
 *
 * @param where What the user would be removed from: `the organization`.
 * @returns Whether the user may be removed.
 * @throws {OpenAIError} where the operation was interrupted or its time is over.
 */
export async function mayRemoveUser(id: string, where: string, asked: Asked): Promise<boolean> {
  if ((await ownersOfKey(asked)).every((owner) => owner !== id)) return true;
  asked.diagnostics.addAttributeError(
    Path.root.atName("user_id"),
    "User is one's own",
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
