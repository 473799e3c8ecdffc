import { OpenAIError } from "../../openai/index.ts";
import { isPast } from "../api/arguments.ts";
import type { RefreshRequest } from "../api/declaration.ts";
import { explained, isMissing, retrieve, subjectOf } from "../api/request.ts";
import { markSeen, mayAppearFor, untilVisible } from "../api/visibility.ts";
import { projectApiKey } from "./project-api-key.ts";
import { type KeptKey, type keyAttributes, noKey } from "./service-account-key.ts";

type Request = Pick<
  RefreshRequest<typeof keyAttributes>,
  "access" | "private" | "diagnostics" | "timeLeft" | "signal" | "log"
> & { readonly state: KeptKey & { readonly project_id: string } };

/**
 * What has become of the key that was made for an account. One that is gone is none, and one that has expired is none but
 * for its ID, by which it is deleted: a plan makes another one then.
 */
export async function readKey(request: Request): Promise<Partial<KeptKey>> {
  const { access, state, private: own, diagnostics, timeLeft, signal, log } = request;
  const { api_key, api_key_id: id, project_id } = state;
  // Another provider's key, or that of an import, is not ours to replace.
  if (api_key === null || id === null) return {};
  if (isPast(state.api_key_expires_at)) return { api_key: null, api_key_value: null, encrypted_value: null };
  const { declaration: of } = projectApiKey;
  const known = { project_id, id };
  const key = await explained({ diagnostics }, subjectOf(of, access, "read", known), async () => {
    try {
      const waitMs = mayAppearFor(own, "key_unseen_since");
      const wait = { timeoutMs: timeLeft(), waitMs, signal, log, openai: access.openai };
      await untilVisible((options) => retrieve(of, access, known, options), wait);
      return {};
    } catch (thrown) {
      if (isMissing(thrown)) return { api_key: null, ...noKey };
      if (!isRefused(thrown)) throw thrown;
      diagnostics.addWarning(
        "API key not checked",
        `The admin key may not read the keys of the project ${JSON.stringify(project_id)}: whether the key ${JSON.stringify(id)} of this ` +
          "service account is still there is not known. It stays in state as it is.\n\n" +
          "Give the admin key the permission to read the API keys of projects.",
      );
      return {};
    }
  });
  if (key === undefined) return {};
  markSeen(own, "key_unseen_since");
  return key;
}

/** Whether the admin key may do everything but read keys. */
function isRefused(thrown: unknown): boolean {
  return thrown instanceof OpenAIError && (thrown.kind === "missing_scopes" || thrown.kind === "permission");
}
