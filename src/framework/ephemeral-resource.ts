import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { ReadRequest } from "./data-source.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { MaybeUnknownConfig, State } from "./kind.ts";
import { type Schema, schema } from "./schema.ts";

/** What an ephemeral resource's author declares: a value that is never planned nor stored. */
export interface EphemeralResourceDefinition<A extends Attributes, P> {
  readonly name: string;
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("id", "name")`. */
  readonly configValidators?: readonly ConfigValidator[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /** Makes the value: called in plan and again in apply. Arguments are to be returned unchanged. */
  open(request: ReadRequest<A, P>): Promise<State<A> | Diagnostics>;
}

/** An ephemeral resource as the framework serves it. */
export interface EphemeralResource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  open(request: ReadRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
}

/** Declares an ephemeral resource. Throws Error where the schema breaks one of Terraform's rules. */
export function ephemeralResource<P>() {
  return <const A extends Attributes>(
    definition: EphemeralResourceDefinition<A, P>,
  ): EphemeralResource<P> => {
    const checked = schema("ephemeral resource", definition.name, definition);
    const erased: Pick<EphemeralResource<P>, "validate" | "open"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      open: (request: ReadRequest<A, P>) => definition.open(request),
    };
    return { name: definition.name, schema: checked, ...erased };
  };
}
