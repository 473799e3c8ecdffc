import type { Type } from "../cty/index.ts";
import type { Attribute, Attributes } from "./attribute.ts";
import { type Kind, objectType } from "./kind.ts";

/** A checked schema: what Terraform is told of a provider, data source or resource. */
export interface Schema<A extends Attributes = Attributes> {
  /** Schema version, for state upgrades. */
  readonly version: number;
  /** Markdown. */
  readonly description: string;
  readonly attributes: A;
  /** The cty object type of a configuration or state. */
  readonly type: Type;
}

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

/** In a provider block, `alias` and `version` are the configuration language's own too. */
const reservedInProvider = new Set(["alias", "count", "depends_on", "for_each", "source", "version"]);

/**
 * Checks a schema where it is declared, so that a mistake fails in a unit test and not in Terraform
 * (terraform/internal/configs/configschema/internal_validate.go, and what crashes it besides).
 * `where` names the object in messages. Throws Error: a mistake here is a programmer's.
 */
export function schema<const A extends Attributes>(
  where: string,
  definition: { readonly description: string; readonly attributes: A; readonly version?: number },
  of: "provider" | "object" = "object",
): Schema<A> {
  const version = definition.version ?? 0;
  if (!Number.isSafeInteger(version) || version < 0)
    fail(where, "its version must be a whole number from 0 on");
  if (definition.description.trim() === "" && of === "object") fail(where, "it has no description");
  const names = of === "provider" ? reservedInProvider : reserved;
  for (const name of Object.keys(definition.attributes)) {
    if (names.has(name))
      fail(`${where}: ${name}`, "the name is reserved by Terraform's configuration language");
  }
  checkAttributes(where, definition.attributes, { inCollection: false, inSet: false, inComputed: false });
  let type: Type | undefined;
  return {
    version,
    description: definition.description,
    attributes: definition.attributes,
    // Made when first asked for: a start that only serves the schema of others need not pay for it.
    get type() {
      type ??= objectType(definition.attributes);
      return type;
    },
  };
}

interface Surroundings {
  readonly inCollection: boolean;
  readonly inSet: boolean;
  readonly inComputed: boolean;
}

function checkAttributes(where: string, attributes: Attributes, around: Surroundings): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    checkAttribute(`${where}: ${name}`, name, attribute, around);
  }
}

function checkAttribute(where: string, name: string, attribute: Attribute, around: Surroundings): void {
  // Terraform's hcl identifiers allow more; the protocol's documentation asks for these.
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) fail(where, "a name has lower-case letters, digits and underscores");
  if (attribute.description.trim() === "") fail(where, "it has no description");
  if (attribute.writeOnly && around.inSet) fail(where, "a set must not hold write-only attributes");
  if (attribute.writeOnly && attribute.mode === "computed")
    fail(where, "a computed attribute cannot be write-only");
  if (attribute.mode === "computed" && attribute.validators.length > 0) {
    fail(where, "validators check configurations, and a computed attribute has none");
  }
  if (around.inComputed && attribute.mode !== "computed") {
    fail(where, "inside a computed attribute everything is computed");
  }
  checkKind(where, attribute.kind, {
    ...around,
    inComputed: around.inComputed || attribute.mode === "computed",
  });
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
      checkKind(where, kind.element, {
        ...around,
        inCollection: true,
        inSet: around.inSet || kind.kind === "set",
      });
      return;
    case "object":
      checkAttributes(where, kind.attributes, around);
      return;
  }
}

function fail(where: string, why: string): never {
  throw new Error(`Invalid schema of ${where}: ${why}.`);
}
