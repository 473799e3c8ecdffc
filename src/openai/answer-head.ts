import type { Socket } from "node:net";

/** The most that the head of an answer may be long. Go reads ten megabytes, curl 300 KB. */
export const headLimit = 128 * 1024;

const start = Buffer.from("HTTP/1.");
const empty = Buffer.alloc(0);

/**
 * Lets undici's parser read heads that curl and Go read and that it refuses: an interim answer (1xx) that was not
 * asked for, a Content-Length beside chunks (which count, and the connection is not used again: RFC 9112, 6.3), the
 * same Content-Length twice, and lines that end without a carriage return. All else passes as it came: what comes
 * between a request and its answer's end is read as a head once, and what comes unasked not at all.
 *
 * @param begins Asked at each write: whether it is the first of a request, whose answer may come from then on.
 */
export function tolerateHeads(socket: Socket, begins: () => boolean): void {
  const heads = new AnswerHeads();
  const { read, write } = socket;
  Object.assign(socket, {
    read(size?: number): unknown {
      // Node's own calls; undici asks for all there is.
      if (size !== undefined) return read.call(socket, size);
      for (;;) {
        const chunk: unknown = read.call(socket);
        if (!Buffer.isBuffer(chunk)) return chunk;
        const bytes = heads.pass(chunk);
        if (bytes.length > 0) return bytes;
      }
    },
    write(...given: unknown[]): unknown {
      if (begins()) heads.expect();
      return Reflect.apply(write, socket, given);
    },
  });
}

/** Finds the heads in what arrives, each byte looked at once. */
export class AnswerHeads {
  #expecting = false;
  #held: Buffer[] = [];
  #size = 0;
  #lineIsEmpty = false;

  /** The next byte is the first of a head. */
  expect(): void {
    this.#expecting = true;
    this.#begin();
  }

  /** What the parser is to see of this. */
  pass(chunk: Buffer): Buffer {
    let from = 0;
    for (let at = 0; this.#expecting && at < chunk.length; at += 1) {
      const byte = chunk[at];
      const isHead = this.#size < start.length ? byte === start[this.#size] : this.#size < headLimit;
      this.#size += 1;
      if (!isHead) this.#expecting = false;
      else if (byte !== 0x0a) this.#lineIsEmpty &&= byte === 0x0d;
      else if (!this.#lineIsEmpty) this.#lineIsEmpty = true;
      else {
        const head = Buffer.concat([...this.#held, chunk.subarray(from, at + 1)]);
        from = at + 1;
        this.#begin();
        if (isInterim(head)) continue;
        this.#expecting = false;
        return Buffer.concat([tolerable(head), chunk.subarray(from)]);
      }
    }
    const rest = chunk.subarray(from);
    if (this.#expecting) {
      this.#held.push(rest);
      return empty;
    }
    const bytes = this.#held.length === 0 ? rest : Buffer.concat([...this.#held, rest]);
    this.#held = [];
    return bytes;
  }

  #begin(): void {
    this.#held = [];
    this.#size = 0;
    this.#lineIsEmpty = false;
  }
}

/** 101 is no interim answer but another protocol. */
function isInterim(head: Buffer): boolean {
  return /^HTTP\/1\.\d 1(?!01)\d\d\b/.test(head.toString("latin1", 0, 16));
}

function tolerable(head: Buffer): Buffer {
  const text = head.toString("latin1");
  if (isPlain(text)) return head;
  const lines = text.split(/\r?\n/).slice(0, -2);
  // What is folded over two lines belongs together, and is the parser's to refuse.
  if (lines.some((line) => /^[ \t]/.test(line))) return head;
  const isLength = (line: string) => /^content-length:/i.test(line);
  const lengths = new Set(
    lines.filter(isLength).flatMap((line) =>
      line
        .slice(line.indexOf(":") + 1)
        .split(",")
        .map((one) => one.trim()),
    ),
  );
  if (
    lengths.size > 0 &&
    lines.some((line) => /^transfer-encoding:(?:.*,)?[ \t]*chunked[ \t]*$/i.test(line))
  ) {
    const kept = lines.filter((line) => !isLength(line) && !/^connection:/i.test(line));
    return joined([...kept, "connection: close"]);
  }
  if (lengths.size === 1) {
    return joined([...lines.filter((line) => !isLength(line)), `content-length: ${[...lengths].join("")}`]);
  }
  return joined(lines);
}

/** Whether a head has nothing that undici's parser could mind here: as nearly all have. */
function isPlain(text: string): boolean {
  if (/[^\r]\n|\n[ \t]/.test(text)) return false;
  const lengths = text.match(/\ncontent-length:[^\n]*/gi) ?? [];
  if (lengths.length === 0) return true;
  const [length = ""] = lengths;
  return lengths.length === 1 && /: ?\d+\r$/.test(length) && !/\ntransfer-encoding:/i.test(text);
}

function joined(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
