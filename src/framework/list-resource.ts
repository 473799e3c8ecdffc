import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { Config, MaybeUnknownConfig } from "./kind.ts";
import type { Logger } from "./log.ts";
import { type Schema, schema } from "./schema.ts";

type Values = { readonly [name: string]: unknown };

/** What a list resource's author declares: how `terraform query` (1.14 and later) finds the objects of a resource. */
export interface ListResourceDefinition<A extends Attributes, P> {
  /** The name of the resource whose objects it lists. That resource has an identity. */
  readonly name: string;
  readonly description: string;
  /** Arguments by which the API filters. Terraform has `limit` and `include_resource` of its own. */
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("id", "name")`. */
  readonly configValidators?: readonly ConfigValidator[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /**
   * Gives the objects one by one. No more is asked for once there are `limit` of them, or the list is cancelled:
   * whatever costs a request is best fetched when the next object is. Diagnostics in between are shown; with an error
   * among them they end the list.
   */
  list(request: ListRequest<A, P>): AsyncIterable<ListResult | Diagnostics>;
}

export interface ListRequest<A extends Attributes, P> {
  readonly config: Config<A>;
  /** How many objects are asked for at most; at least 1. */
  readonly limit: number;
  /** Whether each object's state is asked for. */
  readonly includeResource: boolean;
  /** What the provider's `configure` returned. */
  readonly provider: P;
  /** Aborted when Terraform has what it wants, cancels the call or stops the provider. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** One object of a list. */
export interface ListResult {
  /** Every attribute of the resource's identity. */
  readonly identity: Values;
  /** What a practitioner recognises it by. */
  readonly displayName: string;
  /** Where `includeResource` asks for it: as an import returns it. Attributes that it leaves out are null. */
  readonly state?: Values;
  /** Warnings about this object. */
  readonly diagnostics?: Diagnostics;
}

/** A list resource as the framework serves it: its attributes' types are gone. */
export interface ListResource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  list(request: ListRequest<Attributes, P>): AsyncIterable<ListResult | Diagnostics>;
}

/** Declares a list resource. Throws Error where the schema breaks one of Terraform's rules. */
export function listResource<P>() {
  return <const A extends Attributes>(definition: ListResourceDefinition<A, P>): ListResource<P> => {
    const erased: Pick<ListResource<P>, "validate" | "list"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      list: (request: ListRequest<A, P>) => definition.list(request),
    };
    return {
      name: definition.name,
      schema: schema("list resource", definition.name, definition),
      ...erased,
    };
  };
}
