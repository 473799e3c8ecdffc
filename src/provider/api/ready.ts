import type { Attributes, Diagnostics, OperationRequest, State } from "../../framework/index.ts";
import { monotonicNow } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { type ApiObject, type Readiness, titleOf } from "./declaration.ts";
import { explained, reported, retrieve, subjectOf } from "./request.ts";
import { appearsWithinMs, markSeen, sleep, untilVisible } from "./visibility.ts";

type Values = State<Attributes>;

/** The first pause before an object is read again, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** How often progress is logged. */
const progressMs = 10_000;

interface Wait {
  readonly access: Access;
  readonly state: Values;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly request: OperationRequest<OpenAIProvider> & { save(state: Values): void };
}

/**
 * Waits until an object is ready. What takes longer than the operation may is kept with a warning; a failure is
 * an error with the API's reason, and the object is kept.
 */
export async function untilReady(
  of: ApiObject,
  ready: Readiness<Attributes> | undefined,
  wait: Wait,
): Promise<Values | Diagnostics> {
  const { diagnostics } = wait.request;
  if (ready === undefined) return wait.state;
  const state = await polled(of, ready, wait);
  const status = String(state[ready.attribute]);
  if (ready.failed?.includes(status)) return failed(of, ready, state, wait);
  if (ready.pending.includes(status)) notReady(of, state, status, wait, diagnostics);
  return state;
}

async function polled(of: ApiObject, ready: Readiness<Attributes>, wait: Wait): Promise<Values> {
  const { access, timeLeft, request } = wait;
  const { signal, log, diagnostics } = request;
  let state = wait.state;
  let reportedAt = monotonicNow();
  for (let pause = firstPauseMs; ready.pending.includes(String(state[ready.attribute])); ) {
    if (signal.aborted || timeLeft() <= pause) return state;
    await sleep(pause, signal);
    pause = Math.min(pause * 1.5, longestPauseMs);
    const before = state;
    const now = await explained(request, subjectOf(of, access, "create", before), async () => {
      const visible = { timeoutMs: timeLeft(), waitMs: appearsWithinMs, signal, log };
      const response = await untilVisible((options) => retrieve(of, access, before, options), visible);
      return reported(of, before, response, diagnostics, "keep");
    });
    if (now === undefined) return state;
    markSeen(request.private);
    state = now;
    request.save(state);
    if (monotonicNow() - reportedAt < progressMs) continue;
    reportedAt = monotonicNow();
    log.log("info", `Waiting for the ${of.noun}`, {
      id: String(state.id),
      status: String(state[ready.attribute]),
    });
  }
  return state;
}

function failed(of: ApiObject, ready: Readiness<Attributes>, state: Values, { request }: Wait): Diagnostics {
  const reason = ready.reason === undefined ? undefined : reasonOf(state[ready.reason]);
  return request.diagnostics.addError(
    `${titleOf(of)} failed`,
    `The API created the ${of.noun} ${JSON.stringify(state.id)}, and then reported "${state[ready.attribute]}" for its ` +
      `${ready.attribute}. ${reason === undefined ? "It does not say why." : `The API said:\n  ${reason}`}\n\n` +
      "It is kept in state as tainted: the next apply deletes it and creates another one. Correct what the API names first.",
  );
}

/** `{ code, message }`, or a text. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const [message, code]: unknown[] = [Reflect.get(value, "message"), Reflect.get(value, "code")];
  if (typeof message !== "string") return typeof code === "string" ? code : undefined;
  return typeof code === "string" ? `${message} (${code})` : message;
}

function notReady(
  of: ApiObject,
  state: Values,
  status: string,
  { request }: Wait,
  diagnostics: Diagnostics,
): void {
  if (diagnostics.hasError) return;
  diagnostics.addWarning(
    `${titleOf(of)} not ready yet`,
    `The ${of.noun} ${JSON.stringify(state.id)} was created, and is still "${status}" ` +
      `${request.signal.aborted ? "where the wait was interrupted" : "at the end of the time for its creation"}. It is kept in ` +
      "state; the next plan reads it again.\n\n" +
      'To wait longer, set timeouts = { create = "30m" }.',
  );
}
