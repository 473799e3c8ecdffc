import { conform, type Value } from "../cty/index.ts";
import type { Attribute, Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import { ctyType, type Kind } from "./kind.ts";

/**
 * Names that Terraform's configuration language keeps for itself in a block; an attribute of such
 * a name could not be set (terraform/internal/configs/resource.go, provider_config.go).
 */
const reserved = new Set([
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
]);

/** In a provider block, these are the configuration language's own too. */
const reservedInProvider = new Set([...reserved, "alias", "source", "version"]);

/** What a schema can be of. Each has rules of its own. */
export type SchemaOwner =
  | "provider"
  | "data source"
  | "resource"
  | "ephemeral resource"
  | "list resource"
  | "action";

/** What has arguments alone: nothing of it is kept that could be computed. */
const stateless: ReadonlySet<SchemaOwner> = new Set(["provider", "list resource", "action"]);

/** What is declared of a schema. */
export interface SchemaDefinition<A extends Attributes = Attributes> {
  readonly description: string;
  readonly attributes: A;
  readonly version?: number;
  readonly configValidators?: readonly ConfigValidator[];
}

/**
 * Checks the rules of schemas (terraform/internal/configs/configschema/internal_validate.go, and what crashes Terraform
 * besides). Throws Error.
 */
export function checkSchema(of: SchemaOwner, name: string, definition: SchemaDefinition): void {
  const where = `${of} ${name}`;
  const version = definition.version ?? 0;
  if (!Number.isSafeInteger(version) || version < 0)
    fail(where, "its version must be a whole number from 0 on");
  if (definition.description.trim() === "") fail(where, "it has no description");
  const names = of === "provider" ? reservedInProvider : reserved;
  for (const name of Object.keys(definition.attributes)) {
    if (names.has(name))
      fail(`${where}: ${name}`, "the name is reserved by Terraform's configuration language");
  }
  checkAttributes(where, definition.attributes, {
    of,
    inCollection: false,
    inSet: false,
    inComputed: false,
    inWriteOnly: false,
  });
  const { configValidators = [] } = definition;
  for (const { names } of configValidators) checkNames(where, names, definition.attributes);
}

interface Surroundings {
  readonly of: SchemaOwner;
  readonly inCollection: boolean;
  readonly inSet: boolean;
  readonly inComputed: boolean;
  readonly inWriteOnly: boolean;
}

function checkAttributes(where: string, attributes: Attributes, around: Surroundings): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    checkAttribute(`${where}: ${name}`, name, attribute, around);
    for (const { names } of attribute.configValidators) {
      checkNames(`${where}: ${name}`, [name, ...names], attributes);
    }
  }
}

/** The names that a validator relates are two or more arguments of one object. */
function checkNames(where: string, names: readonly string[], attributes: Attributes): void {
  for (const name of names) {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (attribute === undefined) fail(where, `a validator names ${name}, which is no attribute beside it`);
    if (attribute.mode === "computed") fail(where, `a validator names ${name}, which no configuration sets`);
  }
  if (new Set(names).size < Math.max(names.length, 2)) {
    fail(where, "a validator that relates arguments names at least two, each once");
  }
}

function checkAttribute(where: string, name: string, attribute: Attribute, around: Surroundings): void {
  // HCL allows more, and terraform-plugin-framework a leading underscore, which would let
  // `__proto__` through.
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    fail(where, "a name has lower-case letters, digits and underscores, and begins with a letter");
  }
  if (attribute.description.trim() === "") fail(where, "it has no description");
  if (attribute.deprecated?.trim() === "") fail(where, "its deprecation does not say what to use instead");
  checkMode(where, attribute, around);
  if (attribute.default !== undefined) checkDefault(where, attribute, attribute.default, around);
  if (attribute.planModifiers.length > 0) checkPlanModifiers(where, around);
  if (attribute.writeOnly) checkWriteOnly(where, attribute, around);
  else if (around.inWriteOnly) fail(where, "inside a write-only attribute everything is write-only");
  checkKind(where, attribute.kind, {
    ...around,
    inComputed: attribute.mode === "computed",
    inWriteOnly: attribute.writeOnly,
  });
}

