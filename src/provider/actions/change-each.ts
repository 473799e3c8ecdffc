import type { Diagnostics } from "../../framework/index.ts";
import { capText, type ErrorKind, OpenAIError } from "../../openai/index.ts";
import { explain, type Subject } from "../explain/explain.ts";
import { severalAtOnce } from "./several.ts";
import { counted, type Target, type Words } from "./words.ts";

/** What became of one object. `gone`: it was there no more, which is no failure. */
export type Outcome = "done" | "gone" | { readonly failed: string };

export interface Changes<T extends Target> {
  readonly targets: readonly T[];
  readonly words: Words;
  /** Changes one; called once for each. Throws OpenAIError. */
  change(target: T, signal: AbortSignal): Promise<Outcome>;
  /** For the words of a failure. */
  subject(target: T): Subject;
}

export interface Report {
  progress(text: string): void;
  readonly diagnostics: Diagnostics;
  /** Aborted when the practitioner interrupts. */
  readonly signal: AbortSignal;
}

/** What is under way when Terraform is interrupted may still end, so that what was done is known. */
const graceMs = 3_000;
/** So many failures with no success between them end it: the API is in trouble. */
const mostInARow = 10;
/** So many failures are listed. */
const mostListed = 50;
/** How often progress is shown where little happens. */
const quietMs = 10_000;

/** Kinds that may be about one object alone. After any other, the next request would fail the same way. */
const aboutOne: ReadonlySet<ErrorKind> = new Set([
  "bad_request",
  "conflict",
  "server_error",
  "unexpected_status",
  "reset",
  "connection_failed",
  "attempt_timeout",
  "invalid_http",
  "invalid_encoding",
  "invalid_json",
  "not_json",
  "truncated",
  "too_large",
  "another_object",
  "unexpected_shape",
]);

/**
 * Changes each of many objects, once, and several at a time. Says how far it is, and at the end what was done and what
 * is left: failures are listed in an error, and do not stop the others. An interrupt lets end what is under way.
 */
export async function changeEach<T extends Target>(changes: Changes<T>, report: Report): Promise<void> {
  const { targets, words } = changes;
  if (targets.length === 0) return report.progress(`There are no ${words.many} to be ${words.done}.`);
  report.progress(`${counted(targets.length, words)} to be ${words.done}.`);
  const run = new Run(changes, report);
  const { signal } = report;
  const cut = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const interrupt = () => (grace = setTimeout(() => cut.abort(), graceMs));
  signal.addEventListener("abort", interrupt);
  const quiet = setInterval(() => run.show(), quietMs);
  try {
    await severalAtOnce(targets, (target) => run.one(target, cut.signal));
  } finally {
    clearInterval(quiet);
    clearTimeout(grace);
    signal.removeEventListener("abort", interrupt);
  }
  run.end();
}

class Run<T extends Target> {
  readonly #changes: Changes<T>;
  readonly #report: Report;
  /** Progress is shown after so many. */
  readonly #step: number;
  #done = 0;
  #gone = 0;
  #inARow = 0;
  #first: { readonly target: T; readonly error: OpenAIError } | undefined;
  readonly #failures: string[] = [];

  constructor(changes: Changes<T>, report: Report) {
    this.#changes = changes;
    this.#report = report;
    this.#step = Math.max(10, Math.ceil(changes.targets.length / 20));
  }

  /** Changes one, and says whether to go on. */
  async one(target: T, signal: AbortSignal): Promise<boolean> {
    if (this.#report.signal.aborted) return false;
    let goesOn = true;
    try {
      const outcome = await this.#changes.change(target, signal);
      if (typeof outcome !== "string") this.#fail(target, outcome.failed);
      else this.#succeed(outcome);
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      this.#fail(target, this.#reason(thrown));
      if (thrown.kind !== "aborted") this.#first ??= { target, error: thrown };
      goesOn = aboutOne.has(thrown.kind);
    }
    return goesOn && this.#inARow < mostInARow;
  }

  #succeed(outcome: "done" | "gone"): void {
    this.#inARow = 0;
    if (outcome === "done") this.#done += 1;
    else this.#gone += 1;
    if ((this.#done + this.#gone) % this.#step === 0 && this.#left > 0) this.show();
  }

  #reason({ kind, sent, api, failure }: OpenAIError): string {
    if (kind === "aborted" && sent)
      return `no answer came before the interrupt, so that it may be ${this.#changes.words.done} all the same`;
    return api?.message ?? failure.message;
  }

  #fail({ id }: T, why: string): void {
    this.#inARow += 1;
    this.#failures.push(`  ${id}: ${capText(why, 200)}`);
  }

  get #left(): number {
    return this.#changes.targets.length - this.#done - this.#gone;
  }

  show(): void {
    this.#report.progress(this.#sofar());
  }

  #sofar(): string {
    const { targets, words } = this.#changes;
    const gone = this.#gone === 0 ? "" : `, ${this.#gone} ${this.#gone === 1 ? "was" : "were"} gone already`;
    return `${this.#done} of ${counted(targets.length, words)} ${words.done}${gone}, ${this.#left} left.`;
  }

  /** What was done, and an error where something is left. */
  end(): void {
    const { targets, words, subject } = this.#changes;
    const { diagnostics, signal } = this.#report;
    this.show();
    if (this.#left === 0) return;
    if (this.#first !== undefined) diagnostics.add(explain(this.#first.error, subject(this.#first.target)));
    const listed = this.#failures.slice(0, mostListed);
    const more = this.#failures.length - listed.length;
    const paragraphs = [
      `${signal.aborted ? "Terraform was interrupted. " : ""}${this.#sofar()}`,
      ...(listed.length === 0
        ? []
        : [`Failed:\n${[...listed, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n")}`]),
      "Invoke the action again for those that are left.",
    ];
    diagnostics.addError(
      `${this.#left} of ${counted(targets.length, words)} not ${words.done}`,
      paragraphs.join("\n\n"),
    );
  }
}
