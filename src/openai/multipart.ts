import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

/** A file of a form: its bytes, or where they are on the disk. */
export interface FormFile {
  readonly filename: string;
  readonly content: Uint8Array | FilePart;
  /** The media type; unset means that of any bytes. */
  readonly type?: string;
}

/** A file on the disk, or a part of it. */
export interface FilePart {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Where the part begins; unset means that the file is sent whole, and must not be longer. */
  readonly start?: number;
  /** Of what is to be sent, in hexadecimal digits: other bytes fail the stream. Unset means that any will do. */
  readonly sha256?: string;
}

export type FormField = readonly [name: string, value: string | FormFile];

/** A request body that is streamed, as often as it is opened. */
export interface StreamBody {
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  open(): Readable;
}

/**
 * A form as multipart/form-data (RFC 7578). Files on the disk are read while they are sent, and never held
 * whole; a file that has become another one since its size and hash were taken fails the stream.
 */
export function multipart(fields: readonly FormField[]): StreamBody {
  const boundary = `----terraform-provider-openai-${randomBytes(16).toString("hex")}`;
  const parts = fields.map(([name, value]) => partOf(boundary, name, value));
  const end = Buffer.from(`--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: parts.reduce((sum, { head, size }) => sum + head.length + size + lineEnd.length, end.length),
    open: () => Readable.from(piecesOf(parts, end)),
  };
}

const lineEnd = Buffer.from("\r\n");

interface Part {
  readonly head: Buffer;
  readonly size: number;
  readonly content: FormFile["content"];
}

function partOf(boundary: string, name: string, value: string | FormFile): Part {
  const file = typeof value === "string" ? undefined : value;
  const disposition = `form-data; name="${escapedName(name)}"${file ? `; filename="${escapedName(file.filename)}"` : ""}`;
  const type = file === undefined ? "" : `Content-Type: ${file.type ?? "application/octet-stream"}\r\n`;
  const content = typeof value === "string" ? Buffer.from(value) : value.content;
  return {
    head: Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\n${type}\r\n`),
    size: "path" in content ? content.size : content.length,
    content,
  };
}

/** As browsers escape names in a form (WHATWG HTML, "multipart/form-data encoding algorithm"). */
export function escapedName(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
}

async function* piecesOf(parts: readonly Part[], end: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { head, content } of parts) {
    yield head;
    if (!("path" in content)) yield content;
    else yield* piecesOfFile(content);
    yield lineEnd;
  }
  yield end;
}

/**
 * A file's size is part of a length that is sent already: one that changed cannot be sent. What has another hash is not
 * sent to its end, so that nothing is made of it.
 */
async function* piecesOfFile({
  path,
  size,
  start,
  sha256,
}: FilePart): AsyncGenerator<Uint8Array, void, undefined> {
  let left = size;
  const range = start === undefined ? {} : { start, end: start + size - 1 };
  const hash = sha256 === undefined ? undefined : createHash("sha256");
  for await (const piece of createReadStream(path, range)) {
    if (!Buffer.isBuffer(piece)) continue;
    left -= piece.length;
    if (left < 0) break;
    hash?.update(piece);
    yield piece;
  }
  if (left !== 0 || hash?.digest("hex") !== sha256) throw new FileChangedError(path);
}

/** A file that was changed while it was sent. */
export class FileChangedError extends Error {
  readonly path: string;
  constructor(path: string) {
    super("the file was changed while it was sent");
    this.name = "FileChangedError";
    this.path = path;
  }
}
