import type { Attributes, StateRequest } from "../../framework/index.ts";
import { isJsonObject, monotonicNow, OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { absenceOf, canBeNamed } from "./absence.ts";
import { onceVisible } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Keeps, ResourceDeclaration } from "./declaration.ts";
import { addNotDeleted, goneWithinMs, pauseMs } from "./delete.ts";
import { aboutAnswer, hasId } from "./kept-read.ts";
import { addForgotten } from "./missing-answer.ts";
import { pathOf } from "./object-names.ts";
import { bodyOf, retrieve, subjectOf } from "./request.ts";
import { endIfRunning } from "./stop.ts";
import { sleep } from "./visibility.ts";

type Request = StateRequest<Attributes, OpenAIProvider>;

/**
 * Deletes an answer, after it was ended where it runs. Right after its creation the API may answer 404, and show it a
 * moment later: it is waited for then, so that it does not leak.
 */
export async function deleteKept(
  of: ApiObject,
  { gone }: ResourceDeclaration<Attributes>,
  keeps: Keeps<Attributes>,
  request: Request,
): Promise<void> {
  const { state, provider, diagnostics, signal, log } = request;
  if (!hasId(of, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete", access.openai);
  const about = aboutAnswer(of, keeps, state, { ...request, access });
  if (!canBeNamed(about.subject.state)) return addForgotten("never_seen", undefined, about);
  const send = { method: "DELETE", path: pathOf(of, state, String(state.id)), headers: of.headers } as const;
  try {
    if (typeof gone === "object" && "post" in gone)
      await endIfRunning(of, gone, access, state, {
        options: () => ({ signal, timeoutMs: timeLeft() }),
      });
    const change = { state: about.subject.state, private: request.private, timeLeft, signal, log };
    const { body } = await onceVisible((options) => access.openai.acknowledge(send, options), change);
    const deleted = isJsonObject(body) ? body.get("deleted") : undefined;
    if (deleted === true && keeps.lingers !== true) return;
    if (deleted === false || !(await isGone(of, access, deleted === true, { ...request, timeLeft })))
      addNotDeleted(of, state, diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, about.subject);
    if (absence === undefined) diagnostics.add(explain(thrown, subjectOf(of, access, "delete", state)));
    else if (absence !== "gone" && absence !== "expired") addForgotten(absence, thrown, about);
  }
}

/**
 * Whether an answer is gone after a deletion that was accepted: it is read, where the API allows that. Once it was seen
 * after its deletion, only a 404 makes it gone: not the end of the time, nor any other failure.
 *
 * @param deleted Whether the API says that it is.
 * @throws {OpenAIError} where it does not say that, and no read was answered.
 */
async function isGone(
  of: ApiObject,
  access: Access,
  deleted: boolean,
  { state, signal, log, timeLeft }: Request & { readonly timeLeft: () => number },
): Promise<boolean> {
  const until = monotonicNow() + Math.min(timeLeft(), goneWithinMs);
  let seen = false;
  for (;;) {
    try {
      const response = await retrieve(of, access, state, { signal, timeoutMs: timeLeft() });
      // A gateway may answer anything; what is no such answer does not show that it is still there.
      bodyOf(of, String(state.id), response);
      seen = true;
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      // Of any wording: an API that has carried out a deletion is the right one.
      if (thrown.status === 404 || thrown.status === 410) return true;
      if (seen) return false;
      if (!deleted) throw thrown;
      log.log("warn", `Not known whether the ${of.noun} is gone`, { failure: thrown.kind });
      return true;
    }
    if (monotonicNow() >= until) return false;
    await sleep(pauseMs, signal);
  }
}
