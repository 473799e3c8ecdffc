import type { Type } from "../cty/index.ts";
import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import { objectType } from "./kind.ts";
import { checkSchema, type SchemaDefinition, type SchemaOwner } from "./schema-rules.ts";

/** A checked schema of a provider, a data source or a resource. */
export interface Schema<A extends Attributes = Attributes> {
  /** Schema version, for state upgrades. */
  readonly version: number;
  /** Markdown. */
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other. */
  readonly configValidators: readonly ConfigValidator[];
  /** The cty object type of a configuration or state. */
  readonly type: Type;
}

/**
 * Makes a schema where it is declared. Its rules are checked at once, so that a mistake fails in a unit test and not in
 * Terraform; a build leaves that out, since it has checked them itself. Throws Error, which names the owner and the
 * attribute: a mistake here is a programmer's.
 */
export function schema<const A extends Attributes>(
  of: SchemaOwner,
  name: string,
  definition: SchemaDefinition<A>,
): Schema<A> {
  checkSchema(of, name, definition);
  let type: Type | undefined;
  return {
    version: definition.version ?? 0,
    description: definition.description,
    attributes: definition.attributes,
    configValidators: definition.configValidators ?? [],
    // Made when first asked for: a start that only serves the schema of others need not pay for it.
    get type() {
      type ??= objectType(definition.attributes);
      return type;
    },
  };
}
