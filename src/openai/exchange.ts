import type { IncomingHttpHeaders } from "node:http";
import { readBody, readPieces } from "./body.ts";
import { AttemptError } from "./errors.ts";
import { aboutAnswer } from "./interpret.ts";
import { planeOfTarget } from "./plane.ts";
import type { Redactor } from "./redact.ts";
import type { Transport, TransportRequest } from "./transport.ts";
import { transportError } from "./transport-error.ts";
import { type Ended, within } from "./within.ts";

/** Redirects followed at most, all to the same origin: as OpenAI's own provider does. */
const mostRedirects = 10;
/** As much of a body that breaks off is kept, for its first line. */
const startBytes = 4_096;
const redirects = new Set([301, 302, 303, 307, 308]);

/** Where the body of a success goes, piece by piece, in place of being read as JSON. */
export interface Sink {
  /** The most bytes that it takes, after decoding. */
  readonly limit: number;
  /** Begins anew: another attempt follows one whose answer broke off. */
  begin(): Promise<void>;
  write(piece: Buffer): Promise<void>;
}

/** One answer, read whole; the bytes of one that went into a sink are not here. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
}

/**
 * One attempt: sends a request, follows redirects of a GET within the origin, reads and decodes the body.
 *
 * @param options.timeoutMs For all of that together, from the first moment.
 * @param options.cancel Aborts only what has not been sent yet; `signal` aborts at any time.
 * @throws {AttemptError} `aborted` when a signal aborts, and any kind of the network's and the body's.
 */
export async function exchange(
  transport: Pick<Transport, "send" | "proxy">,
  origin: URL,
  request: TransportRequest,
  options: {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly cancel: AbortSignal;
    readonly redactor: Redactor;
    readonly sink?: Sink | undefined;
  },
): Promise<Answer> {
  const { signal, cancel, timeoutMs, redactor, sink } = options;
  let sent = false;
  const onSent = () => {
    sent = true;
  };
  const stop = joined(signal, cancel, () => !sent);
  const error = (ended: Ended) => {
    if (ended === "aborted")
      return new AttemptError({ kind: "aborted", message: "the request was cancelled" }, { sent });
    const message = sent ? "the API did not answer in time" : "no connection was made in time";
    const proxy = transport.proxy(origin);
    return new AttemptError({ kind: "attempt_timeout", message, limit: timeoutMs, proxy }, { sent });
  };
  try {
    return await within({ signal: stop.signal, ms: timeoutMs, error }, (signal) =>
      followed(transport, origin, request, { signal, onSent, redactor, sink }),
    );
  } catch (error) {
    throw error instanceof AttemptError || isDamage(error)
      ? error
      : transportError(error, transport.proxy(origin), sent);
  } finally {
    stop.release();
  }
}

/** A signal that aborts with `signal`, and with `cancel` as long as that `applies`. */
function joined(signal: AbortSignal, cancel: AbortSignal, applies: () => boolean) {
  if (signal === cancel) return { signal, release() {} };
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  const onCancel = () => {
    if (applies()) stop.abort();
  };
  signal.addEventListener("abort", onAbort);
  cancel.addEventListener("abort", onCancel);
  if (signal.aborted || cancel.aborted) stop.abort();
  return {
    signal: stop.signal,
    release() {
      signal.removeEventListener("abort", onAbort);
      cancel.removeEventListener("abort", onCancel);
    },
  };
}

/** A script of the installation that cannot be loaded is no failure of the network. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && error.name === "InstallationError";
}

interface Scope {
  readonly signal: AbortSignal;
  readonly onSent: () => void;
  readonly redactor: Redactor;
  readonly sink: Sink | undefined;
}

async function followed(
  transport: Pick<Transport, "send" | "proxy">,
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
        location: next === undefined ? undefined : scope.redactor.redact(placeOf(next)),
      });
    if (next === undefined) throw refuse("the API redirects to something that is no URL");
    // Not the origins: that of `blob:https://host/` is the host's, too.
    if (next.protocol !== origin.protocol || next.host !== origin.host)
      throw refuse("the API redirects to another origin, which gets no key");
    // Outside of the base URL there is no Administration API, and only its own part gets the admin key.
    const [asked, led] = [request.target, `${next.pathname}${next.search}`].map((path) =>
      planeOfTarget(origin, path),
    );
    if (led !== asked && (asked === "admin" || led === "admin"))
      throw refuse("the API redirects to a part of it that is for another kind of key");
    if (request.method !== "GET") throw refuse("the API redirects a request that is not a read");
    if (hops === mostRedirects) throw refuse(`the API redirects more than ${mostRedirects} times`);
    target = `${next.pathname}${next.search}`;
  }
}

/** A host's origin; of `blob:` and the like, which have no host, the scheme. */
function placeOf({ host, protocol, origin }: URL): string {
  return host === "" ? protocol : origin;
}

async function once(
  transport: Pick<Transport, "send" | "proxy">,
  origin: URL,
  request: TransportRequest,
  { signal, onSent, redactor, sink }: Scope,
): Promise<Answer> {
  const response = await transport.send(origin, request, signal, onSent);
  const header = headerReader(response.headers);
  const status = response.statusCode;
  let start = Buffer.alloc(0);
  const keepStart = (piece: Buffer) => {
    if (start.length < startBytes) start = Buffer.concat([start, piece.subarray(0, startBytes)]);
  };
  const encodings = header("content-encoding") ?? "";
  try {
    if (sink !== undefined && status <= 299) {
      await saving(() => sink.begin());
      const take = (piece: Buffer) => saving(() => sink.write(piece));
      await readPieces(response.body, encodings, { limit: sink.limit, seen: keepStart, signal, take });
      return { status, header, bytes: Buffer.alloc(0) };
    }
    const bytes = await readBody(response.body, encodings, undefined, keepStart, signal);
    return { status, header, bytes };
  } catch (error) {
    if (!(error instanceof AttemptError)) throw error;
    // A status that says no is the better news, unless there was no time or wish to read on. But of a 404 only the body
    // says whether the completion is missing or the URL wrong: a cut one is worth asking for again.
    const undecided = status === 404 && error.failure.kind === "truncated";
    if (status >= 300 && !undecided && !signal.aborted) return { status, header, bytes: Buffer.alloc(0) };
    throw new AttemptError({ ...error.failure, ...aboutAnswer({ status, header }, start, redactor) });
  }
}

/** What a sink cannot take is no fault of the answer, and no reason to ask again. */
async function saving(save: () => Promise<void>): Promise<void> {
  try {
    await save();
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (typeof code !== "string") throw error;
    throw new AttemptError({ kind: "not_saved", message: "the answer could not be saved", systemCode: code });
  }
}

function headerReader(headers: IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}
