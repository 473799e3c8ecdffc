import { type Attributes, Diagnostics, type OperationRequest, type State } from "../../framework/index.ts";
import { monotonicNow, type ObjectResponse } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject, Readiness } from "./declaration.ts";
import { withMore } from "./more.ts";
import { titleOf } from "./object-names.ts";
import { explained, reported, retrieve, subjectOf } from "./request.ts";
import { appearsWithinMs, sleep, untilVisible } from "./visibility.ts";

type Values = State<Attributes>;

/** The first pause before an object is read again, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** How many reads in a row may fail while something is waited for that was paid for. */
const mostFailures = 10;
/** How often progress is logged. */
const progressMs = 10_000;

export interface Wait {
  readonly access: Access;
  readonly state: Values;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly request: OperationRequest<OpenAIProvider> & { save(state: Values): void };
  /** Whether the object was paid for: it must not be tainted over a read that fails. */
  readonly paid: boolean;
  /** Gets each answer in which the object was read. */
  readonly seen: (response: ObjectResponse) => void;
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
  if (ready === undefined) return wait.state;
  const state = await complete(of, ready, await polled(of, ready, wait), wait);
  const status = String(state[ready.attribute]);
  if (ready.failed?.includes(status)) return failed(of, ready, state, wait);
  if (ready.ended?.includes(status)) ended(of, ready, state, wait);
  if (ready.pending.includes(status)) notReady(of, ready, state, wait);
  else ready.check?.({ ...state, id: String(state.id) }, wait.request.diagnostics);
  return state;
}

/** What is still under way is read for its status alone. */
async function complete(
  of: ApiObject,
  { pending, attribute }: Readiness<Attributes>,
  state: Values,
  { access, timeLeft, request }: Wait,
): Promise<Values> {
  if (request.diagnostics.hasError || pending.includes(String(state[attribute]))) return state;
  const { signal } = request;
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const whole = await explained(request, subjectOf(of, access, "create", state), () =>
    withMore(of, state, { access, imported: false, options, call: request }),
  );
  return whole ?? state;
}

async function polled(of: ApiObject, ready: Readiness<Attributes>, wait: Wait): Promise<Values> {
  const { access, timeLeft, request } = wait;
  const { signal, log, diagnostics } = request;
  let state = wait.state;
  let failures = 0;
  let reportedAt = monotonicNow();
  for (let pause = firstPauseMs; ready.pending.includes(String(state[ready.attribute])); ) {
    if (signal.aborted || timeLeft() <= pause) return state;
    await sleep(pause, signal);
    pause = Math.min(pause * 1.5, longestPauseMs);
    const before = state;
    const failure = new Diagnostics();
    const now = await explained(
      { diagnostics: failure },
      subjectOf(of, access, "create", before),
      async () => {
        const visible = {
          timeoutMs: timeLeft(),
          waitMs: appearsWithinMs,
          signal,
          log,
          openai: access.openai,
        };
        const response = await untilVisible(
          (options) => retrieve(of, access, before, { ...options, fresh: true }),
          visible,
        );
        wait.seen(response);
        return reported(of, before, response, diagnostics, "keep");
      },
    );
    if (now === undefined) {
      failures += 1;
      // A wait of hours outlasts what one read does not.
      if (wait.paid && (failures <= mostFailures || signal.aborted)) continue;
      addFailure(of, failure, wait);
      return state;
    }
    failures = 0;
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
  const reason = reasonIn(ready, state);
  return request.diagnostics.addError(
    `${titleOf(of)} failed`,
    `The API created the ${of.noun} ${JSON.stringify(state.id)}, and then reported "${state[ready.attribute]}" for its ` +
      `${ready.attribute}. ${reason === undefined ? "It does not say why." : `The API said:\n  ${reason}`}\n\n` +
      "It is kept in state as tainted: the next apply deletes it and creates another one. Correct what the API names first.",
  );
}

/** What keeps an object from being read; of one that was paid for, as a warning. */
function addFailure(of: ApiObject, failure: Diagnostics, { paid, request, state }: Wait): void {
  if (!paid) {
    request.diagnostics.append(failure);
    return;
  }
  for (const { summary, detail } of failure) {
    request.diagnostics.addWarning(
      summary,
      `The ${of.noun} ${JSON.stringify(state.id)} was created, and could not be read again while it was waited for. It is ` +
        `kept in state; the next plan reads it again.\n\n${detail}`,
    );
  }
}

function ended(of: ApiObject, ready: Readiness<Attributes>, state: Values, { request, paid }: Wait): void {
  const status = JSON.stringify(state[ready.attribute]);
  const reason = reasonIn(ready, state);
  request.diagnostics.addWarning(
    `${titleOf(of)} ended without success`,
    `The ${of.noun} ${JSON.stringify(state.id)} was created, and ended as ${status}. It is kept in state with what it ` +
      `has.${reason === undefined ? "" : ` The API said:\n  ${reason}`}\n\n` +
      `terraform apply -replace=… creates another one${paid ? ", which is paid for again" : ""}.`,
  );
}

/** What the API says of why it is as it is. */
function reasonIn({ reason = [] }: Readiness<Attributes>, state: Values): string | undefined {
  const names = typeof reason === "string" ? [reason] : reason;
  return names.map((name) => reasonOf(state[name])).find((text) => text !== undefined);
}

/** How many reasons are quoted of a list of them. */
const mostReasons = 5;

/** `{ code, message }`, with the line of an input, a text, or a list of these. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const list: unknown = Array.isArray(value) ? value : Reflect.get(value, "data");
  if (Array.isArray(list)) {
    const reasons = list.slice(0, mostReasons).flatMap((each: unknown) => reasonOf(each) ?? []);
    const more = list.length > mostReasons ? [`and ${list.length - mostReasons} more`] : [];
    return reasons.length === 0 ? undefined : [...reasons, ...more].join("\n  ");
  }
  const line: unknown = Reflect.get(value, "line");
  const text = messageOf(value);
  return text !== undefined && typeof line === "number" ? `line ${line}: ${text}` : text;
}

function messageOf(value: object): string | undefined {
  const [message, code, reason]: unknown[] = ["message", "code", "reason"].map((name) =>
    Reflect.get(value, name),
  );
  if (typeof message !== "string") return [code, reason].find((text) => typeof text === "string");
  return typeof code === "string" ? `${message} (${code})` : message;
}

function notReady(of: ApiObject, ready: Readiness<Attributes>, state: Values, { request }: Wait): void {
  // An error, or a warning that it could not be read, says it all.
  if (request.diagnostics.hasError) return;
  request.diagnostics.addWarning(
    `${titleOf(of)} not ready yet`,
    `The ${of.noun} ${JSON.stringify(state.id)} was created, and is still "${state[ready.attribute]}" ` +
      `${request.signal.aborted ? "where the wait was interrupted" : "at the end of the time for its creation"}. It is kept in ` +
      "state; the next plan reads it again.\n\n" +
      `To wait longer, set timeouts = { create = "${ready.within === undefined ? "30m" : "48h"}" }.`,
  );
}