function checkPlanModifiers(where: string, around: Surroundings): void {
  if (around.of !== "resource") fail(where, "only attributes of a resource have plan modifiers");
  if (around.inSet)
    fail(where, "an element of a set has no state to compare with: put the plan modifier on the set");
  if (around.inComputed)
    fail(where, "a computed attribute is planned as a whole: put the plan modifier on it");
}

function checkDefault(where: string, attribute: Attribute, value: Value, around: Surroundings): void {
  if (around.of !== "resource" || attribute.mode !== "optional_computed") {
    fail(where, "only an optional and computed attribute of a resource has a default");
  }
  const [mistake] = conform(value, ctyType(attribute.kind));
  if (mistake !== undefined) fail(where, `its default is wrong: ${mistake.message}`);
  // It would be null in the default and known in the state, which is a change at every plan.
  if (holdsComputed(attribute.kind)) fail(where, "a default cannot stand for computed attributes inside it");
}

function holdsComputed(kind: Kind): boolean {
  if (kind.kind === "object") {
    return Object.values(kind.attributes).some(
      ({ mode, kind }) => mode === "computed" || mode === "optional_computed" || holdsComputed(kind),
    );
  }
  return "element" in kind && holdsComputed(kind.element);
}

function checkMode(where: string, attribute: Attribute, around: Surroundings): void {
  const computed = attribute.mode === "computed" || attribute.mode === "optional_computed";
  if (computed && stateless.has(around.of)) {
    fail(where, `${around.of === "action" ? "an" : "a"} ${around.of} has no state that could be computed`);
  }
  if (attribute.notNull && !computed) {
    fail(where, "only a computed attribute is declared as never null: a required one is so by itself");
  }
  if (attribute.mode === "computed" && attribute.validators.length > 0) {
    fail(where, "validators check configurations, and a computed attribute has none");
  }
  if (around.inComputed && attribute.mode !== "computed") {
    fail(where, "inside a computed attribute everything is computed");
  }
  if (computed && around.inSet && !around.inComputed) {
    fail(where, "Terraform distinguishes a set's elements by all their values: none of them can be computed");
  }
}

function checkWriteOnly(where: string, attribute: Attribute, around: Surroundings): void {
  // An action keeps nothing; it takes ephemeral values for these alone.
  if (around.of !== "resource" && around.of !== "action") {
    fail(where, "only resources and actions have write-only attributes");
  }
  if (around.inSet) fail(where, "a set must not hold write-only attributes");
  if (attribute.mode === "computed" || attribute.mode === "optional_computed") {
    fail(where, "a computed attribute cannot be write-only");
  }
  if (attribute.mode === "required" && !around.inWriteOnly) {
    fail(where, "a plan and a state hold null for it: make it optional, and check that it is set");
  }
}

function checkKind(where: string, kind: Kind, around: Surroundings): void {
  switch (kind.kind) {
    case "dynamic":
      // Two elements of different types crash Terraform 1.11 to 1.15 ("inconsistent list element types").
      if (around.inCollection) fail(where, "a dynamic type inside a list, map or set crashes Terraform");
      return;
    case "list":
    case "set":
    case "map":
      if ("element" in kind.element && holdsObject(kind.element)) {
        // As a plain type it would lose its attributes' descriptions, and each would be required.
        fail(where, "a collection of collections cannot hold nested attributes: put an object between them");
      }
      checkKind(where, kind.element, {
        ...around,
        inCollection: true,
        inSet: around.inSet || kind.kind === "set",
      });
      return;
    case "object":
      for (const { names } of kind.configValidators ?? []) checkNames(where, names, kind.attributes);
      checkAttributes(where, kind.attributes, around);
      return;
  }
}

function holdsObject(kind: Kind): boolean {
  return kind.kind === "object" || ("element" in kind && holdsObject(kind.element));
}

function fail(where: string, why: string): never {
  throw new Error(`Invalid schema of ${where}: ${why}.`);
}
