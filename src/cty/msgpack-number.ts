import { type ExactNumber, isExactDouble, terraformNumberText } from "./number.ts";
import type { Path } from "./path.ts";

/** What writes the forms that a number may have. */
export interface NumberWriter {
  integer(value: bigint): void;
  float(value: number): void;
  string(value: string): void;
}

/**
 * Writes a number by the rule of go-cty's marshal.go: an integer of 64 bits as an integer, a fraction
 * that a double holds exactly as a double, everything else as decimal text. One exception: a binary
 * fraction whose double prints fewer digits (2^-60 written out) goes as text, because Terraform would
 * not give its digits back from the double. Throws CtyError for a number that Terraform would round.
 */
export function writeNumber(writer: NumberWriter, value: ExactNumber, path: Path): void {
  const text = terraformNumberText(value, path);
  const integer = typeof value === "bigint" ? value : integerOf(text);
  if (integer !== undefined && BigInt.asIntN(64, integer) === integer) writer.integer(integer);
  else if (typeof value === "number" && integer === undefined && isExactDouble(value)) writer.float(value);
  else writer.string(text);
}

/** The integer that the text writes, if it is one short enough for 64 bits. */
function integerOf(text: string): bigint | undefined {
  return text.length <= 20 && !text.includes(".") ? BigInt(text) : undefined;
}
