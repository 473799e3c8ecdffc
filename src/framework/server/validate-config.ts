import {
  isExactNumber,
  isUnknown,
  isWhollyKnown,
  numberText,
  type ObjectValue,
  Path,
  type Value,
} from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { ConfigValidator } from "../config-validators.ts";
import type { Diagnostic, Diagnostics } from "../diagnostic.ts";
import type { Kind, ObjectKind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import type { Problem } from "../validators.ts";
import { eachValue, isObjectValue, type Node, nodeOf } from "../walk.ts";

/**
 * Runs a schema's validators over a configuration, at every depth. Null and unknown values are
 * never an error of a validator: what holds an unknown value is checked once it is known.
 */
export function validateConfig(
  config: ObjectValue,
  { attributes, configValidators }: Pick<Schema, "attributes" | "configValidators">,
  diagnostics: Diagnostics,
): void {
  validateNode(config, nodeOf({ kind: "object", attributes, configValidators }), diagnostics, isRefused);
}

/** As above for one value that is no attribute's: a function's argument. The paths begin at the value. */
export function validateValue(value: Value, name: string, kind: Kind, diagnostics: Diagnostics): void {
  // A function may take what is an object's computed attributes.
  validateNode(value, nodeOf(kind, name), diagnostics, () => false);
}

function validateNode(
  value: Value,
  root: Node,
  diagnostics: Diagnostics,
  refuses: (node: Node, add: Add) => boolean,
): void {
  // Not the number of diagnostics: they drop repetitions, as of two elements of one set.
  let errors = 0;
  const add: Add = (diagnostic) => {
    if (diagnostic.severity === "error") errors += 1;
    diagnostics.add(diagnostic);
  };
  const check = (each: Value, _beside: readonly Value[], node: Node, inside: () => void) => {
    if (isUnknown(each)) return;
    if (each === null) {
      reportNull(node, add);
      return;
    }
    if (refuses(node, add)) return;
    const deprecated = node.attribute?.deprecated;
    if (deprecated !== undefined) {
      add({ severity: "warning", summary: "Attribute Deprecated", detail: deprecated, path: node.path });
    }
    const before = errors;
    if (node.kind.kind === "integer") checkInteger(each, node, add);
    inside();
    if (isObjectValue(each) && node.kind.kind === "object") relate(each, node, node.kind, add);
    // A validator may rely on what was checked inside.
    if (errors > before || node.attribute === undefined || !isWhollyKnown(each)) return;
    for (const validator of node.attribute.validators) {
      const problem = validator.validate(each);
      if (problem !== undefined) report(problem, node, add);
    }
  };
  // Of a null nothing can be wrong but that it has to be set; most attributes are null in every configuration.
  eachValue(value, [], root, check, (each, { mode }) => each === null && mode !== "required");
}

type Add = (diagnostic: Diagnostic) => void;

function reportNull({ name, attribute, path }: Node, add: Add): void {
  if (attribute === undefined) {
    const detail = `An element of "${name}" is null. Leave it out, or give it a value.`;
    add({ severity: "error", summary: `Invalid value for "${name}"`, detail, path });
  } else if (attribute.mode === "required") {
    const missing = attribute.requiredByProvider
      ? ": it is left out here, or null"
      : ", and its value here is null";
    const detail = `The argument "${name}" is required${missing}.`;
    add({ severity: "error", summary: `Missing value for "${name}"`, detail, path });
  }
}

/** Adds an error for what cannot be set. Terraform itself passes over a computed attribute that a configuration sets. */
function isRefused({ name, attribute, path }: Node, add: Add): boolean {
  if (attribute === undefined) return false;
  const { refused, mode } = attribute;
  if (refused === undefined && mode !== "computed") return false;
  const summary = mode === "computed" ? `Cannot set "${name}"` : `Unsupported argument "${name}"`;
  const detail = refused ?? `"${name}" is read-only: it has the value that the API gives it. Remove it.`;
  add({ severity: "error", summary, detail, path });
  return true;
}

function checkInteger(value: Value, node: Node, add: Add): void {
  if (typeof value === "number" && Number.isSafeInteger(value)) return;
  const detail = `"${node.name}" must be a whole number, for example 4, and not beyond ±2^53.`;
  report({ detail, ...(isExactNumber(value) ? { given: numberText(value) } : {}) }, node, add);
}

/** Runs the validators that relate an object's attributes: its own, and those that stand at an attribute. */
function relate(object: ObjectValue, node: Node, kind: ObjectKind<Attributes>, add: Add): void {
  for (const { validator, names, at } of relationsOf(kind)) {
    const problem = validator.validate(object, names, at);
    if (problem === undefined) continue;
    const { severity = "error", summary, detail, attribute } = problem;
    const path = attribute === undefined || node.inSet ? node.path : node.path.atName(attribute);
    add({ severity, summary, detail, ...(path === Path.root ? {} : { path }) });
  }
}

interface Relation {
  readonly validator: ConfigValidator;
  readonly names: readonly string[];
  /** The attribute at which it stands, if any. */
  readonly at: string | undefined;
}

/** The validators that relate the attributes of an object. */
export function relationsOf(kind: ObjectKind<Attributes>): readonly Relation[] {
  const { attributes, configValidators } = kind;
  const known = relations.get(attributes);
  if (known !== undefined && known.of === configValidators) return known.found;
  const found = relationsIn(kind);
  relations.set(attributes, { of: configValidators, found });
  return found;
}

/** Found once: each validation asks for them. */
const relations = new WeakMap<
  Attributes,
  { readonly of: ObjectKind<Attributes>["configValidators"]; readonly found: readonly Relation[] }
>();

function relationsIn({ attributes, configValidators = [] }: ObjectKind<Attributes>): Relation[] {
  return [
    ...configValidators.map((validator) => ({ validator, names: validator.names, at: undefined })),
    ...Object.entries(attributes).flatMap(([name, attribute]) =>
      attribute.configValidators.map((validator) => ({
        validator,
        names: [name, ...validator.names],
        at: name,
      })),
    ),
  ];
}

function report(problem: Problem, node: Node, add: Add): void {
  const { severity = "error", summary = `Invalid value for "${node.name}"` } = problem;
  const path = node.inSet ? node.path : at(node.path, node.kind, problem.at ?? []);
  const detail = problem.detail + (problem.given === undefined ? "" : given(problem.given, node));
  add({ severity, summary, detail, path });
}

/** The paragraph that shows what was given, unless it is sensitive. */
function given(text: string, { sensitive }: Node): string {
  return sensitive ? "\n\nThe value given is sensitive and not shown." : `\n\nGiven: ${text}`;
}

/** A validator's own steps as a path. The kind says whether a string is a name or a key. */
function at(path: Path, kind: Kind, [step, ...rest]: readonly (string | number)[]): Path {
  if (step === undefined) return path;
  if (kind.kind === "list" && typeof step === "number") return at(path.atListIndex(step), kind.element, rest);
  if (kind.kind === "map" && typeof step === "string") return at(path.atMapKey(step), kind.element, rest);
  const attribute = kind.kind === "object" ? kind.attributes[step] : undefined;
  if (attribute !== undefined) return at(path.atName(String(step)), attribute.kind, rest);
  return path;
}
