import {
  isExactNumber,
  isUnknown,
  isWhollyKnown,
  numberText,
  type ObjectValue,
  Path,
  type Value,
} from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import type { Diagnostics } from "../diagnostic.ts";
import type { Kind } from "../kind.ts";
import type { Problem } from "../validator.ts";
import { isObjectValue } from "./config.ts";

/**
 * Runs a schema's validators over a configuration, at every depth. Null and unknown values are
 * never an error of a validator: what holds an unknown value is checked once it is known.
 */
export function validateConfig(config: ObjectValue, attributes: Attributes, diagnostics: Diagnostics): void {
  validateObject(config, attributes, diagnostics, { path: Path.root, sensitive: false, inSet: false });
}

/** As above for one value that is no attribute's: a function's argument. The paths begin at the value. */
export function validateValue(value: Value, name: string, kind: Kind, diagnostics: Diagnostics): void {
  validateKind(value, name, kind, diagnostics, { path: Path.root, sensitive: false, inSet: false });
}

/** Where in a configuration a value is. */
interface Place {
  readonly path: Path;
  /** Whether the value or something around it is sensitive: then no message shows it. */
  readonly sensitive: boolean;
  /** Terraform's paths cannot address an element of a set: the set itself is what is shown. */
  readonly inSet: boolean;
}

function inside(place: Place, path: Path): Place {
  return place.inSet ? place : { ...place, path };
}

/** Whether no error was found: true for each function here. */
function validateObject(
  config: ObjectValue,
  attributes: Attributes,
  diagnostics: Diagnostics,
  place: Place,
): boolean {
  return all(Object.entries(attributes), ([name, attribute]) =>
    validateAttribute(config[name] ?? null, name, attribute, diagnostics, {
      ...inside(place, place.path.atName(name)),
      sensitive: place.sensitive || attribute.sensitive,
    }),
  );
}

function validateAttribute(
  value: Value,
  name: string,
  attribute: Attribute,
  diagnostics: Diagnostics,
  place: Place,
): boolean {
  if (isUnknown(value)) return true;
  if (value === null) {
    if (attribute.mode !== "required") return true;
    diagnostics.addAttributeError(
      place.path,
      `Missing value for "${name}"`,
      `The argument "${name}" is required, and its value here is null.`,
    );
    return false;
  }
  if (attribute.deprecated !== undefined) {
    diagnostics.addAttributeWarning(place.path, "Attribute Deprecated", attribute.deprecated);
  }
  if (!validateKind(value, name, attribute.kind, diagnostics, place)) return false;
  if (!isWhollyKnown(value)) return true;
  return all(attribute.validators, (validator) => {
    const problem = validator.validate(value);
    if (problem !== undefined) report(problem, name, attribute.kind, diagnostics, place);
    return problem === undefined;
  });
}

/** Checks what the kind itself asks for, inside collections and objects too. */
function validateKind(
  value: Value,
  name: string,
  kind: Kind,
  diagnostics: Diagnostics,
  place: Place,
): boolean {
  if (isUnknown(value)) return true;
  if (value === null) {
    diagnostics.addAttributeError(
      place.path,
      `Invalid value for "${name}"`,
      `An element of "${name}" is null. Leave it out, or give it a value.`,
    );
    return false;
  }
  switch (kind.kind) {
    case "integer":
      if (typeof value === "number" && Number.isSafeInteger(value)) return true;
      diagnostics.addAttributeError(
        place.path,
        `Invalid value for "${name}"`,
        `"${name}" must be a whole number, for example 4, and not beyond ±2^53.` +
          (isExactNumber(value) ? given(numberText(value), place) : ""),
      );
      return false;
    case "list":
    case "set":
      if (!Array.isArray(value)) return true;
      return all(value, (element, index) =>
        validateKind(element, name, kind.element, diagnostics, {
          ...inside(place, kind.kind === "set" ? place.path : place.path.atListIndex(index)),
          inSet: place.inSet || kind.kind === "set",
        }),
      );
    case "map":
      if (!(value instanceof Map)) return true;
      return all([...value], ([key, element]) =>
        validateKind(element, name, kind.element, diagnostics, inside(place, place.path.atMapKey(key))),
      );
    case "object":
      return !isObjectValue(value) || validateObject(value, kind.attributes, diagnostics, place);
    default:
      return true;
  }
}

/** `every` that does not stop at the first failure: each element reports its own. */
function all<T>(values: readonly T[], check: (value: T, index: number) => boolean): boolean {
  return values.map(check).every(Boolean);
}

function report(problem: Problem, name: string, kind: Kind, diagnostics: Diagnostics, place: Place): void {
  const path = place.inSet ? place.path : at(place.path, kind, problem.at ?? []);
  const detail = problem.detail + (problem.given === undefined ? "" : given(problem.given, place));
  diagnostics.addAttributeError(path, `Invalid value for "${name}"`, detail);
}

/** The paragraph that shows what was given, unless it is sensitive. */
function given(text: string, place: Place): string {
  return place.sensitive ? "\n\nThe value given is sensitive and not shown." : `\n\nGiven: ${text}`;
}

/** A validator's own steps as a path: whether a string is a name or a key, the kind says. */
function at(path: Path, kind: Kind, [step, ...rest]: readonly (string | number)[]): Path {
  if (step === undefined) return path;
  if (kind.kind === "list" && typeof step === "number") return at(path.atListIndex(step), kind.element, rest);
  if (kind.kind === "map" && typeof step === "string") return at(path.atMapKey(step), kind.element, rest);
  const attribute = kind.kind === "object" ? kind.attributes[step] : undefined;
  if (attribute !== undefined) return at(path.atName(String(step)), attribute.kind, rest);
  return path;
}
