import type { IncomingHttpHeaders } from "node:http";
import { readBody } from "./body.ts";
import { AttemptError } from "./errors.ts";
import { aboutAnswer } from "./interpret.ts";
import type { Redactor } from "./redact.ts";
import type { Transport, TransportRequest } from "./transport.ts";
import { transportError } from "./transport-error.ts";

/** Redirects followed at most, all to the same origin: as OpenAI's own provider does. */
const mostRedirects = 10;
/** As much of a body that breaks off is kept, for its first line. */
const startBytes = 4_096;
const redirects = new Set([301, 302, 303, 307, 308]);

/** One answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
}

/**
 * One attempt: sends a request, follows redirects of a GET within the origin, reads and decodes the body.
 *
 * @param timeoutMs For all of that together.
 * @throws {AttemptError} `aborted` when the signal aborts, and any kind of the network's and the body's.
 */
export async function exchange(
  transport: Transport,
  origin: URL,
  request: TransportRequest,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly redactor: Redactor },
): Promise<Answer> {
  const { signal, timeoutMs, redactor } = options;
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, timeoutMs);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) stop.abort();
  try {
    return await followed(transport, origin, request, { signal: stop.signal, redactor });
  } catch (error) {
    if (signal.aborted) throw new AttemptError({ kind: "aborted", message: "the request was cancelled" });
    if (timedOut)
      throw new AttemptError({
        kind: "attempt_timeout",
        message: "the API did not answer in time",
        limit: timeoutMs,
      });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

interface Scope {
  readonly signal: AbortSignal;
  readonly redactor: Redactor;
}

async function followed(
  transport: Transport,
  origin: URL,
  request: TransportRequest,
  scope: Scope,
): Promise<Answer> {
  let target = request.target;
  for (let hops = 0; ; hops += 1) {
    const answer = await once(transport, origin, { ...request, target }, scope);
    const location = answer.header("location");
    if (!redirects.has(answer.status) || location === undefined) return answer;
    const next = URL.canParse(location, `${origin.origin}${target}`)
      ? new URL(location, `${origin.origin}${target}`)
      : undefined;
    const refuse = (message: string) =>
      new AttemptError({
        kind: "redirect",
        message,
        ...aboutAnswer(answer, answer.bytes, scope.redactor),
        location: next === undefined ? undefined : scope.redactor.redact(next.origin),
      });
    if (next === undefined) throw refuse("the API redirects to something that is no URL");
    if (next.origin !== origin.origin) throw refuse("the API redirects to another origin, which gets no key");
    if (request.method !== "GET") throw refuse("the API redirects a request that is not a read");
    if (hops === mostRedirects) throw refuse(`the API redirects more than ${mostRedirects} times`);
    target = `${next.pathname}${next.search}`;
  }
}

async function once(
  transport: Transport,
  origin: URL,
  request: TransportRequest,
  { signal, redactor }: Scope,
): Promise<Answer> {
  const response = await transport.send(origin, request, signal).catch(async (error: unknown) => {
    throw error instanceof AttemptError ? error : transportError(error, await transport.proxy(origin));
  });
  const header = headerReader(response.headers);
  const status = response.statusCode;
  let start = Buffer.alloc(0);
  const keepStart = (piece: Buffer) => {
    if (start.length < startBytes) start = Buffer.concat([start, piece.subarray(0, startBytes)]);
  };
  try {
    const bytes = await readBody(
      response.body,
      header("content-encoding") ?? "",
      undefined,
      keepStart,
      signal,
    );
    return { status, header, bytes };
  } catch (error) {
    if (!(error instanceof AttemptError)) throw error;
    // A status that says no is the better news, unless there was no time or wish to read on. But of a 404 only the body
    // tells whether the completion is missing or the URL wrong: a cut one is worth asking for again.
    const undecided = status === 404 && error.failure.kind === "truncated";
    if (status >= 300 && !undecided && !signal.aborted) return { status, header, bytes: Buffer.alloc(0) };
    throw new AttemptError({ ...error.failure, ...aboutAnswer({ status, header }, start, redactor) });
  }
}

function headerReader(headers: IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}
