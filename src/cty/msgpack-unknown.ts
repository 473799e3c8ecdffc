import { CtyError } from "./error.ts";
import { Reader } from "./msgpack-reader.ts";
import { readBool, readNumber } from "./msgpack-scalars.ts";
import type { Path } from "./path.ts";
import { KEYS, MAX_BODY, REFINED, refinedValue } from "./refinements.ts";
import type { Type } from "./type.ts";
import { normalizeString } from "./unicode.ts";
import { type Bound, type Refinements, UNKNOWN, type Value } from "./value.ts";

/**
 * Reads an unknown value as unmarshalUnknownValue of go-cty's cty/msgpack/unknown.go does: an extension
 * of any type with at most one byte is an unknown value; a longer one must be of type 12, with a map of
 * refinements of at most 1024 bytes. One that is known to be null is null.
 */
export function readUnknown(reader: Reader, type: Type, path: Path): Value {
  const { type: extType, body } = reader.ext(path);
  if (body.length <= 1) return UNKNOWN;
  if (extType !== REFINED) {
    const code = extType.toString(16).padStart(2, "0");
    throw new CtyError(path, `unsupported extension type 0x${code} with len ${body.length}`);
  }
  if (body.length > MAX_BODY) throw new CtyError(path, "oversize unknown value refinement");
  const inner = new Reader(body);
  if (inner.peek(path) !== "map") throw invalid(path, "they are not a map");
  const size = inner.mapLength(path);
  // No refinement of an unknown type is defined yet; go-cty ignores those it gets.
  if (type.kind === "dynamic") return UNKNOWN;
  return readRefinements(inner, size, type, path);
}

function invalid(path: Path, reason: string): CtyError {
  return new CtyError(path, `the refinements of the unknown value are invalid: ${reason}`);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readRefinements(body: Reader, size: number, type: Type, path: Path): Value {
  const refinements: Mutable<Refinements> = {};
  let isNull = false;
  for (let i = 0; i < size; i += 1) {
    if (body.peek(path) !== "int") throw invalid(path, "a key is not an integer");
    switch (Number(body.scalar(path))) {
      case KEYS.nullness:
        isNull = readBool(body, path);
        if (!isNull) refinements.nullness = "not_null";
        break;
      case KEYS.stringPrefix:
        refinements.stringPrefix = readPrefix(body, type, path);
        break;
      case KEYS.numberMin:
        refinements.numberMin = readBound(body, type, path);
        break;
      case KEYS.numberMax:
        refinements.numberMax = readBound(body, type, path);
        break;
      case KEYS.lengthMin:
        refinements.lengthMin = readLength(body, type, path);
        break;
      case KEYS.lengthMax:
        refinements.lengthMax = readLength(body, type, path);
        break;
      default:
        body.skip(path);
    }
  }
  return isNull ? null : refinedValue(refinements, type, path);
}

function readPrefix(body: Reader, type: Type, path: Path): string {
  if (type.kind !== "string") throw invalid(path, "a string prefix for a type other than string");
  if (body.peek(path) !== "str") throw invalid(path, "the string prefix is not a string");
  return normalizeString(body.strictText(path));
}

function readBound(body: Reader, type: Type, path: Path): Bound {
  if (type.kind !== "number") throw invalid(path, "a numeric bound for a type other than number");
  if (body.peek(path) !== "array" || body.arrayLength(path) !== 2) {
    throw invalid(path, "a numeric bound is not a pair of number and bool");
  }
  return { value: readNumber(body, path), inclusive: readBool(body, path) };
}

function readLength(body: Reader, type: Type, path: Path): number {
  if (type.kind !== "list" && type.kind !== "set" && type.kind !== "map") {
    throw invalid(path, "a length for a type other than list, set and map");
  }
  const length = body.peek(path) === "int" ? Number(body.scalar(path)) : -1;
  if (!Number.isSafeInteger(length) || length < 0) throw invalid(path, "a length is not a whole number");
  return length;
}
