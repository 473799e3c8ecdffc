import { compareDecimals, parseDecimal } from "./decimal.ts";
import { CtyError } from "./error.ts";
import { writeNumber } from "./msgpack-number.ts";
import { Writer } from "./msgpack-writer.ts";
import { numberText } from "./number.ts";
import type { Path } from "./path.ts";
import type { Type } from "./type.ts";
import { normalizeString } from "./unicode.ts";
import { type Bound, type Refinements, UNKNOWN, Unknown, type Value } from "./value.ts";

/** The extension type of an unknown value with refinements (cty/msgpack/unknown.go in go-cty). */
export const REFINED = 0x0c;

/** The longest body of such a value that go-cty reads. */
export const MAX_BODY = 1024;

/** The keys of the map in such a body, in the order in which go-cty writes them. */
export const KEYS = {
  nullness: 1,
  stringPrefix: 2,
  numberMin: 3,
  numberMax: 4,
  lengthMin: 5,
  lengthMax: 6,
} as const;

/** Writes an unknown value of the type with the refinements that the type can have. */
export function writeUnknown(writer: Writer, unknown: Unknown, type: Type, path: Path): void {
  const fields = type.kind === "dynamic" ? [] : refinementFields(unknown.refinements, type, path);
  if (fields.length === 0) {
    writer.ext(0, Buffer.from([0]));
    return;
  }
  const body = new Writer();
  body.map(fields.length);
  for (const write of fields) write(body);
  const bytes = body.bytes();
  if (bytes.length > MAX_BODY) {
    throw new CtyError(path, `the refinements of the unknown value take more than ${MAX_BODY} bytes`);
  }
  writer.ext(REFINED, bytes);
}

type WriteField = (body: Writer) => void;

function refinementFields(refinements: Refinements, type: Type, path: Path): WriteField[] {
  const { nullness, stringPrefix, numberMin, numberMax, lengthMin, lengthMax } = refinements;
  const isCollection = type.kind === "list" || type.kind === "set" || type.kind === "map";
  const fields: WriteField[] = [];
  if (nullness === "not_null") {
    fields.push((body) => {
      body.integer(BigInt(KEYS.nullness));
      body.bool(false);
    });
  }
  if (type.kind === "string" && stringPrefix !== undefined && stringPrefix !== "") {
    fields.push((body) => {
      body.integer(BigInt(KEYS.stringPrefix));
      body.string(safePrefix(normalizeString(stringPrefix)));
    });
  }
  if (type.kind === "number") {
    if (numberMin !== undefined) fields.push(boundField(KEYS.numberMin, numberMin, path));
    if (numberMax !== undefined) fields.push(boundField(KEYS.numberMax, numberMax, path));
  }
  if (isCollection) {
    if (lengthMin !== undefined && lengthMin > 0) fields.push(lengthField(KEYS.lengthMin, lengthMin, path));
    if (lengthMax !== undefined) fields.push(lengthField(KEYS.lengthMax, lengthMax, path));
  }
  return fields;
}

function boundField(key: number, bound: Bound, path: Path): WriteField {
  return (body) => {
    body.integer(BigInt(key));
    body.array(2);
    writeNumber(body, bound.value, path);
    body.bool(bound.inclusive);
  };
}

function lengthField(key: number, length: number, path: Path): WriteField {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new CtyError(path, `a refinement of a length must be a whole number, got ${length}`);
  }
  return (body) => {
    body.integer(BigInt(key));
    body.integer(BigInt(length));
  };
}

/** The longest prefix, in bytes, that go-cty sends (marshalUnknownValue). */
const MAX_PREFIX = 256;

/** The characters that go-cty knows to end a grapheme cluster (cty/ctystrings/prefix.go). */
const DELIMITERS = new Set("-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'");

/**
 * Cuts a prefix as go-cty does: beyond 256 bytes, to 255 of them less the last grapheme cluster, which the
 * rest of the string may extend, unless that is a delimiter. Where the cut falls inside a character,
 * go-cty sometimes keeps one cluster more; a shorter prefix says less, and is never wrong.
 */
export function safePrefix(prefix: string): string {
  const bytes = Buffer.from(prefix);
  if (bytes.length <= MAX_PREFIX) return prefix;
  let end = MAX_PREFIX - 1;
  // A byte of the form 10xxxxxx continues a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  const cut = bytes.toString("utf8", 0, end);
  const clusters = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(cut)];
  const last = clusters.at(-1);
  if (last === undefined || DELIMITERS.has(last.segment)) return cut;
  return cut.slice(0, last.index);
}

/**
 * The value that go-cty makes of an unknown with these refinements: one that leaves a single possibility
 * becomes known (RefinementBuilder.NewValue in cty/unknown_refinement.go). Throws CtyError when they
 * contradict each other.
 */
export function refinedValue(refinements: Refinements, type: Type, path: Path): Value {
  const { nullness, numberMin, numberMax, lengthMin = 0, lengthMax } = refinements;
  const order = numberMin && numberMax ? compareBounds(numberMin, numberMax) : -1;
  if (order > 0 || (lengthMax !== undefined && lengthMin > lengthMax)) {
    throw new CtyError(path, "the refinements of the unknown value contradict each other");
  }
  const isKnownNumber = order === 0 && numberMin?.inclusive && numberMax?.inclusive;
  if (nullness === "not_null") {
    if (isKnownNumber && numberMin !== undefined) return numberMin.value;
    const elements = lengthMin === lengthMax ? knownLength(type, lengthMin) : undefined;
    if (elements !== undefined) return elements;
  }
  return Object.keys(refinements).length === 0 ? UNKNOWN : new Unknown(refinements);
}

function compareBounds(min: Bound, max: Bound): number {
  const [a, b] = [parseDecimal(numberText(min.value)), parseDecimal(numberText(max.value))];
  return typeof a === "string" || typeof b === "string" ? 0 : compareDecimals(a, b);
}

/** More unknown elements than this are left to the refinement, as they would only fill the memory. */
const MAX_UNKNOWN_ELEMENTS = 1024;

function knownLength(type: Type, length: number): Value | undefined {
  if (type.kind === "map") return length === 0 ? new Map() : undefined;
  const limit = type.kind === "list" ? MAX_UNKNOWN_ELEMENTS : type.kind === "set" ? 1 : -1;
  return length <= limit ? Array.from({ length }, () => UNKNOWN) : undefined;
}
