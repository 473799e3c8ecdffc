import { compareDecimals, type DecimalParts, parseDecimal } from "./decimal.ts";
import { identity } from "./equals.ts";
import { CtyError } from "./error.ts";
import { numberText } from "./number.ts";
import type { Path } from "./path.ts";
import { boolOf, numberOf, textOf } from "./shape.ts";
import type { Type } from "./type.ts";
import { compareUTF8 } from "./unicode.ts";
import { isUnknown, isWhollyKnown } from "./value.ts";

/**
 * The elements of a set as Terraform keeps them: equal ones once; strings by bytes, numbers by value,
 * false before true, then unknown values, then null (setRules.Less in go-cty's set_internals.go).
 * Elements of other types stay in the order given, as go-cty promises none for them.
 */
export function canonicalElements<T>(elements: readonly T[], type: Type, path: Path): T[] {
  const seen = new Set<string>();
  const kept = elements.filter((element, i) => {
    const key = identity(element, type, path.atListIndex(i));
    // An unknown value may turn out to be any other, so none is known to be a repetition.
    if (!isWhollyKnown(element)) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const compare = comparison(type, path);
  if (compare === undefined) return kept;
  return kept.sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? compare(a, b) : 0));
}

function rank(element: unknown): number {
  if (element === null) return 2;
  return isUnknown(element) ? 1 : 0;
}

function comparison(type: Type, path: Path): ((a: unknown, b: unknown) => number) | undefined {
  switch (type.kind) {
    case "string":
      return (a, b) => compareUTF8(textOf(a, type, path), textOf(b, type, path));
    case "bool":
      return (a, b) => Number(boolOf(a, type, path)) - Number(boolOf(b, type, path));
    case "number":
      return (a, b) => compareDecimals(partsOf(a, type, path), partsOf(b, type, path));
    default:
      return undefined;
  }
}

function partsOf(value: unknown, type: Type, path: Path): DecimalParts {
  const parts = parseDecimal(numberText(numberOf(value, type, path), path));
  if (typeof parts === "string") throw new CtyError(path, "a number is required");
  return parts;
}
