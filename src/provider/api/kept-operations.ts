import { type Attributes, Diagnostics, type State, type StateRequest } from "../../framework/index.ts";
import { isJsonObject, OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { absenceOf } from "./absence.ts";
import { onceVisible, recordSeen, wasSeen } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Keeps, ResourceDeclaration } from "./declaration.ts";
import { addNotDeleted, untilGone } from "./delete.ts";
import { type About, addForgotten, addUnreadable, type OnExpiry, staysInState } from "./missing-answer.ts";
import { pathOf } from "./object-names.ts";
import type { Wait } from "./ready.ts";
import { isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { endIfRunning } from "./stop.ts";
import { untilVisible } from "./visibility.ts";

/* How an answer that was paid for is read and deleted: never lost, and never bought again by accident. */

type Values = State<Attributes>;
type Request = StateRequest<Attributes, OpenAIProvider>;

/** How long a new answer is waited for at most, until it can be read. */
const longestWaitMs = 60_000;

function aboutAnswer(
  of: ApiObject,
  { noun, created }: Keeps<Attributes>,
  state: Values,
  { access, ...request }: Pick<Request, "private" | "diagnostics"> & { readonly access: Access },
): About {
  const at = state[created];
  const known = { id: String(state.id), created: typeof at === "number" ? at : null };
  const subject = { noun, state: known, private: request.private, access };
  return { of, subject, diagnostics: request.diagnostics };
}

/** Reads an answer again. Null: it is gone, and would be created again. */
export async function readKept(
  of: ApiObject,
  keeps: Keeps<Attributes>,
  request: Request,
): Promise<Values | Diagnostics | null> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  if (!isNamed(of, state, request)) return diagnostics;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(state), "read");
  try {
    const response = await retrieve(of, access, state, { signal, timeoutMs: timeLeft() });
    const read = await reported(of, state, response, diagnostics, "fixed");
    recordSeen(kept, access, response);
    return read;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const about = aboutAnswer(of, keeps, state, { ...request, access });
    const absence = absenceOf(thrown, about.subject);
    if (absence === undefined) return diagnostics.add(explain(thrown, subjectOf(of, access, "read", state)));
    return staysInState(absence, thrown, onExpiryOf(state), about) ? state : null;
  }
}

function onExpiryOf({ on_expiry: given }: Values): OnExpiry {
  return given === "keep" || given === "recreate" ? given : "warn";
}

/** Reads a new answer back. Where that cannot be done, it is a warning: an error would taint what has been paid for. */
export async function confirmed(of: ApiObject, keeps: Keeps<Attributes>, wait: Wait): Promise<Values> {
  const { access, state, timeLeft, request } = wait;
  const { private: kept, diagnostics, signal, log } = request;
  if (wasSeen(kept)) return state;
  const left = timeLeft();
  const waitMs = Math.min(left, longestWaitMs);
  try {
    const response = await untilVisible((options) => retrieve(of, access, state, options), {
      timeoutMs: left,
      waitMs,
      signal,
      log,
    });
    const read = await reported(of, state, response, new Diagnostics(), "fixed");
    recordSeen(kept, access, response);
    return read;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    addUnreadable(thrown, waitMs, "", aboutAnswer(of, keeps, state, { private: kept, diagnostics, access }));
    return state;
  }
}

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
  if (!isNamed(of, state, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete");
  const about = aboutAnswer(of, keeps, state, { ...request, access });
  const send = { method: "DELETE", path: pathOf(of, state, String(state.id)), headers: of.headers } as const;
  try {
    if (typeof gone === "object" && "post" in gone)
      await endIfRunning(of, gone, access, state, () => ({ signal, timeoutMs: timeLeft() }));
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
