import type { Attributes, StateRequest } from "../../framework/index.ts";
import { isJsonObject, OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { absenceOf } from "./absence.ts";
import { onceVisible } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Keeps, ResourceDeclaration } from "./declaration.ts";
import { addNotDeleted, untilGone } from "./delete.ts";
import { aboutAnswer } from "./kept-read.ts";
import { addForgotten } from "./missing-answer.ts";
import { pathOf } from "./object-names.ts";
import { isNamed, subjectOf } from "./request.ts";
import { endIfRunning } from "./stop.ts";

/**
 * Deletes an answer, after it was ended where it runs. Right after its creation the API may answer 404, and show it a
 * moment later: it is waited for then, so that it does not leak.
 */
export async function deleteKept(
  of: ApiObject,
  { gone }: ResourceDeclaration<Attributes>,
  keeps: Keeps<Attributes>,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<void> {
  const { state, provider, diagnostics, signal, log } = request;
  if (!isNamed(of, state, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete");
  const about = aboutAnswer(of, keeps, state, { ...request, access });
  const send = { method: "DELETE", path: pathOf(of, state, String(state.id)), headers: of.headers } as const;
  try {
    if (typeof gone === "object" && "post" in gone)
      await endIfRunning(of, gone, access, state, {
        options: () => ({ signal, timeoutMs: timeLeft() }),
      });
    const change = { state: about.subject.state, private: request.private, timeLeft, signal, log };
    const { body } = await onceVisible((options) => access.openai.acknowledge(send, options), change);
    if (isJsonObject(body) && body.get("deleted") === true) return;
    await untilGone(of, access, state, { timeLeft, signal });
    addNotDeleted(of, state, diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, about.subject);
    if (absence === undefined) diagnostics.add(explain(thrown, subjectOf(of, access, "delete", state)));
    else if (absence !== "gone" && absence !== "expired") addForgotten(absence, thrown, about);
  }
}
