import type { Attributes } from "./attribute.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { Config, MaybeUnknownConfig, State } from "./kind.ts";
import type { Logger } from "./log.ts";
import type { PrivateState } from "./private-state.ts";
import { type Schema, schema } from "./schema.ts";

/** What each operation of a resource gets. */
export interface OperationRequest<P> {
  /** What the provider's `configure` returned. */
  readonly provider: P;
  readonly private: PrivateState;
  /** Warnings beside a state, and the errors of an operation that failed. */
  readonly diagnostics: Diagnostics;
  /** Aborted when Terraform cancels the call or stops the provider. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface CreateRequest<A extends Attributes, P> extends OperationRequest<P> {
  /** The arguments as planned; write-only ones are null. */
  readonly plan: Config<A>;
  /** The arguments as written, write-only ones included. */
  readonly config: Config<A>;
  /**
   * Keeps a state for the case that the rest of the operation fails: the object then exists, tainted,
   * and is not lost.
   */
  save(state: State<A>): void;
}

export interface UpdateRequest<A extends Attributes, P> extends CreateRequest<A, P> {
  /** The state before. */
  readonly state: State<A>;
}

export interface StateRequest<A extends Attributes, P> extends OperationRequest<P> {
  readonly state: State<A>;
}

export interface ImportRequest<P> extends OperationRequest<P> {
  /** What the practitioner names the object by. */
  readonly id: string;
}

/** A state in which required arguments may be null too, until an update fills them in. */
export type ImportedState<A extends Attributes> = { readonly [N in keyof A]: State<A>[N] | null };

/** What a resource's author declares; what the protocol demands besides is the framework's. */
export interface ResourceDefinition<A extends Attributes, P> {
  /** The whole name: `openai_chat_completion`. */
  readonly name: string;
  readonly description: string;
  readonly attributes: A;
  readonly version?: number;
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /** Makes the object. Returns its state, arguments as planned, or diagnostics with an error. */
  create(request: CreateRequest<A, P>): Promise<State<A> | Diagnostics>;
  /** Returns the object as it is now; null if it is gone. */
  read(request: StateRequest<A, P>): Promise<State<A> | Diagnostics | null>;
  update(request: UpdateRequest<A, P>): Promise<State<A> | Diagnostics>;
  /** Deletes the object. One that is gone already is no error. */
  delete(request: StateRequest<A, P>): Promise<void>;
  /** Finds an object by its ID. Arguments that the API does not tell are null. Absent: no import. */
  import?(request: ImportRequest<P>): Promise<ImportedState<A> | Diagnostics>;
}

/** A resource as the framework serves it: its attributes' types are gone. */
export interface Resource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  readonly importable: boolean;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  create(request: CreateRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
  read(request: StateRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics | null>;
  update(request: UpdateRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
  delete(request: StateRequest<Attributes, P>): Promise<void>;
  import(request: ImportRequest<P>): Promise<ImportedState<Attributes> | Diagnostics>;
}

/**
 * Declares a resource. The types of plan, configuration and state follow from `attributes`. Throws
 * Error where the schema breaks one of Terraform's rules.
 */
export function resource<P>() {
  return <const A extends Attributes>(definition: ResourceDefinition<A, P>): Resource<P> => {
    const checked = schema("resource", definition.name, definition);
    // Method syntax makes parameters bivariant: the framework calls these with objects that it has
    // built and checked from this very schema.
    const erased: Omit<Resource<P>, "name" | "schema" | "importable"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      create: (request: CreateRequest<A, P>) => definition.create(request),
      read: (request: StateRequest<A, P>) => definition.read(request),
      update: (request: UpdateRequest<A, P>) => definition.update(request),
      delete: (request: StateRequest<A, P>) => definition.delete(request),
      import: (request) =>
        definition.import?.(request) ?? Promise.resolve(cannotImport(definition.name, request)),
    };
    return { name: definition.name, schema: checked, importable: definition.import !== undefined, ...erased };
  };
}

function cannotImport(name: string, { diagnostics }: { diagnostics: Diagnostics }): Diagnostics {
  return diagnostics.addError("Resource cannot be imported", `There is no way to import ${name}.`);
}
