import type { Path } from "../cty/index.ts";
import type { Attribute, Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { Diagnostic, Diagnostics } from "./diagnostic.ts";
import { type IdentityDefinition, type IdentitySchema, identitySchema } from "./identity.ts";
import type { Config, MaybeUnknownConfig, Plan, PlannedComputed, State } from "./kind.ts";
import type { Logger } from "./log.ts";
import type { PrivateState } from "./private-state.ts";
import { type Schema, schema } from "./schema.ts";
import {
  checkMovers,
  checkUpgraders,
  type RawUpgrader,
  type StateMover,
  type StateUpgrader,
  type TypedUpgrader,
} from "./state-conversion.ts";

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
  /** The arguments as planned; write-only ones are null, and so are those that the provider computes. */
  readonly plan: Config<A>;
  /** What is planned for computed attributes: unknown where this operation is to compute them. */
  readonly computed: PlannedComputed<A>;
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

/** What a resource's `read` gets. */
export interface RefreshRequest<A extends Attributes, P> extends StateRequest<A, P> {
  /** As `limit` of a data source's read. */
  limit(ms: number, exceeded: Diagnostic): void;
}

export interface ImportRequest<P> extends OperationRequest<P> {
  /** What the practitioner names the object by. Of an identity, its values with `/` between them. */
  readonly id: string;
  /** The identity that an import block gives in place of an ID. Attributes that it may leave out may be null. */
  readonly identity: { readonly [name: string]: unknown } | undefined;
}

/** What `modifyPlan` gets: the plan of a creation or an update, after the attributes' own modifiers. */
export interface ModifyPlanRequest<A extends Attributes, P> extends Omit<OperationRequest<P>, "private"> {
  /** The arguments as written, write-only ones included; may be unknown. */
  readonly config: MaybeUnknownConfig<A>;
  /** Every attribute as planned so far; computed ones without a value are unknown if anything changes. */
  readonly plan: Plan<A>;
  /** Null: there is no object yet. */
  readonly state: State<A> | null;
  readonly private: Pick<PrivateState, "get" | "imported">;
}

export interface PlanModification<A extends Attributes> {
  /** Planned values that replace those of the request. */
  readonly plan?: Partial<Plan<A>>;
  /** The attributes, or parts of them, whose change needs another object. */
  readonly requiresReplace?: readonly (Path | (keyof A & string))[];
}

/**
 * What an import or a move knows of an object. Missing attributes are null, required arguments too, until a
 * read or an update fills them in.
 */
export type ImportedState<A extends Attributes> = { readonly [N in keyof A]?: State<A>[N] | null };

/** What a resource's author declares; what the protocol demands besides is the framework's. */
export interface ResourceDefinition<A extends Attributes, P> {
  /** The whole name: `openai_chat_completion`. */
  readonly name: string;
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("messages", "messages_wo")`. */
  readonly configValidators?: readonly ConfigValidator[];
  /** What identifies the object, where Terraform is to keep that: for imports and lists. */
  readonly identity?: IdentityDefinition<A>;
  /** The version of the schema, 0 if left out. A change of what the state contains raises it. */
  readonly version?: number;
  /** Converts the states of older versions, by their version, each to the current one. */
  readonly upgradeState?: {
    readonly [version: number]: TypedUpgrader<State<A>> | RawUpgrader<ImportedState<A>>;
  };
  /** Converts the states of other types of resources, for `moved` blocks. */
  readonly moveState?: readonly StateMover<ImportedState<A>>[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /**
   * Plans what an attribute's modifiers cannot: what depends on several attributes or on something outside of
   * the configuration, such as a file's content. Runs for every plan but that of a destruction, also when
   * nothing changes, and may run twice for one plan. Errors in `diagnostics` fail the plan.
   */
  modifyPlan?(
    request: ModifyPlanRequest<A, P>,
  ): PlanModification<A> | Diagnostics | undefined | Promise<PlanModification<A> | Diagnostics | undefined>;
  /** Adds warnings to a plan that destroys the object, or errors, which fail it. A replacement is none. */
  planDestroy?(request: { state: State<A>; diagnostics: Diagnostics }): void;
  /** Makes the object. Returns its state, arguments as planned, or diagnostics with an error. */
  create(request: CreateRequest<A, P>): Promise<State<A> | Diagnostics>;
  /** Returns the object as it is now; null if it is gone. */
  read(request: RefreshRequest<A, P>): Promise<State<A> | Diagnostics | null>;
  /** Left out where every argument has `requiresReplace()`. */
  update?(request: UpdateRequest<A, P>): Promise<State<A> | Diagnostics>;
  /** Deletes the object. One that is gone already is no error. */
  delete(request: StateRequest<A, P>): Promise<void>;
  /** Finds an object by its ID, and returns what is known of it; a read follows. Absent: no import. */
  import?(request: ImportRequest<P>): Promise<ImportedState<A> | Diagnostics>;
}

/** A resource as the framework serves it: its attributes' types are gone. */
export interface Resource<P = never> {
  readonly name: string;
  readonly schema: Schema;
  readonly identity: IdentitySchema | undefined;
  readonly importable: boolean;
  readonly upgradeState: ReadonlyMap<number, StateUpgrader>;
  readonly moveState: readonly StateMover[];
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  modifyPlan?(
    request: ModifyPlanRequest<Attributes, P>,
  ): ReturnType<NonNullable<ResourceDefinition<Attributes, P>["modifyPlan"]>>;
  planDestroy?(request: { state: State<Attributes>; diagnostics: Diagnostics }): void;
  create(request: CreateRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
  read(request: RefreshRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics | null>;
  update?(request: UpdateRequest<Attributes, P>): Promise<State<Attributes> | Diagnostics>;
  delete(request: StateRequest<Attributes, P>): Promise<void>;
  import(request: ImportRequest<P>): Promise<ImportedState<Attributes> | Diagnostics>;
}

/**
 * Declares a resource. The types of plan, configuration and state follow from `attributes`. Throws Error
 * where the schema breaks one of Terraform's rules, or where an argument could change that neither `update`
 * nor a replacement would handle.
 */
export function resource<P>() {
  return <const A extends Attributes>(definition: ResourceDefinition<A, P>): Resource<P> => {
    const checked = schema("resource", definition.name, definition);
    if (definition.update === undefined) checkReplacing(definition.name, definition.attributes);
    const { upgradeState = {}, moveState = [] } = definition;
    checkUpgraders(definition.name, checked.version, Object.keys(upgradeState).map(Number));
    checkMovers(definition.name, moveState);
    const { modifyPlan, planDestroy, update, identity } = definition;
    // Method syntax makes parameters bivariant: the framework calls these with objects that it has
    // built and checked from this very schema.
    const erased: Pick<Resource<P>, "validate" | "create" | "read" | "delete" | "import"> = {
      validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
        definition.validate?.(request),
      create: (request: CreateRequest<A, P>) => definition.create(request),
      read: (request: RefreshRequest<A, P>) => definition.read(request),
      delete: (request: StateRequest<A, P>) => definition.delete(request),
      import: (request) =>
        definition.import?.(request) ?? Promise.resolve(cannotImport(definition.name, request)),
    };
    const optional: Pick<Resource<P>, "modifyPlan" | "planDestroy" | "update"> = {
      ...(planDestroy === undefined
        ? {}
        : {
            planDestroy: (request: { state: State<A>; diagnostics: Diagnostics }) =>
              planDestroy.call(definition, request),
          }),
      ...(modifyPlan === undefined
        ? {}
        : { modifyPlan: (request: ModifyPlanRequest<A, P>) => modifyPlan.call(definition, request) }),
      ...(update === undefined
        ? {}
        : { update: (request: UpdateRequest<A, P>) => update.call(definition, request) }),
    };
    return {
      name: definition.name,
      schema: checked,
      identity:
        identity === undefined ? undefined : identitySchema(definition.name, identity, definition.attributes),
      importable: definition.import !== undefined,
      upgradeState: new Map(Object.entries(upgradeState).map(([version, one]) => [Number(version), one])),
      moveState,
      ...erased,
      ...optional,
    };
  };
}

/** Without `update`, each argument that Terraform can see a change of must replace the object. */
function checkReplacing(name: string, attributes: Attributes): void {
  for (const [argument, attribute] of Object.entries(attributes)) {
    if (attribute.mode === "computed" || attribute.writeOnly || alwaysReplaces(attribute)) continue;
    throw new Error(
      `Invalid schema of resource ${name}: ${argument}: there is no update, and a change of it does not replace the object.`,
    );
  }
}

function alwaysReplaces({ planModifiers }: Attribute): boolean {
  return planModifiers.some((modifier) => modifier.alwaysReplaces === true);
}

function cannotImport(name: string, { diagnostics }: { diagnostics: Diagnostics }): Diagnostics {
  return diagnostics.addError("Resource cannot be imported", `There is no way to import ${name}.`);
}
