import type { IncomingHttpHeaders } from "node:http";
import { readBody } from "./body.ts";
import { AttemptError } from "./errors.ts";
import type { Transport, TransportRequest } from "./transport.ts";
import { transportError } from "./transport-error.ts";

/** Redirects followed at most, all to the same origin: as OpenAI's own provider does. */
const mostRedirects = 10;
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
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const { signal, timeoutMs } = options;
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
    return await followed(transport, origin, request, stop.signal);
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

async function followed(
  transport: Transport,
  origin: URL,
  request: TransportRequest,
  signal: AbortSignal,
): Promise<Answer> {
  let target = request.target;
  for (let hops = 0; ; hops += 1) {
    const answer = await once(transport, origin, { ...request, target }, signal);
    const location = answer.header("location");
    if (!redirects.has(answer.status) || location === undefined) return answer;
    const next = URL.canParse(location, `${origin.origin}${target}`)
      ? new URL(location, `${origin.origin}${target}`)
      : undefined;
    const refuse = (message: string) =>
      new AttemptError({ kind: "redirect", message, status: answer.status, location: next?.origin });
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
  signal: AbortSignal,
): Promise<Answer> {
  const response = await transport.send(origin, request, signal).catch(async (error: unknown) => {
    throw error instanceof AttemptError ? error : transportError(error, await transport.proxy(origin));
  });
  const header = headerReader(response.headers);
  const status = response.statusCode;
  try {
    return { status, header, bytes: await readBody(response.body, header("content-encoding") ?? "") };
  } catch (error) {
    if (!(error instanceof AttemptError)) throw error;
    // A status that says no is the better news, unless there was no time or wish to read on.
    if (status >= 300 && !signal.aborted) return { status, header, bytes: Buffer.alloc(0) };
    const { requestId, ...failure } = { ...error.failure, status, requestId: header("x-request-id") };
    throw new AttemptError({ ...failure, ...(requestId !== undefined ? { requestId } : {}) });
  }
}

function headerReader(headers: IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}
