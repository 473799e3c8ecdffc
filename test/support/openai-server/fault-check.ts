import type { Fault } from "./faults.ts";
import { errorNames } from "./known-errors.ts";
import { mutationNames } from "./mutations.ts";

/** Every member of a fault; of those that are one of a few words, the words. */
const members: { readonly [Member in keyof Required<Fault>]: readonly string[] | "any" } = {
  method: "any",
  path: "any",
  id: "any",
  text: "any",
  key: "any",
  skip: "any",
  times: "any",
  status: "any",
  headers: "any",
  body: "any",
  error: errorNames,
  envelope: ["openai", "azure", "string", "fastapi"],
  redirect: "any",
  carryOut: "any",
  mutate: "any",
  encoding: ["gzip", "br", "deflate", "bad_gzip"],
  contentType: "any",
  reset: ["before", "headers", "body"],
  delayMs: "any",
  bytesPerSecond: "any",
  cutAfter: "any",
  contentLength: "any",
  endless: ["silent", "stream"],
  framing: ["chunked", "garbage"],
  informational: ["early_hints", "continue", "processing"],
};

/** Throws TypeError where a fault from another process cannot be one; what is not known is answered with what is. */
export function checkFault(fault: Fault): void {
  const known = new Map<string, readonly string[] | "any">(Object.entries(members));
  for (const [name, value] of Object.entries(fault)) {
    const words = known.get(name);
    if (words === undefined) throw unknown("member of a fault", name, [...known.keys()]);
    if (words !== "any" && !words.includes(String(value))) throw unknown(name, value, words);
  }
  for (const mutation of fault.mutate ?? []) {
    const name = typeof mutation === "object" ? Object.keys(mutation).join() : mutation;
    if (!mutationNames.includes(name)) throw unknown("mutation", name, mutationNames);
  }
  const { times } = fault;
  if (times !== undefined && times !== "always" && !Number.isInteger(times)) {
    throw new TypeError(`times must be an integer or "always"`);
  }
}

/** `unknown error no_such_error; known are: …`. */
export function unknown(what: string, value: unknown, known: readonly string[]): TypeError {
  return new TypeError(`unknown ${what} ${String(value)}; known are: ${known.join(", ")}`);
}
