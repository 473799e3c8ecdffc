import { isUnknown, type ObjectValue, Path, type Value } from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import type { Diagnostics } from "../diagnostic.ts";
import type { Kind } from "../kind.ts";
import type { Problem } from "../validator.ts";
import { isObjectValue } from "./config.ts";

/**
 * Runs an object's validators over a configuration, at every depth. Null and unknown values are
 * never an error of a validator: an unknown one is checked once it is known.
 */
export function validateConfig(
  config: ObjectValue,
  attributes: Attributes,
  diagnostics: Diagnostics,
  path: Path = Path.root,
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    validateAttribute(config[name] ?? null, attribute, diagnostics, path.atName(name), name);
  }
}

function validateAttribute(
  value: Value,
  attribute: Attribute,
  diagnostics: Diagnostics,
  path: Path,
  name: string,
): void {
  if (isUnknown(value)) return;
  if (value === null) {
    if (attribute.mode === "required") {
      diagnostics.addAttributeError(
        path,
        `Missing value for "${name}"`,
        `The argument "${name}" is required, and its value here is null.`,
      );
    }
    return;
  }
  if (attribute.deprecated !== undefined) {
    diagnostics.addAttributeWarning(path, "Attribute Deprecated", attribute.deprecated);
  }
  if (!validateKind(value, attribute.kind, diagnostics, path, name)) return;
  for (const validator of attribute.validators) {
    const problem = validator.validate(value);
    if (problem !== undefined) report(problem, attribute, diagnostics, path, name);
  }
}

/** Checks what the kind itself asks for, inside collections and objects too. */
function validateKind(value: Value, kind: Kind, diagnostics: Diagnostics, path: Path, name: string): boolean {
  if (value === null || isUnknown(value)) return true;
  switch (kind.kind) {
    case "integer":
      if (typeof value === "number" && Number.isSafeInteger(value)) return true;
      diagnostics.addAttributeError(path, `Invalid value for "${name}"`, `"${name}" must be a whole number.`);
      return false;
    case "list":
      if (!Array.isArray(value)) return true;
      return all(value, (element, index) =>
        validateKind(element, kind.element, diagnostics, path.atListIndex(index), name),
      );
    case "set":
      // Terraform's paths cannot address an element of a set: the set itself is what is shown.
      if (!Array.isArray(value)) return true;
      return all(value, (element) => validateKind(element, kind.element, diagnostics, path, name));
    case "map":
      if (!(value instanceof Map)) return true;
      return all([...value], ([key, element]) =>
        validateKind(element, kind.element, diagnostics, path.atMapKey(key), name),
      );
    case "object": {
      if (!isObjectValue(value)) return true;
      const before = diagnostics.length;
      validateConfig(value, kind.attributes, diagnostics, path);
      return diagnostics.length === before;
    }
    default:
      return true;
  }
}

/** `every` that does not stop at the first failure: each element reports its own. */
function all<T>(values: readonly T[], check: (value: T, index: number) => boolean): boolean {
  return values.map(check).every(Boolean);
}

function report(
  problem: Problem,
  attribute: Attribute,
  diagnostics: Diagnostics,
  path: Path,
  name: string,
): void {
  const given =
    problem.given === undefined
      ? ""
      : attribute.sensitive
        ? "\n\nThe value given is sensitive and not shown."
        : `\n\nGiven: ${problem.given}`;
  diagnostics.addAttributeError(at(path, problem), `Invalid value for "${name}"`, problem.detail + given);
}

function at(path: Path, problem: Problem): Path {
  let result = path;
  for (const step of problem.at ?? []) {
    result = typeof step === "number" ? result.atListIndex(step) : result.atMapKey(step);
  }
  return result;
}
