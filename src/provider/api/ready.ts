import type { Attributes, Diagnostics, OperationRequest, State } from "../../framework/index.ts";
import { type ErrorKind, monotonicNow, type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject, Readiness } from "./declaration.ts";
import { withMore } from "./more.ts";
import { titleOf } from "./object-names.ts";
import { reported, retrieve, subjectOf } from "./request.ts";
import { appearsWithinMs, sleep, untilVisible } from "./visibility.ts";

type Values = State<Attributes>;

/** The first pause before an object is read again, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** How many reads in a row may fail while something is waited for. */
const mostFailures = 10;
/** How often progress is logged. */
const progressMs = 10_000;

export interface Wait {
  readonly access: Access;
  readonly state: Values;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly request: OperationRequest<OpenAIProvider> & { save(state: Values): void };
  /** Whether the object was paid for: it must not be tainted over a read that fails, whatever the reason. */
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
  const { diagnostics } = wait.request;
  const last = await polled(of, ready, wait);
  const { state, failure } = last.failure === undefined ? await complete(of, ready, last.state, wait) : last;
  if (failure !== undefined) addFailure(of, failure, { ...wait, state });
  const status = String(state[ready.attribute]);
  if (ready.failed?.includes(status)) return failed(of, ready, state, wait);
  if (ready.ended?.includes(status)) ended(of, ready, state, wait);
  if (!ready.pending.includes(status)) ready.check?.({ ...state, id: String(state.id) }, diagnostics);
  else if (failure === undefined) notReady(of, ready, state, wait);
  return state;
}

/** How far an object is, and why no more of it could be read. */
interface Last {
  readonly state: Values;
  readonly failure: OpenAIError | undefined;
}

/** What is still under way is read for its status alone. */
async function complete(
  of: ApiObject,
  { pending, attribute }: Readiness<Attributes>,
  state: Values,
  { access, timeLeft, request }: Wait,
): Promise<Last> {
  if (pending.includes(String(state[attribute]))) return { state, failure: undefined };
  const { signal } = request;
  const options = () => ({ signal, timeoutMs: timeLeft() });
  try {
    return {
      state: await withMore(of, state, { access, imported: false, options, call: request }),
      failure: undefined,
    };
  } catch (thrown) {
    return { state, failure: openAIError(thrown) };
  }
}

/** An error of the client; anything else is thrown on. */
function openAIError(thrown: unknown): OpenAIError {
  if (thrown instanceof OpenAIError) return thrown;
  throw thrown;
}

async function polled(of: ApiObject, ready: Readiness<Attributes>, wait: Wait): Promise<Last> {
  const { timeLeft, request } = wait;
  const { signal, log } = request;
  let state = wait.state;
  let failures = 0;
  let failure: OpenAIError | undefined;
  let reportedAt = monotonicNow();
  for (let pause = firstPauseMs; ready.pending.includes(String(state[ready.attribute])); ) {
    if (signal.aborted || timeLeft() <= pause) break;
    await sleep(pause, signal);
    pause = Math.min(pause * 1.5, longestPauseMs);
    const now = await readOnce(of, state, wait);
    if (now instanceof OpenAIError) {
      // Time was over during the read: it did not fail.
      if (now.kind === "operation_timeout" && now.last === undefined) break;
      failures += 1;
      failure = now;
      // A wait of hours outlasts what one read does not.
      if (failures <= mostFailures && (wait.paid || mayPass(now))) continue;
      break;
    }
    [failures, failure, state] = [0, undefined, now];
    request.save(state);
    if (monotonicNow() - reportedAt < progressMs) continue;
    reportedAt = monotonicNow();
    log.log("info", `Waiting for the ${of.noun}`, {
      id: String(state.id),
      status: String(state[ready.attribute]),
    });
  }
  return { state, failure: signal.aborted ? undefined : failure };
}

/** One read of what is waited for; the error where it fails. */
async function readOnce(of: ApiObject, before: Values, wait: Wait): Promise<Values | OpenAIError> {
  const { access, timeLeft, request } = wait;
  const { signal, log, diagnostics } = request;
  const visible = { timeoutMs: timeLeft(), waitMs: appearsWithinMs, signal, log, openai: access.openai };
  try {
    const response = await untilVisible(
      (options) => retrieve(of, access, before, { ...options, fresh: true }),
      visible,
    );
    wait.seen(response);
    return await reported(of, before, response, diagnostics, "keep");
  } catch (thrown) {
    return openAIError(thrown);
  }
}

/** Failures that say nothing of the object: the API is in trouble, or the way to it. */
const passing: ReadonlySet<ErrorKind> = new Set([
  "refused",
  "name_not_found",
  "unreachable",
  "reset",
  "connection_failed",
  "attempt_timeout",
  "operation_timeout",
  "truncated",
  "server_error",
  "rate_limit",
  "proxy",
  "not_json",
  "invalid_json",
  "another_object",
]);

function mayPass({ kind }: OpenAIError): boolean {
  return passing.has(kind);
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

/** What keeps an object from being read: of one that was paid for, and where it may pass, as a warning, which taints nothing. */
function addFailure(of: ApiObject, failure: OpenAIError, { access, paid, request, state }: Wait): void {
  const { severity: _, summary, detail } = explain(failure, subjectOf(of, access, "read", state));
  const created = `The ${of.noun} ${JSON.stringify(state.id)} was created, and could not be read again while it was waited for.`;
  if (paid || mayPass(failure))
    request.diagnostics.addWarning(
      summary,
      `${created} It is kept in state; the next plan reads it again.\n\n${detail}`,
    );
  else
    request.diagnostics.addError(
      summary,
      `${created} It is kept in state as tainted: the next apply deletes it and creates another one.\n\n${detail}`,
    );
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
  request.diagnostics.addWarning(
    `${titleOf(of)} not ready yet`,
    `The ${of.noun} ${JSON.stringify(state.id)} was created, and is still "${state[ready.attribute]}" ` +
      `${request.signal.aborted ? "where the wait was interrupted" : "at the end of the time for its creation"}. It is kept in ` +
      "state; the next plan reads it again.\n\n" +
      `To wait longer, set timeouts = { create = "${ready.within === undefined ? "30m" : "48h"}" }.`,
  );
}
