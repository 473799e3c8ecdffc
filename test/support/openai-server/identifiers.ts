import { createHash } from "node:crypto";

const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Makes IDs in OpenAI's shapes. The n-th of a server is always the same, so that failures can be repeated. */
export class Identifiers {
  #count = 0;

  /** `chatcmpl-` and 29 letters or digits; web search models get a UUID. */
  completion(kind: "plain" | "uuid" = "plain"): string {
    const digest = this.#digest("completion");
    return `chatcmpl-${kind === "plain" ? letters(digest, 29) : uuid(digest)}`;
  }

  /** `call_` and 24 letters or digits. */
  toolCall(): string {
    return `call_${letters(this.#digest("call"), 24)}`;
  }

  /** `req_` and 32 hexadecimal digits. */
  request(): string {
    return `req_${this.#digest("request").toString("hex").slice(0, 32)}`;
  }

  /** `audio_` and 32 hexadecimal digits. */
  audio(): string {
    return `audio_${this.#digest("audio").toString("hex").slice(0, 32)}`;
  }

  /** A prefix and 24 letters or digits. */
  object(prefix: string): string {
    return `${prefix}${letters(this.#digest(prefix), 24)}`;
  }

  /** Any signed 64-bit integer, nearly always beyond 2^53, as all recorded ones are. */
  seed(): bigint {
    return this.#digest("seed").readBigInt64BE(0);
  }

  #digest(kind: string): Buffer {
    this.#count += 1;
    return hash(`${kind} ${this.#count}`);
  }
}

/** The project that a key without one gets. */
export function projectOf(key: string): string {
  return `proj_${letters(hash(`project ${key}`), 24)}`;
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function letters(digest: Buffer, length: number): string {
  return [...digest.subarray(0, length)].map((byte) => BASE62[byte % 62]).join("");
}

function uuid(digest: Buffer): string {
  const hex = digest.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
