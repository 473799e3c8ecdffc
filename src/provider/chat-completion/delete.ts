import type { Diagnostics, StateRequest } from "../../framework/index.ts";
import { isJsonObject, type JsonValue, monotonicNow, OpenAIError } from "../../openai/index.ts";
import { absenceOf, canBeNamed } from "../api/absence.ts";
import { onceVisible } from "../api/answer-record.ts";
import { operationTime } from "../api/arguments.ts";
import { mapped } from "../api/mapped.ts";
import { addForgotten } from "../api/missing-answer.ts";
import { pathOf } from "../api/object-names.ts";
import { retrieve, subjectOf } from "../api/request.ts";
import { sleep } from "../api/visibility.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { aboutCompletion, completion, completionBody } from "./completion.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";

const of = completion.declaration;

type Request = StateRequest<ResourceAttributes, OpenAIProvider>;

/** How long a deleted completion may still be readable before that counts as a failure. */
const goneWithinMs = 30_000;
/** The pause before asking again whether it is gone. */
const pauseMs = 500;

/**
 * Deletes a completion. Right after its creation the API answers 404 and shows the completion a moment
 * later: it is waited for then, so that it does not leak. Gone already, and expired, are success; so is,
 * with a warning, what an API that stores nothing or another account's answers.
 */
export async function deleteCompletion(request: Request): Promise<void> {
  const { state, provider, diagnostics, log } = request;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return;
  const about = { of, subject: aboutCompletion({ ...request, access }), diagnostics };
  if (!canBeNamed(state)) return addForgotten("never_seen", undefined, about);
  const timeLeft = operationTime(state.timeouts, "delete");
  const send = { method: "DELETE", path: pathOf(of, {}, state.id) } as const;
  try {
    const { body } = await onceVisible((options) => access.openai.acknowledge(send, options), {
      ...request,
      timeLeft,
    });
    const deleted = isJsonObject(body) ? body.get("deleted") : undefined;
    if (deleted === false) addNotDeleted(state.id, diagnostics);
    else await checkGone(access, request, timeLeft, deleted);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, about.subject);
    if (absence === undefined) diagnostics.add(explain(thrown, subjectOf(of, access, "delete", state)));
    else if (absence !== "gone" && absence !== "expired") addForgotten(absence, thrown, about);
  }
}

/**
 * A deletion that was accepted is checked with reads, where the API allows them. Once the completion was
 * seen after its deletion, only a 404 makes it gone: not the end of the time, nor any other failure. The
 * same holds where the answer to the deletion does not say that it is deleted.
 */
async function checkGone(
  access: Access,
  request: Request,
  timeLeft: () => number,
  deleted: JsonValue | undefined,
): Promise<void> {
  const { state, diagnostics, signal, log } = request;
  const until = monotonicNow() + Math.min(timeLeft(), goneWithinMs);
  let seen = false;
  for (;;) {
    try {
      const options = { signal, timeoutMs: timeLeft() };
      const response = await retrieve(of, access, state, options);
      // A gateway may answer anything; what is no completion does not show that it is still there.
      mapped(response, () => completionBody(response.body, { id: state.id, report: () => {} }));
      seen = true;
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      // Of any wording: an API that has carried out a deletion is the right one.
      if (thrown.status === 404 || thrown.status === 410) return;
      if (seen) break;
      if (deleted !== true) throw thrown;
      return log.log("warn", "Not known whether the completion is gone", { failure: thrown.kind });
    }
    if (monotonicNow() >= until) break;
    await sleep(pauseMs, signal);
  }
  if (seen) addNotDeleted(state.id, diagnostics);
}

function addNotDeleted(id: string, diagnostics: Diagnostics): void {
  diagnostics.addError(
    "Chat completion not deleted",
    `The API accepted the request to delete ${JSON.stringify(id)}, but still has the completion.\n\n` +
      "Run terraform destroy again in a while. It stays in state until it is gone.",
  );
}
