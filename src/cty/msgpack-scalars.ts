import { CtyError } from "./error.ts";
import type { Reader } from "./msgpack-reader.ts";
import { type ExactNumber, parseNumber } from "./number.ts";
import type { Path } from "./path.ts";
import { normalizeString } from "./unicode.ts";

/** The error for a value of another kind than the one required. */
export function required(what: string, reader: Reader, path: Path): CtyError {
  return new CtyError(path, `${what} is required, got ${reader.nextName(path)}`);
}

/** Reads a string, or a byte string in its place, normalised. `what` names it in an error. */
export function readText(reader: Reader, what: string, path: Path): string {
  const code = reader.peek(path);
  if (code !== "str" && code !== "bin") throw required(what, reader, path);
  return normalizeString(reader.text(path));
}

export function readBool(reader: Reader, path: Path): boolean {
  if (reader.peek(path) !== "bool") throw required("a bool", reader, path);
  return reader.scalar(path) === true;
}

/** Reads a number from any integer or float form, or from decimal text. */
export function readNumber(reader: Reader, path: Path): ExactNumber {
  const code = reader.peek(path);
  if (code === "str" || code === "bin") return parseNumber(reader.text(path), path);
  if (code !== "int" && code !== "float") throw required("a number", reader, path);
  const value = reader.scalar(path);
  if (typeof value === "bigint") return parseNumber(value.toString(), path);
  if (typeof value !== "number") throw required("a number", reader, path);
  if (!Number.isFinite(value)) throw new CtyError(path, `a finite number is required, got ${value}`);
  return parseNumber(value.toString(), path);
}
