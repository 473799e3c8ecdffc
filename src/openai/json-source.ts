import type { JsonArray, JsonObject } from "./json-value.ts";

/** The constructor of what is made already: its subclass adds private members to it. */
class Made {
  constructor(made: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what is returned is what the subclass adds its members to.
    return made;
  }
}

/**
 * Where a list or object stands in the text that it was read from, kept in the container itself: of a WeakMap with a
 * hundred thousand keys, each garbage collection looks at all.
 */
class Source extends Made {
  readonly #text: string;
  readonly #start: number;
  /** Start and end of each element or member; found when the first is asked for. */
  #spans: ReadonlyMap<number | string, readonly [number, number]> | undefined;

  constructor(container: JsonArray | JsonObject, text: string, start: number) {
    super(container);
    this.#text = text;
    this.#start = start;
  }

  static of(container: object, member: number | string): string | undefined {
    if (!(#text in container)) return undefined;
    container.#spans ??= spansOf(container.#text, container.#start);
    const span = container.#spans.get(member);
    return span === undefined ? undefined : container.#text.slice(span[0], span[1]);
  }
}

/** Remembers where a list or object begins, once. */
export function recordSource(container: JsonArray | JsonObject, text: string, start: number): void {
  new Source(container, text, start);
}

/**
 * The text of one member of an array or object as it stood in what `parseJson` was given.
 * Undefined where there is no such member, or the container did not come from `parseJson`.
 */
export function jsonSource(container: JsonArray | JsonObject, member: number | string): string | undefined {
  return Source.of(container, member);
}

/** Walks through one container of a text that is known to be JSON. */
function spansOf(text: string, start: number): Map<number | string, readonly [number, number]> {
  const spans = new Map<number | string, readonly [number, number]>();
  const isArray = text[start] === "[";
  let at = afterSpace(text, start + 1);
  while (text[at] !== "]" && text[at] !== "}") {
    let key: number | string = spans.size;
    if (!isArray) {
      const end = afterString(text, at);
      key = String(JSON.parse(text.slice(at, end)));
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    const end = afterValue(text, at);
    spans.set(key, [at, end]);
    at = afterSpace(text, end);
    if (text[at] === ",") at = afterSpace(text, at + 1);
  }
  return spans;
}

function afterValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; ) {
    const character = text[at];
    if (character === '"') at = afterString(text, at);
    else if (character === "{" || character === "[") {
      depth += 1;
      at += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
      at += 1;
    } else if (depth > 0) {
      at += 1;
      continue;
    } else return afterScalar(text, at);
    if (depth === 0) return at;
  }
}

const scalar = /[^\s,\]}]*/y;

function afterScalar(text: string, start: number): number {
  scalar.lastIndex = start;
  scalar.test(text);
  return scalar.lastIndex;
}

function afterString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}
