import { CtyError, checkDepth } from "./error.ts";
import { terraformNumberText } from "./number.ts";
import { Path } from "./path.ts";
import { atOnce, type Pieces, STEP } from "./pieces.ts";
import { checkSameType } from "./same-type.ts";
import { boolOf, dynamicOf, elementsOf, entryPieces, inspectObject, numberOf, textOf } from "./shape.ts";
import type { CollectionType, Type } from "./type.ts";
import { isUnknown } from "./value.ts";

/**
 * Checks a JavaScript value against a type before it is sent, since Terraform reports a value of the wrong
 * type without saying whose it is. Returns every mismatch with its path; an empty array means that
 * encodeMsgpack takes the value.
 */
export function conform(value: unknown, type: Type): CtyError[] {
  return atOnce(conformPieces(value, type));
}

/** {@link conform} as work in pieces. */
export function* conformPieces(value: unknown, type: Type): Pieces<CtyError[]> {
  const problems: CtyError[] = [];
  yield* check(value, type, Path.root, 0, problems);
  return problems;
}

function* check(
  value: unknown,
  type: Type,
  path: Path,
  depth: number,
  problems: CtyError[],
): Pieces<undefined> {
  if (value === null || isUnknown(value)) return;
  const before = problems.length;
  try {
    checkDepth(path, depth);
    if ((type.kind === "list" || type.kind === "set") && Array.isArray(value)) {
      yield* checkElements(value, type, path, depth, problems);
      // Only of conforming elements can it be said which type they have.
      if (problems.length === before) checkSameType(value, type.element, path);
      return;
    }
    if (type.kind === "map") {
      for (const [i, [key, element]] of (yield* entryPieces(value, type, path)).entries()) {
        if (i % STEP === STEP - 1) yield;
        if (isPlain(element, type.element)) continue;
        yield* check(element, type.element, path.atMapKey(key), depth + 1, problems);
      }
      if (problems.length === before && value instanceof Map)
        checkSameType(value.values(), type.element, path);
      return;
    }
    const parts = partsOf(value, type, path, problems);
    for (const [i, part] of parts.entries()) {
      if (i % STEP === STEP - 1) yield;
      if (!isPlain(part.value, part.type))
        yield* check(part.value, part.type, part.path, depth + 1, problems);
    }
  } catch (error) {
    if (!(error instanceof CtyError)) throw error;
    problems.push(error);
  }
}

/** Of scalars none has a path: there may be many, and paths are for what is wrong. */
function* checkElements(
  value: readonly unknown[],
  type: CollectionType<"list"> | CollectionType<"set">,
  path: Path,
  depth: number,
  problems: CtyError[],
): Pieces<undefined> {
  for (let i = 0; i < value.length; i += 1) {
    if (i % STEP === STEP - 1) yield;
    if (!isPlain(value[i], type.element)) {
      yield* check(value[i], type.element, path.atListIndex(i), depth + 1, problems);
    }
  }
}

/** Whether the value is surely one of the scalar type. */
function isPlain(value: unknown, { kind }: Type): boolean {
  if (kind === "string") return typeof value === "string";
  if (kind === "bool") return typeof value === "boolean";
  if (kind !== "number" || typeof value !== "number" || !Number.isFinite(value)) return false;
  return Number.isSafeInteger(value) || !Number.isInteger(value);
}

interface Part {
  readonly value: unknown;
  readonly type: Type;
  readonly path: Path;
}

/** The values inside a value. Throws when the value itself is of another form than its type. */
function partsOf(value: unknown, type: Type, path: Path, problems: CtyError[]): Part[] {
  switch (type.kind) {
    case "string":
      textOf(value, type, path);
      return [];
    case "number":
      terraformNumberText(numberOf(value, type, path), path);
      return [];
    case "bool":
      boolOf(value, type, path);
      return [];
    case "list":
    case "set":
      // What is an array is checked element by element.
      elementsOf(value, type, path);
      return [];
    case "map":
      return [];
    case "tuple":
      return elementsOf(value, type, path).map((element, i) => {
        return { value: element, type: type.elements[i] ?? type, path: path.atListIndex(i) };
      });
    case "object": {
      const { attributes, problems: misnamed } = inspectObject(value, type, path);
      problems.push(...misnamed);
      return attributes.map((attribute) => ({ ...attribute, path: path.atName(attribute.name) }));
    }
    case "dynamic": {
      const concrete = dynamicOf(value, type, path);
      return [{ value: concrete.value, type: concrete.type, path }];
    }
  }
}
