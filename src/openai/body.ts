import { addAbortSignal, pipeline, Readable, type Transform } from "node:stream";
import { AttemptError, type ErrorKind } from "./errors.ts";

/** The largest body after decoding, as OpenAI's own provider has it. */
export const bodyLimit = 32 * 1024 * 1024;

/** Content-codings on top of each other: a gateway may add one to the API's own. */
export const mostCodings = 2;

/**
 * Reads and decodes a body. Decoding stops as soon as the limit is passed, before or after any of the codings, so a
 * small body cannot unfold to a large one; and when the signal aborts, which undici heeds only while it reads.
 *
 * @param encodings The `content-encoding` header.
 * @param seen Gets each piece after decoding, also of a body that then turns out to be broken or too large.
 * @throws {AttemptError} kinds `too_large`, `truncated`, `invalid_encoding`, `invalid_http`.
 */
export async function readBody(
  stream: Readable,
  encodings: string,
  limit = bodyLimit,
  seen: (piece: Buffer) => void = () => {},
  signal?: AbortSignal,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const take = (piece: Buffer) => pieces.push(piece);
  await readPieces(stream, encodings, { limit, seen, signal, take, flowing: true });
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
}

/** How a body is read piece by piece. */
interface Pieces {
  readonly limit: number;
  readonly seen: (piece: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
  /** Gets each piece that is within the limit; the next one comes once it is done. */
  readonly take: (piece: Buffer) => unknown;
  /** Whether `take` is done at once, so that pieces need not wait for each other. */
  readonly flowing?: boolean;
}

/**
 * {@link readBody} without holding more than a piece at once.
 *
 * @throws {AttemptError} as `readBody`, and what `take` throws of that class.
 */
export async function readPieces(
  stream: Readable,
  encodings: string,
  { limit, seen, signal, take, flowing = false }: Pieces,
): Promise<void> {
  // A coding that was not asked for is taken for a wrong header: curl and Go pass such a body on as it is.
  const names = codings(encodings).filter((name) => known.has(name));
  const stop = () => stream.destroy(new Error("aborted"));
  signal?.addEventListener("abort", stop);
  try {
    if (names.length > mostCodings) {
      throw fail("invalid_encoding", `the answer has more than ${mostCodings} content-encodings`);
    }
    // Codings were applied from left to right.
    const chunks = names.length === 0 ? stream : await decoded(stream, names.reverse(), limit, signal);
    await (flowing ? flow : deliver)(chunks, { limit, seen, take });
  } catch (error) {
    throw error instanceof AttemptError ? error : bodyError(error);
  } finally {
    signal?.removeEventListener("abort", stop);
    stream.on("error", () => {}).destroy();
  }
}

const known = new Set(["gzip", "x-gzip", "deflate", "br"]);

/** A content coding that is none of those asked for; undefined without. */
export function unknownCoding(encodings: string): string | undefined {
  return codings(encodings).find((name) => !known.has(name));
}

function codings(encodings: string): string[] {
  return encodings
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
}

async function deliver(
  source: AsyncIterable<unknown>,
  { limit, seen, take }: Omit<Pieces, "signal">,
): Promise<void> {
  let size = 0;
  for await (const chunk of source) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    seen(chunk);
    if (size > limit) throw tooLarge(limit);
    await take(chunk);
  }
}

/** {@link deliver} without an iterator, whose promises cost more than a short body. */
function flow(source: Readable, { limit, seen, take }: Omit<Pieces, "signal">): Promise<void> {
  const closed = () => Object.assign(new Error("closed"), { code: "ERR_STREAM_PREMATURE_CLOSE" });
  return new Promise((resolve, reject) => {
    if (source.readableEnded) return resolve();
    if (source.destroyed) return reject(source.errored ?? closed());
    let size = 0;
    const onData = (chunk: unknown) => {
      if (!Buffer.isBuffer(chunk)) return;
      size += chunk.length;
      seen(chunk);
      if (size <= limit) take(chunk);
      else {
        source.off("data", onData);
        reject(tooLarge(limit));
      }
    };
    source
      .on("error", reject)
      .on("end", resolve)
      // Also after one of the others, which came first then. An error that nobody gets would cost its stack.
      .on("close", () => {
        if (!source.readableEnded) reject(closed());
      })
      .on("data", onData);
  });
}

async function collect(source: AsyncIterable<unknown>, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await deliver(source, { limit, seen: () => {}, take: (piece) => pieces.push(piece) });
  return Buffer.concat(pieces);
}

const mebibyte = 1024 * 1024;

function tooLarge(limit: number): AttemptError {
  const size = limit % mebibyte === 0 ? `${limit / mebibyte} MiB` : `${limit.toLocaleString("en-US")} bytes`;
  return fail("too_large", `the answer is larger than ${size}`, limit);
}

async function decoded(
  stream: Readable,
  names: readonly string[],
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Readable> {
  let source = stream;
  for (const name of names) {
    // An error of either side ends the other, and comes out of the decoder.
    if (name === "deflate") {
      const bytes = await collect(source, limit);
      source = pipeline(Readable.from([bytes]), inflater(bytes), () => {});
    } else source = pipeline(within(source, limit), decoderFor(name), () => {});
    if (signal !== undefined) addAbortSignal(signal, source);
  }
  return source;
}

/** The same chunks, as far as the limit: what unfolds to nothing at all is no less work. */
async function* within(source: AsyncIterable<unknown>, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/** Loaded by the first answer that is compressed: it takes a millisecond, and most have no need of it. */
function zlib() {
  return process.getBuiltinModule("node:zlib");
}

function decoderFor(name: string): Transform {
  return name === "br" ? zlib().createBrotliDecompress() : zlib().createGunzip();
}

/** `deflate` is zlib's format by the book, and bare deflate from some servers; the first byte shows which. */
function inflater(bytes: Buffer): Transform {
  return ((bytes[0] ?? 0) & 0x0f) === 8 ? zlib().createInflate() : zlib().createInflateRaw();
}

function bodyError(error: unknown): AttemptError {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  const systemCode = typeof code === "string" ? code : undefined;
  if (systemCode === "Z_BUF_ERROR") return fail("truncated", "the answer was cut off", undefined, systemCode);
  if (/^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)|BROTLI|FORMAT/.test(systemCode ?? "")) {
    return fail("invalid_encoding", "the answer cannot be decompressed", undefined, systemCode);
  }
  const parser =
    typeof error === "object" && error !== null && Reflect.get(error, "name") === "HTTPParserError";
  if (parser && systemCode !== "HPE_INVALID_EOF_STATE") {
    return fail("invalid_http", "the answer is not valid HTTP", undefined, systemCode);
  }
  return fail("truncated", "the answer was cut off", undefined, systemCode);
}

function fail(kind: ErrorKind, message: string, limit?: number, systemCode?: string): AttemptError {
  return new AttemptError({ kind, message, limit, systemCode });
}
