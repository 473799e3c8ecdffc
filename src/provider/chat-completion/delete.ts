import type { Diagnostics, StateRequest } from "../../framework/index.ts";
import { isJsonObject, type JsonValue, OpenAIError, type OperationOptions } from "../../openai/index.ts";
import { explain } from "../explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import { sleep, untilVisible } from "./until-visible.ts";
import { ageAt, mayAppearFor } from "./visibility.ts";

type Request = StateRequest<ResourceAttributes, OpenAIProvider>;

/** How long a deleted completion may still be readable before that counts as a failure. */
const goneWithinMs = 30_000;
/** The pause before asking again whether it is gone. */
const pauseMs = 500;

/**
 * Deletes a completion. Right after its creation the API answers 404 and shows the completion a moment
 * later: it is waited for then, so that it does not leak. Gone already, and expired, are success.
 */
export async function deleteCompletion(request: Request): Promise<void> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return;
  const completionId = state.id;
  const timeLeft = operationTime(state.timeouts, "delete");
  const remove = (options: OperationOptions) => access.openai.chatCompletions.delete(completionId, options);
  try {
    const response = await remove({ signal, timeoutMs: timeLeft() }).catch((thrown: unknown) => {
      if (!(thrown instanceof OpenAIError) || thrown.kind !== "not_found") throw thrown;
      const waitMs = mayAppearFor(ageAt(state.created, thrown.failure.date), kept);
      if (waitMs === 0) throw thrown;
      return untilVisible(remove, { waitMs, timeoutMs: timeLeft(), signal, log });
    });
    if (isRefused(response.body)) addNotDeleted(completionId, diagnostics);
    else await checkGone(access, request, timeLeft);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    if (thrown.kind === "not_found") return;
    diagnostics.add(explain(thrown, { access, completionId, operation: "delete", object: "resource" }));
  }
}

function isRefused(body: JsonValue): boolean {
  return isJsonObject(body) && body.get("deleted") === false;
}

/**
 * A deletion that was accepted is checked, so far as the API lets itself be asked. Once the completion was
 * seen after its deletion, only a 404 makes it gone: not the end of the time, nor any other failure.
 */
async function checkGone(access: Access, request: Request, timeLeft: () => number): Promise<void> {
  const { state, diagnostics, signal, log } = request;
  const completionId = state.id;
  const until = performance.now() + Math.min(timeLeft(), goneWithinMs);
  let seen = false;
  while (!signal.aborted) {
    try {
      await access.openai.chatCompletions.retrieve(completionId, { signal, timeoutMs: timeLeft() });
      seen = true;
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      if (thrown.kind === "not_found") return;
      if (seen) break;
      return log.log("warn", "Not known whether the completion is gone", { failure: thrown.kind });
    }
    if (performance.now() >= until) break;
    await sleep(pauseMs, signal);
  }
  if (seen) addNotDeleted(completionId, diagnostics);
}

function addNotDeleted(completionId: string, diagnostics: Diagnostics): void {
  diagnostics.addError(
    "Chat completion not deleted",
    `The API took the request to delete ${JSON.stringify(completionId)}, but still has the completion.\n\n` +
      "Run terraform destroy again in a while. It stays in state until it is gone.",
  );
}
