import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { renderError } from "./errors.ts";
import { type Fault, replacesAnswer } from "./faults.ts";
import { knownError } from "./known-errors.ts";
import { mutate } from "./mutations.ts";
import type { Envelope } from "./options.ts";
import type { Reply } from "./reply.ts";

/** The answer that the fault gives in place of the API's, or undefined where it gives none. */
export function faultAnswer(fault: Fault, envelope: Envelope): Reply | undefined {
  if (!replacesAnswer(fault)) return undefined;
  const base: Reply =
    fault.error === undefined
      ? { status: 200, headers: { "content-type": "application/json" }, body: Buffer.alloc(0) }
      : renderError(knownError(fault.error), fault.envelope ?? envelope);
  const { body, redirect } = fault;
  return {
    status: fault.status ?? (redirect === undefined ? base.status : 302),
    headers: redirect === undefined ? base.headers : { ...base.headers, location: redirect },
    body: body === undefined ? base.body : bytesOf(body),
  };
}

function bytesOf(body: NonNullable<Fault["body"]>): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "object" ? JSON.stringify(body) : body);
}

/** The answer after the fault's changes to its headers and body. */
export function spoil(reply: Reply, fault: Fault): Reply {
  let { body } = reply;
  for (const mutation of fault.mutate ?? []) body = mutate(body, mutation);
  const headers: Record<string, string | readonly string[]> = { ...reply.headers };
  if (fault.encoding !== undefined) {
    headers["content-encoding"] = fault.encoding === "bad_gzip" ? "gzip" : fault.encoding;
    body = encode(body, fault.encoding);
  }
  if (fault.contentType !== undefined) headers["content-type"] = fault.contentType;
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers[name.toLowerCase()] = value;
  return { status: reply.status, headers, body };
}

function encode(body: Buffer, encoding: NonNullable<Fault["encoding"]>): Buffer {
  if (encoding === "br") return brotliCompressSync(body);
  if (encoding === "deflate") return deflateSync(body);
  const zipped = gzipSync(body);
  if (encoding === "gzip") return zipped;
  // The head is right and the data is not, so that decoding fails only once it has begun.
  return Buffer.concat([zipped.subarray(0, 12), Buffer.alloc(Math.max(8, zipped.length - 12), 0xa5)]);
}
