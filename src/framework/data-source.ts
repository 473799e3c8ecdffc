import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { Diagnostic, Diagnostics } from "./diagnostic.ts";
import type { Config, MaybeUnknownConfig, State } from "./kind.ts";
import type { Logger } from "./log.ts";
import { type Schema, schema } from "./schema.ts";

/** What a data source's author declares; see `dataSource`. */
export interface DataSourceDefinition<A extends Attributes, P> {
  /** The whole name: `openai_chat_completion`. */
  readonly name: string;
  /** Markdown; the first sentence is the page's subtitle. */
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("id", "name")`. */
  readonly configValidators?: readonly ConfigValidator[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /**
   * Reads the object. Returns its whole state, arguments unchanged, or the diagnostics with an
   * error added. Warnings may be added to `diagnostics` beside a state.
   */
  read(request: ReadRequest<A, P>): Promise<State<A> | Diagnostics>;
}

export interface ReadRequest<A extends Attributes, P> {
  readonly config: Config<A>;
  /** What the provider's `configure` returned. */
  readonly provider: P;
  readonly diagnostics: Diagnostics;
  /** Aborted when Terraform cancels the call or stops the provider. */
  readonly signal: AbortSignal;
  /**
   * Says how long the call may take from its beginning, with what the framework does of a long result, and what to
   * report where that is exceeded.
   */
  limit(ms: number, exceeded: Diagnostic): void;
  readonly log: Logger;
}

/** A data source as the framework serves it: its attributes' types are gone. */
export interface DataSource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  read(request: ReadRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
}

/**
 * Declares a data source. The types of `config` and of the state follow from `attributes`.
 * Throws Error where the schema breaks one of Terraform's rules.
 */
export function dataSource<P>() {
  return <const A extends Attributes>(definition: DataSourceDefinition<A, P>): DataSource<P> => {
    const checked = schema("data source", definition.name, definition);
    // Method syntax makes parameters bivariant: the framework calls both with objects that it has
    // built and checked from this very schema.
    const erased: Pick<DataSource<P>, "validate" | "read"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      read: (request: ReadRequest<A, P>) => definition.read(request),
    };
    return { name: definition.name, schema: checked, ...erased };
  };
}
