import type { Attributes, Diagnostics, State, StateRequest } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { type Absence, absenceOf, canBeNamed } from "./absence.ts";
import { recordSeen, wasSeen } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Keeps } from "./declaration.ts";
import { type About, addUnreadable, type OnExpiry, staysInState } from "./missing-answer.ts";
import type { Wait } from "./ready.ts";
import { isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { untilVisible } from "./visibility.ts";

/* How an answer that was paid for is read: never lost, and never bought again by accident. */

type Values = State<Attributes>;
type Request = StateRequest<Attributes, OpenAIProvider>;

/** How long a new answer is waited for at most, until it can be read. */
const longestWaitMs = 60_000;

/** What messages about an answer are about. */
export function aboutAnswer(
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

/**
 * Whether the state names an answer; otherwise an error is added. The ID of a gateway may be one that no URL can have,
 * but not that of an answer that was read.
 */
export function hasId(of: ApiObject, request: Pick<Request, "state" | "private" | "diagnostics">): boolean {
  const { id } = request.state;
  const mayBeAny = typeof id === "string" && id !== "" && !wasSeen(request.private);
  return mayBeAny || isNamed(of, request.state, request);
}

/** Reads an answer again. Null: it is gone, and would be created again. */
export async function readKept(
  of: ApiObject,
  keeps: Keeps<Attributes>,
  request: Request,
): Promise<Values | Diagnostics | null> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  if (!hasId(of, request)) return diagnostics;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const about = aboutAnswer(of, keeps, state, { ...request, access });
  const absent = (absence: Absence, error?: OpenAIError) =>
    staysInState(absence, error, onExpiryOf(state), about) ? state : null;
  if (!canBeNamed(about.subject.state)) return absent("never_seen");
  const timeLeft = operationTime(timeoutsOf(state), "read", access.openai);
  try {
    const response = await retrieve(of, access, state, { signal, timeoutMs: timeLeft() });
    const read = await reported(of, state, response, diagnostics, "fixed");
    recordSeen(kept, access, response);
    return read;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, about.subject);
    if (absence !== undefined) return absent(absence, thrown);
    return diagnostics.add(explain(thrown, subjectOf(of, access, "read", state)));
  }
}

function onExpiryOf({ on_expiry: given, recreate_after_expiry: again }: Values): OnExpiry {
  if (given === "keep" || given === "recreate") return given;
  return given === null && again === true ? "recreate" : "warn";
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
    const read = await reported(of, state, response, diagnostics, "fixed");
    recordSeen(kept, access, response);
    return read;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const about = aboutAnswer(of, keeps, state, { private: kept, diagnostics, access });
    addUnreadable(thrown, waitMs, keeps.lacking ?? "", about);
    return state;
  }
}
