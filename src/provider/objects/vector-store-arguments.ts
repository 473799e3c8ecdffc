import {
  type AttributeOptions,
  nested,
  number,
  object,
  type Problem,
  type Validator,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
} from "../../openai/index.ts";
import { json, wired } from "../api/wire.ts";
import { coversJson, parseJsonArgument, sameJsonValue } from "../json-argument.ts";

/* Arguments that vector stores, their files and batches of these share. */

type Options = AttributeOptions<{ readonly kind: "string" }>;

/** How files are cut into chunks. */
export function chunkingStrategy<const O extends Options>(options: O) {
  const attribute = json({ ...options, validate: [chunking()], equivalent: sameChunking });
  return wired(attribute, {
    covers: (written, answered) => isAutomatic(written) || coversJson(written, answered),
  });
}

/** The API reports what it has chosen, and not that it was left to choose. */
function isAutomatic(text: string): boolean {
  const strategy = parseJsonArgument(text);
  return isJsonObject(strategy) && strategy.get("type") === "auto";
}

/** What the API chooses today, by its reference. */
const chosen = '{"type":"static","static":{"max_chunk_size_tokens":800,"chunk_overlap_tokens":400}}';

function sameChunking(written: unknown, stored: unknown): boolean {
  const [one, other] = [written, stored].map((each) =>
    typeof each === "string" && isAutomatic(each) ? chosen : each,
  );
  return sameJsonValue(one, other);
}

/** Attributes by which a search filters. */
export function fileAttributes<const O extends Options>(options: O) {
  return json({ ...options, validate: [attributes()] });
}

const [leastChunk, mostChunk] = [100, 4096];

function chunking(): Validator<string> {
  return {
    description: `must be of a type, with chunks of ${leastChunk} to ${mostChunk} tokens that overlap by at most half`,
    validate(text): Problem | undefined {
      const strategy = parseJsonArgument(text);
      if (strategy === undefined || !isJsonObject(strategy)) return undefined;
      if (typeof strategy.get("type") !== "string") return { detail: 'type must be "auto" or "static".' };
      const fixed = strategy.get("static");
      if (fixed === undefined || !isJsonObject(fixed)) return undefined;
      const [size, overlap] = [
        numberOf(fixed.get("max_chunk_size_tokens")),
        numberOf(fixed.get("chunk_overlap_tokens")),
      ];
      const fraction = [size, overlap].find((each) => each !== undefined && !Number.isInteger(each));
      if (fraction !== undefined)
        return { detail: "Chunks and their overlap are whole numbers of tokens.", given: String(fraction) };
      if (size !== undefined && (size < leastChunk || size > mostChunk)) {
        return {
          detail: `static.max_chunk_size_tokens must be from ${leastChunk} to ${mostChunk}.`,
          given: String(size),
        };
      }
      if (size === undefined || overlap === undefined || (overlap >= 0 && overlap * 2 <= size))
        return undefined;
      return {
        detail: "static.chunk_overlap_tokens must be from 0 to half of max_chunk_size_tokens.",
        given: `an overlap of ${overlap} with chunks of ${size}`,
      };
    },
  };
}

const [mostPairs, longestKey, longestValue] = [16, 64, 512];

function attributes(): Validator<string> {
  return {
    description: `must have at most ${mostPairs} strings, numbers and booleans, with names of at most ${longestKey} characters`,
    validate(text): Problem | undefined {
      const given = parseJsonArgument(text);
      if (given === undefined || !isJsonObject(given)) return undefined;
      if (given.size > mostPairs)
        return { detail: `A file has at most ${mostPairs} attributes.`, given: `${given.size}` };
      for (const [name, value] of given) {
        const wrong = pairProblem(name, value);
        if (wrong !== undefined) return { detail: `The attribute ${JSON.stringify(name)} ${wrong}.` };
      }
      return undefined;
    },
  };
}

function pairProblem(name: string, value: JsonValue): string | undefined {
  const length = [...name].length;
  if (length === 0 || length > longestKey) return `must have a name of 1 to ${longestKey} characters`;
  if (value === null || isJsonArray(value) || isJsonObject(value))
    return "must be a string, a number or a boolean";
  const tooLong = typeof value === "string" && [...value].length > longestValue;
  return tooLong ? `must have at most ${longestValue} characters` : undefined;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return value instanceof JsonNumber ? Number(value.text) : undefined;
}

/**
 * What mkdev-me/openai keeps of how files are cut, and of their attributes, as the JSON texts that they are here. A size
 * of its 1.x had no meaning for the API.
 */
export function foreignIndexing(state: JsonObject): Readonly<Record<string, JsonValue>> {
  return {
    chunking_strategy_json: foreignChunking(state.get("chunking_strategy") ?? null),
    attributes_json: nothingAsNull(state.get("attributes") ?? null),
  };
}

function foreignChunking(found: JsonValue): JsonValue {
  const strategy = isJsonArray(found) ? (found[0] ?? null) : found;
  const type = isJsonObject(strategy) ? strategy.get("type") : undefined;
  if (!isJsonObject(strategy) || typeof type !== "string") return null;
  if (type !== "static") return new Map([["type", type]]);
  const sizes = ["max_chunk_size_tokens", "chunk_overlap_tokens"].flatMap((name): [string, JsonValue][] => {
    const size = strategy.get(name) ?? null;
    return size === null ? [] : [[name, size]];
  });
  return sizes.length < 2
    ? null
    : new Map<string, JsonValue>([
        ["type", type],
        ["static", new Map(sizes)],
      ]);
}

function nothingAsNull(value: JsonValue): JsonValue {
  return isJsonObject(value) && value.size === 0 ? null : value;
}

const count = (which: string) => number({ computed: true, description: `Number of files ${which}.` });

/** How many files of a store, or of a batch of them, have which status. */
export const fileCounts = object(
  nested({
    total: count("in all"),
    completed: count("that can be searched"),
    in_progress: count("that are being indexed"),
    failed: count("that could not be indexed"),
    cancelled: count("whose indexing was cancelled"),
  }),
  { computed: true, description: "How many files there are, by their status." },
);
