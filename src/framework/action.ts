import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { ReadRequest } from "./data-source.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { MaybeUnknownConfig } from "./kind.ts";
import { type Schema, schema } from "./schema.ts";

/** What an action's author declares (Terraform 1.14 and later): something that is done, and leaves no state. */
export interface ActionDefinition<A extends Attributes, P> {
  readonly name: string;
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("id", "name")`. */
  readonly configValidators?: readonly ConfigValidator[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /** Looks ahead, and changes nothing: warnings are shown in the plan, and an error fails it. */
  plan?(request: PlanActionRequest<A, P>): Promise<void>;
  /** Does it. What went wrong is an error in `diagnostics`; without one the action has succeeded. */
  invoke(request: InvokeActionRequest<A, P>): Promise<void>;
}

/** An action's configuration in a plan: ephemeral values are null there, those of required arguments too. */
export type PlanActionConfig<A extends Attributes> = {
  readonly [N in keyof MaybeUnknownConfig<A>]: MaybeUnknownConfig<A>[N] | null;
};

export interface PlanActionRequest<A extends Attributes, P>
  extends Omit<ReadRequest<A, P>, "config" | "limit"> {
  readonly config: PlanActionConfig<A>;
}

export interface InvokeActionRequest<A extends Attributes, P> extends Omit<ReadRequest<A, P>, "limit"> {
  /** Shows the practitioner what has been done so far. */
  progress(text: string): void;
}

/** An action as the framework serves it: its attributes' types are gone. */
export interface Action<P = never> {
  readonly name: string;
  readonly schema: Schema;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  plan?(request: PlanActionRequest<Attributes, P>): Promise<void>;
  invoke(request: InvokeActionRequest<Attributes, P>): Promise<void>;
}

/** Declares an action. Throws Error where the schema breaks one of Terraform's rules. */
export function action<P>() {
  return <const A extends Attributes>(definition: ActionDefinition<A, P>): Action<P> => {
    const { plan } = definition;
    const erased: Pick<Action<P>, "validate" | "invoke"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      invoke: (request: InvokeActionRequest<A, P>) => definition.invoke(request),
    };
    const optional: Pick<Action<P>, "plan"> = plan === undefined
      ? {}
      : { plan: (request: PlanActionRequest<A, P>) => plan.call(definition, request) };
    return {
      name: definition.name,
      schema: schema("action", definition.name, definition),
      ...erased,
      ...optional,
    };
  };
}
