import { checkFault } from "./fault-check.ts";
import type { ErrorName } from "./known-errors.ts";
import type { Mutation } from "./mutations.ts";
import type { Envelope } from "./options.ts";
import type { Transport } from "./transport.ts";

/** Which requests a fault is for: those that match every member given. */
export interface FaultFilter {
  readonly method?: string;
  /** A piece of the path, as sent. */
  readonly path?: string;
  /** A completion's ID. */
  readonly id?: string;
  /** A piece of the request's body. */
  readonly text?: string;
  readonly key?: string;
  /** How many matching requests pass first; unset means none. */
  readonly skip?: number;
  /** How many requests it is for; unset means 1. */
  readonly times?: number | "always";
}

/** An answer in place of the API's. */
export interface FaultAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are, or JSON, which is sent compact. */
  readonly body?: string | Buffer | object;
  /** An error that OpenAI is known to give. */
  readonly error?: ErrorName;
  /** How `error` is wrapped, where it is not the server's way. */
  readonly envelope?: Envelope;
  /** Sends the client elsewhere: `to` is an absolute URL or a path. The status is 302 unless given. */
  readonly redirect?: string;
}

/** What goes wrong with a request, and with which. Everything that is not set stays as it would be. */
export interface Fault extends FaultFilter, FaultAnswer, Transport {
  /**
   * Whether the request is carried out all the same (a create is paid for and stored). Unset means:
   * only where the API's own answer is what is spoilt on its way.
   */
  readonly carryOut?: boolean;
  /** Changes to the body, in this order. */
  readonly mutate?: readonly Mutation[];
  readonly encoding?: "gzip" | "br" | "deflate" | "bad_gzip";
  readonly contentType?: string;
}

/** What of a request decides on its fault. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
}

/** Whether the fault's answer takes the place of the API's. */
export function replacesAnswer(fault: Fault): boolean {
  return [fault.status, fault.body, fault.error, fault.redirect].some((member) => member !== undefined);
}

/** Whether the request reaches the API in spite of the fault. */
export function isCarriedOut(fault: Fault): boolean {
  return fault.carryOut ?? (!replacesAnswer(fault) && fault.reset !== "before");
}

/** The faults that are waiting for requests. The first that matches is taken. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; skip: number; left: number }[] = [];

  /** Adds a fault; the function it returns takes it away again. */
  add(fault: Fault): () => void {
    checkFault(fault);
    const left = fault.times === "always" ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    const entry = { fault, skip: fault.skip ?? 0, left };
    this.#waiting.push(entry);
    return () => {
      const at = this.#waiting.indexOf(entry);
      if (at !== -1) this.#waiting.splice(at, 1);
    };
  }

  /** The fault for this request, if any; it counts as used. */
  take(subject: FaultSubject): Fault | undefined {
    for (const [at, entry] of this.#waiting.entries()) {
      if (!matches(entry.fault, subject)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left <= 0) this.#waiting.splice(at, 1);
      return entry.fault;
    }
    return undefined;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}

function matches(fault: FaultFilter, subject: FaultSubject): boolean {
  if (fault.method !== undefined && fault.method !== subject.method) return false;
  if (fault.path !== undefined && !subject.path.includes(fault.path)) return false;
  if (fault.key !== undefined && fault.key !== subject.key) return false;
  if (fault.text !== undefined && !subject.body.includes(fault.text)) return false;
  if (fault.id === undefined) return true;
  const piece = /\/chat\/completions\/([^/]+)/.exec(subject.path)?.[1];
  return piece === fault.id || piece === encodeURIComponent(fault.id);
}
