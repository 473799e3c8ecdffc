import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { ReadRequest } from "./data-source.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { MaybeUnknownConfig, State } from "./kind.ts";
import type { PrivateState } from "./private-state.ts";
import type { OperationRequest } from "./resource.ts";
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
  /** Makes the value: called in plan and again in apply. Arguments must be returned unchanged. */
  open(request: OpenRequest<A, P>): Promise<State<A> | Diagnostics>;
  /** Keeps an open value valid. Called at the time that `open` or the last `renew` asked for. */
  renew?(request: RenewRequest<P>): Promise<void>;
  /**
   * Ends what `open` began; called once after each `open` without an error. Terraform 1.11 hands over the
   * private state of `open`, and not what a `renew` changed in it.
   */
  close?(request: OperationRequest<P>): Promise<void>;
}

export interface OpenRequest<A extends Attributes, P> extends ReadRequest<A, P> {
  /** What `renew` and `close` get. It is in memory only, never in a plan or a state. */
  readonly private: PrivateState;
  /** Asks Terraform to call `renew` at a time. */
  renewAt(at: Date): void;
}

export interface RenewRequest<P> extends OperationRequest<P> {
  /** Asks Terraform to call `renew` again at a time. */
  renewAt(at: Date): void;
}

/** An ephemeral resource as the framework serves it. */
export interface EphemeralResource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  open(request: OpenRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
  renew?(request: RenewRequest<P>): Promise<void>;
  close?(request: OperationRequest<P>): Promise<void>;
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
      open: (request: OpenRequest<A, P>) => definition.open(request),
    };
    const { renew, close } = definition;
    const optional: Pick<EphemeralResource<P>, "renew" | "close"> = {
      ...(renew === undefined ? {} : { renew: (request) => renew.call(definition, request) }),
      ...(close === undefined ? {} : { close: (request) => close.call(definition, request) }),
    };
    return { name: definition.name, schema: checked, ...erased, ...optional };
  };
}
