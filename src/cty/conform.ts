import { CtyError, checkDepth } from "./error.ts";
import { terraformNumberText } from "./number.ts";
import { Path } from "./path.ts";
import { checkSameType } from "./same-type.ts";
import { boolOf, dynamicOf, elementsOf, entriesOf, inspectObject, numberOf, textOf } from "./shape.ts";
import type { Type } from "./type.ts";
import { isUnknown } from "./value.ts";

/**
 * Checks a JavaScript value against a type before it is sent, since Terraform reports a value of the wrong
 * type without saying whose it is. Returns every mismatch with its path; an empty array means that
 * encodeMsgpack takes the value.
 */
export function conform(value: unknown, type: Type): CtyError[] {
  const problems: CtyError[] = [];
  check(value, type, Path.root, 0, problems);
  return problems;
}

function check(value: unknown, type: Type, path: Path, depth: number, problems: CtyError[]): void {
  if (value === null || isUnknown(value)) return;
  const before = problems.length;
  try {
    checkDepth(path, depth);
    const parts = partsOf(value, type, path, problems);
    for (const part of parts) check(part.value, part.type, part.path, depth + 1, problems);
    // Only of conforming elements can it be said which type they have.
    if ("element" in type && problems.length === before) {
      checkSameType(
        parts.map((part) => part.value),
        type.element,
        path,
      );
    }
  } catch (error) {
    if (!(error instanceof CtyError)) throw error;
    problems.push(error);
  }
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
      return elementsOf(value, type, path).map((element, i) => {
        return { value: element, type: type.element, path: path.atListIndex(i) };
      });
    case "tuple":
      return elementsOf(value, type, path).map((element, i) => {
        return { value: element, type: type.elements[i] ?? type, path: path.atListIndex(i) };
      });
    case "map":
      return entriesOf(value, type, path).map(([key, element]) => {
        return { value: element, type: type.element, path: path.atMapKey(key) };
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
