import { MAX_DEPTH } from "./error.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Pieces, STEP } from "./pieces.ts";
import { PlainWriter } from "./plain-writer.ts";
import { isRecord } from "./shape.ts";
import type { Type } from "./type.ts";
import { compareUTF8, isLongText, isNormal, normalizePieces, normalizeString } from "./unicode.ts";

/*
 * One pass that checks a value against its type and writes it. It knows what nearly all values consist of; what it
 * does not know is left to msgpack-encode.ts, which writes any value, and to conform.ts, which says what is wrong.
 */

/**
 * The value as MessagePack, where it is known, is surely of the type, and holds nothing unusual; otherwise undefined,
 * whatever the reason. The value may be an object of plain JavaScript.
 */
export function* encodePlainPieces(value: unknown, type: Type): Pieces<Buffer | undefined> {
  const encoder = new PlainEncoder();
  if (!encoder.value(value, layoutOf(type))) return undefined;
  for (;;) {
    const state = encoder.advance();
    if (state === "done") return encoder.bytes();
    if (state === "unusual") return undefined;
    if (state === "more") yield;
    else encoder.normal(yield* normalizePieces(state.text));
  }
}

/** Maps of more entries are sorted in pieces. */
const MOST_ENTRIES = 1_024;

/** A container that is being written. */
interface Open {
  readonly layout: Layout;
  readonly value: Readonly<Record<string, unknown>> | readonly unknown[] | ReadonlyMap<string, unknown>;
  /** Of a map, in order. */
  readonly keys: readonly string[];
  readonly length: number;
  at: number;
}

type State = "done" | "more" | "unusual" | { readonly text: string };

/** Writes value by value, with a stack of its own, so that it can stop between any two. */
class PlainEncoder {
  readonly #writer = new PlainWriter();
  readonly #open: Open[] = [];
  #long: string | undefined;
  /** Values of the present piece that are left. */
  #left = 0;

  bytes(): Buffer {
    return this.#writer.end();
  }

  /** A text that `advance` gave back, normalised. */
  normal(text: string): void {
    this.#writer.normal(text);
  }

  /** Writes a piece. */
  advance(): State {
    this.#left = STEP;
    for (;;) {
      if (this.#long !== undefined) {
        const text = this.#long;
        this.#long = undefined;
        return { text };
      }
      const open = this.#open.at(-1);
      if (open === undefined) return "done";
      if (open.at === open.length) this.#open.pop();
      else if (this.#left <= 0) return "more";
      else if (!this.#next(open)) return "unusual";
    }
  }

  /** Writes what is inside a container, up to a container in it. Whether it knows it all. */
  #next(open: Open): boolean {
    const { layout, length } = open;
    const depth = this.#open.length;
    while (open.at < length && this.#left > 0 && this.#open.length === depth && this.#long === undefined) {
      const i = open.at;
      this.#left -= 1;
      open.at = i + 1;
      if (layout.kind === "object") {
        const name = layout.names[i];
        const key = layout.keys[i];
        const attribute = layout.attributes[i];
        if (name === undefined || key === undefined || attribute === undefined) return false;
        this.#writer.raw(key);
        if (!this.value((open.value as Readonly<Record<string, unknown>>)[name], attribute)) return false;
      } else if (layout.element === undefined) return false;
      else if (layout.kind === "map") {
        const key = open.keys[i] ?? "";
        this.#writer.string(key);
        const entries = open.value as ReadonlyMap<string, unknown>;
        if (!this.value(entries.get(key), layout.element)) return false;
      } else if (!this.value((open.value as readonly unknown[])[i], layout.element)) return false;
    }
    return true;
  }

  /** Writes a scalar, or begins a container. Whether the value is one that it knows. */
  value(value: unknown, layout: Layout): boolean {
    const writer = this.#writer;
    if (value === null) {
      writer.nil();
      return true;
    }
    switch (layout.kind) {
      case "string":
        if (typeof value !== "string") return false;
        if (!writer.string(value)) this.#long = value;
        return true;
      case "number":
        return writer.number(value);
      case "bool":
        if (typeof value !== "boolean") return false;
        writer.bool(value);
        return true;
      case "object":
        return this.#object(value, layout);
      case "list":
        return Array.isArray(value) && this.#list(value, layout);
      case "set":
        // Nothing has to be put in order.
        return Array.isArray(value) && value.length <= 1 && this.#list(value, layout);
      case "map":
        return value instanceof Map && this.#map(value, layout);
      default:
        return false;
    }
  }

  #object(value: unknown, layout: Layout): boolean {
    // With as many keys as names, each of which has a value, it has these attributes and no others.
    if (!isRecord(value) || Object.keys(value).length !== layout.names.length) return false;
    return this.#begin({ layout, value, keys: [], length: layout.names.length, at: 0 });
  }

  #list(value: readonly unknown[], layout: Layout): boolean {
    this.#writer.array(value.length);
    return value.length === 0 || this.#begin({ layout, value, keys: [], length: value.length, at: 0 });
  }

  #map(value: ReadonlyMap<unknown, unknown>, layout: Layout): boolean {
    if (value.size > MOST_ENTRIES) return false;
    const keys: string[] = [];
    let beyondLatin = false;
    for (const key of value.keys()) {
      if (typeof key !== "string" || isLongText(key)) return false;
      if (!isNormal(key)) {
        // Two may be one after normalisation.
        if (normalizeString(key) !== key) return false;
        beyondLatin = true;
      }
      keys.push(key);
    }
    // Below U+0300 the order of the units is that of the bytes.
    if (keys.length > 1) keys.sort(beyondLatin ? compareUTF8 : undefined);
    this.#writer.map(keys.length);
    const entries = value as ReadonlyMap<string, unknown>;
    return keys.length === 0 || this.#begin({ layout, value: entries, keys, length: keys.length, at: 0 });
  }

  #begin(open: Open): boolean {
    if (this.#open.length >= MAX_DEPTH) return false;
    this.#open.push(open);
    return true;
  }
}
