import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import type { Sink } from "../../openai/index.ts";

/** Content that is downloaded: how much there is of it, and its hash, once it is whole. */
export abstract class ContentSink implements Sink {
  readonly limit: number;
  #hash = createHash("sha256");
  #size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that are here. */
  get received(): number {
    return this.#size;
  }

  async begin(): Promise<void> {
    this.#hash = createHash("sha256");
    this.#size = 0;
    await this.restart();
  }

  async write(piece: Buffer): Promise<void> {
    this.#hash.update(piece);
    this.#size += piece.length;
    await this.keep(piece);
  }

  /** What was received, and the SHA-256 of it in hexadecimal digits. Called once. */
  result(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#size, sha256: this.#hash.digest("hex") };
  }

  protected abstract restart(): Promise<void>;
  protected abstract keep(piece: Buffer): Promise<void>;
}

/** The code of an error where something that is no regular file is at the path. */
export const notRegular = "NOT_REGULAR";

/** Content in memory. */
export class MemorySink extends ContentSink {
  #pieces: Buffer[] = [];

  get content(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  protected async restart(): Promise<void> {
    this.#pieces = [];
  }

  protected async keep(piece: Buffer): Promise<void> {
    this.#pieces.push(piece);
  }
}

/**
 * Content in a file, which has it whole or not at all: it is written beside the file, and takes its place at the end.
 * Readable by the user alone. `commit` or `discard` must follow.
 */
export class FileSink extends ContentSink {
  readonly #path: string;
  readonly #partial: string;
  #file: FileHandle | undefined;

  constructor(path: string, limit: number) {
    super(limit);
    this.#path = path;
    this.#partial = `${path}.${randomBytes(6).toString("hex")}.partial`;
  }

  /** @throws the system's error where the file cannot be put in its place. */
  async commit(): Promise<void> {
    // Not discarded before it is closed and in its place.
    await this.#file?.close();
    await rename(this.#partial, this.#path);
    this.#file = undefined;
  }

  /** Leaves nothing behind. Does nothing after `commit`. */
  async discard(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    // Closed already where it could not be put in its place.
    await file.close().catch(() => {});
    await rm(this.#partial, { force: true });
  }

  protected async restart(): Promise<void> {
    await this.discard();
    const found = await stat(this.#path).catch(() => undefined);
    if (found?.isDirectory() || this.#path.endsWith(sep)) throw refusal("EISDIR");
    // A device or a pipe would be replaced by the file, which nobody means.
    if (found !== undefined && !found.isFile()) throw refusal(notRegular);
    await mkdir(dirname(this.#path), { recursive: true });
    this.#file = await open(this.#partial, "wx", 0o600);
  }

  protected async keep(piece: Buffer): Promise<void> {
    await this.#file?.writeFile(piece);
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}
