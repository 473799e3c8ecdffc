import type {
  Attributes,
  Config,
  ConfigValidator,
  Diagnostics,
  Logger,
  MaybeUnknownConfig,
  ModifyPlanRequest,
  PlanModification,
  PlannedComputed,
  PrivateState,
  State,
} from "../../framework/index.ts";
import type {
  FormField,
  JsonObject,
  JsonValue,
  ObjectResponse,
  OpenAI,
  OperationOptions,
} from "../../openai/index.ts";
import type { Topic } from "../explain/subject.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { KeyName } from "../settings.ts";
import type { Body } from "./body.ts";
import type { ForeignValues } from "./foreign-state.ts";
import type { Report, Tally } from "./shape-error.ts";

/**
 * An object of OpenAI's API. Its resource and data sources, messages, import and documentation follow from
 * this declaration; `objects/` has one file for each.
 */
export interface ApiObject<A extends Attributes = Attributes> {
  /** The whole name: `openai_vector_store`. Its plural names the data source that lists it. */
  readonly name: string;
  /** Within a sentence: `vector store`. */
  readonly noun: string;
  /** What the name and the noun end with for many; unset means `s`. */
  readonly pluralEnding?: string;
  /** The heading under which the documentation lists it. */
  readonly subcategory: string;
  /**
   * Where the objects are: `vector_stores`, or `vector_stores/{vector_store_id}/files`. Names in braces are
   * required arguments, and come before the ID in an import.
   */
  readonly path: string;
  /** What an ID looks like, for messages and documentation: `vs_abc123`. */
  readonly id: string;
  /** The argument that the ID is, where the practitioner chooses it: the `file_id` of a vector store's file. */
  readonly idArgument?: keyof A & string;
  /** An attribute that repeats the ID: the `project_id` of a project. */
  readonly idAlias?: keyof A & string;
  /**
   * There is one: of each of what its path names, or of the organization. Its path ends without an ID, a POST creates
   * and changes it, and an import names it by what it belongs to.
   */
  readonly singleton?: true;
  /**
   * It relates two objects that are there. A creation answers with both, the object itself as the member `answer`, if at
   * all. `idArgument` is kept as it was written: the API may report another ID for the same, of which `plain` makes one
   * that it takes, too.
   */
  readonly association?: Association;
  /**
   * Reads find it in its list, which many reads of one run share. `only`: the API has no other read. `first`: what the
   * list does not have is asked for by itself, before it counts as gone.
   */
  readonly readByList?: "only" | "first";
  /** The member of an answer that names the object in paths, where it is not `id`: a skill's `version`. */
  readonly idMember?: string;
  /** The key that it is asked with: `admin` for what belongs to the organization; unset means the project's. */
  readonly key?: KeyName;
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Why one may be missing, beside what all objects share: it was deleted, or belongs to another project. */
  readonly missing?: readonly string[];
  /** What is read of a body; unset means all of it. Throws ShapeError for one that is no such object. */
  readonly body?: (value: JsonValue, reading: Reading) => Body;
  /** What messages say otherwise than the rest of this says it. */
  readonly topic?: Partial<Topic>;
  /** Whether data sources have the whole answer as JSON text, `response_json`. */
  readonly responseJson?: true;
  /** Arguments that the query of each read has: `include`. */
  readonly readQuery?: Attributes;
  /** Everything that the API takes and reports, but `id`. The objects add `timeouts` and `api_key`. */
  readonly attributes: A;
  /** Members of the API's types that are no attribute, and why; checked at compile time. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Reads what the object's own answer does not have. Called after every answer but a list's. */
  more?(request: MoreRequest<A>): Promise<Partial<State<A>>>;
  readonly resource?: ResourceDeclaration<A>;
  readonly dataSource?: DataSourceDeclaration<A>;
  readonly ephemeral?: DataSourceDeclaration<A>;
  readonly list?: ListDeclaration<A>;
  readonly content?: ContentDeclaration;
  readonly query?: QueryDeclaration;
}

export interface Association {
  readonly answer?: string;
  readonly plain?: (id: string) => string;
  /**
   * It is made and removed by POSTs of a list of IDs to steps of its path, which answer with a list: `activate` and
   * `deactivate`, with `certificate_ids`.
   */
  readonly steps?: { readonly make: string; readonly remove: string; readonly ids: string };
}

/** How a body is read. */
export interface Reading {
  /** Where in the answer it stands; unset means that it is the answer. */
  readonly path?: string;
  /** Gets what is of another type; unset means that nothing may be. */
  readonly report?: Report;
  /** Counts what is read of all pages of a list; unset means that this is all. */
  readonly tally?: Tally;
  /** The ID that was asked for. */
  readonly id?: string;
}

/** The state of what is there. */
export type Stored<A extends Attributes> = State<A> & { readonly id: string };

export interface MoreRequest<A extends Attributes> {
  readonly openai: OpenAI;
  readonly access: Access;
  /** What is known so far, with the ID. */
  readonly state: Stored<A>;
  /** Whether arguments are wanted, too, which an import does not know. */
  readonly imported: boolean;
  readonly options: () => OperationOptions & { readonly timeoutMs: number };
  /** After an error in its diagnostics the values count for nothing. */
  readonly call: MoreCall;
}

/** What the framework hands to the operation. */
export interface MoreCall {
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

type Names<A extends Attributes> = readonly (keyof A & string)[];

/** What the resource of an object is, beside the object. */
export interface ResourceDeclaration<A extends Attributes> {
  readonly description: string;
  /**
   * How one comes to be, where it is not by a POST to its path. `adopt`: it is there, `idArgument` names it, and its
   * arguments are set. `import`: it is there, and an import alone brings it into state.
   */
  readonly create?: "adopt" | "import";
  /** Attributes that only data sources have. */
  readonly leaveOut?: Names<A>;
  /** Arguments that an import ID may end with, after the ID, which the API does not report. */
  readonly importArguments?: Names<A>;
  /** Whether an update sends all arguments: the API wants them with what changes. */
  readonly updatesWhole?: true;
  /** Whether the answer of an update is the object as it is now, and no read has to follow. */
  readonly answersUpdate?: true;
  /** Arguments that are changed in place. Every other one replaces the object. */
  readonly update?: Names<A>;
  /** Computed attributes that change by themselves. All others keep their state in a plan. */
  readonly volatile?: Names<A>;
  /** What a creation waits for. */
  readonly ready?: Readiness<A>;
  /** What becomes of the state where the object has ended, for objects that end by themselves; unset means that it goes. */
  readonly absent?: Absence<A>;
  /**
   * How the object is removed: `DELETE`, a POST below it, or not at all: it leaves the state alone. An answer that is
   * kept is deleted after the POST, too.
   */
  readonly gone?: "delete" | "forget" | Stop<A> | Detach<A> | Reset;
  /** Values with which the API refuses to delete one: it then leaves the state with a warning. */
  readonly settled?: Settled<A>;
  /** Whether it may be changed or removed, asked before that is sent. False, with an error added: it is not. */
  mayChange?(request: ChangeRequest<A>): Promise<boolean>;
  /** What a plan says that removes one, or replaces it, where that is more or less than its name says. */
  readonly removal?: { readonly title: string; readonly detail: string };
  /**
   * What is paid for: `the requests of a batch`. A plan that creates one says so, and nothing that fails after its
   * creation makes the next apply create another.
   */
  readonly paid?: string;
  /** The API cannot read one: the state stays as the creation left it, and there is no import. */
  readonly unreadable?: true;
  /** An answer that is kept for a time. It stays in state where the API has it no more: a new one would be another. */
  readonly keeps?: Keeps<A>;
  /** Members that each creation sends, beside what the arguments say. */
  readonly always?: Readonly<Record<string, JsonValue>>;
  /**
   * What the states of other providers' types have of attributes that have another form here, and not only another
   * name; see `foreign-types.ts`.
   */
  readonly foreignValues?: ForeignValues;
  /** Checks that relate arguments to each other. */
  readonly configValidators?: readonly ConfigValidator[];
  /** Checks arguments against each other. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /** Plans what depends on something outside of the configuration, such as a file's content. */
  modifyPlan?(request: ModifyPlanRequest<A, OpenAIProvider>): Promise<PlanModification<A> | undefined>;
  /** What a creation sends as a form in place of JSON. Undefined, with an error added: nothing is sent. */
  form?(request: FormRequest<A>): Promise<Form<A> | undefined>;
  /**
   * Makes what a creation refers to, such as an upload, and returns the arguments that name it. Undefined, with an
   * error added: nothing is created.
   */
  prepare?(request: PrepareRequest<A>): Promise<Partial<State<A>> | undefined>;
  /** Where that is, so that it goes with the object, or with a creation that is refused. */
  prepared?(state: Partial<State<A>>): readonly (readonly string[])[];
  /**
   * What of the state the answer to a creation alone has: a key's value. Undefined, with an error added: it cannot be
   * kept. The object stays in state then, tainted.
   */
  fromCreation?(request: FromCreationRequest<A>): Promise<Partial<State<A>> | undefined>;
  /**
   * What a creation and an update do once the object is there and saved. Undefined, with an error added: the state is what
   * was saved last.
   */
  complete?(request: CompleteRequest<A>): Promise<Stored<A> | undefined>;
  /** What a refresh finds out besides, of an object that is there. */
  refresh?(request: RefreshRequest<A>): Promise<Partial<State<A>>>;
  /** Whether an object of the list has been made by a creation with these arguments, whose answer was lost. */
  made?(listed: State<A>, sent: Partial<State<A>>): boolean;
}

export interface FromCreationRequest<A extends Attributes> {
  readonly body: JsonObject;
  readonly id: string;
  readonly plan: Config<A>;
  readonly diagnostics: Diagnostics;
}

export interface RefreshRequest<A extends Attributes> {
  readonly access: Access;
  readonly state: Stored<A>;
  readonly private: PrivateState;
  readonly diagnostics: Diagnostics;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface CompleteRequest<A extends Attributes> {
  readonly openai: OpenAI;
  readonly access: Access;
  readonly plan: Config<A>;
  /** The state before an update; null for a creation. */
  readonly before: State<A> | null;
  /** The state now: computed attributes that only this can know have the values of before. */
  readonly state: Stored<A>;
  save(state: State<A>): void;
  readonly private: PrivateState;
  readonly diagnostics: Diagnostics;
  readonly options: () => OperationOptions;
}

/** An answer that was paid for, and that OpenAI keeps for 30 days. Its `on_expiry` says what to do then. */
export interface Keeps<A extends Attributes> {
  /** Within a sentence: `response`. */
  readonly noun: string;
  /** The timestamp of its creation. */
  readonly created: keyof A & string;
  /** The arguments that the API can change. A read shows what somebody else has changed of these alone. */
  readonly changes?: Names<A>;
  /** Whether reads leave out parts of what its creation answered: these stay as they were, within values too. */
  readonly partial?: true;
  /** The attribute that has the ID of the request that created it, where the API reports it by a header alone. */
  readonly requestId?: keyof A & string;
  /** Whether reads may have one for a while after its deletion, which is waited for. */
  readonly lingers?: true;
  /** What the state of one does not have that was never read, in a sentence. */
  readonly lacking?: string;
}

/** Values of an attribute with which something is over. */
export interface Settled<A extends Attributes = Attributes> {
  readonly attribute: keyof A & string;
  readonly values: readonly string[];
}

export interface ChangeRequest<A extends Attributes> {
  readonly openai: OpenAI;
  readonly provider: Pick<OpenAIProvider, "usesKey">;
  readonly state: Stored<A>;
  /** The arguments as planned; null: it is removed. */
  readonly plan: Config<A> | null;
  readonly diagnostics: Diagnostics;
  readonly options: () => OperationOptions;
}

/** Removal of what cannot be deleted: what it was before. */
export interface Reset {
  /** The body of a POST. */
  readonly set: Readonly<Record<string, JsonValue>>;
}

/** A POST that ends what an object does. */
export interface Stop<A extends Attributes> {
  /** The last step of the path: `cancel`. */
  readonly post: string;
  /** The only values of an attribute with which there is something to end; unset means always. */
  readonly while?: { readonly attribute: keyof A & string; readonly values: readonly string[] };
  /** Whether `while` is only asked about where the POST is refused, which saves a read. */
  readonly unasked?: true;
}

export interface PrepareRequest<A extends Attributes> {
  readonly plan: Config<A>;
  readonly access: Access;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

export interface FormRequest<A extends Attributes> {
  readonly plan: Config<A>;
  /** With write-only arguments. */
  readonly config: Config<A>;
  /** Computed values as they were planned. */
  readonly planned: PlannedComputed<A>;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

export interface Form<A extends Attributes> {
  /** Unset: the arguments are sent as JSON. */
  readonly fields?: readonly FormField[];
  /** Creates the object in another way than by one POST of the fields, with the answer that this would have. */
  send?(request: SendRequest): Promise<ObjectResponse>;
  /** What of the state follows from what is sent. */
  readonly state: Partial<State<A>>;
}

/** Removal of what an object made elsewhere, where the API cannot delete the object itself. */
export interface Detach<A extends Attributes> {
  /** Values with which it still works, and is cancelled first. */
  readonly cancelWhile?: { readonly attribute: keyof A & string; readonly values: readonly string[] };
  /** The paths of what is deleted. */
  each(state: State<A>): readonly (readonly string[])[];
}

/** An object that ends by itself, such as a container that expires. */
export interface Absence<A extends Attributes> {
  /** Whether one that the API still has has ended; unset means that the API has none then. */
  is?(state: State<A>): boolean;
  /**
   * What changes in the state, which stays; null where it goes, and the next apply creates another one. Unset: it
   * always goes.
   */
  state?(request: MoreRequest<A>): Promise<Partial<State<A>> | null>;
}

/** What sends more than one request needs. */
export interface SendRequest {
  readonly access: Access;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface Readiness<A extends Attributes> {
  readonly attribute: keyof A & string;
  /** Values with which the wait goes on. */
  readonly pending: readonly string[];
  /** Values that are a failure; the object is kept, and created anew by the next apply. */
  readonly failed?: readonly string[];
  /** The attribute in which the API says why it failed, or ended without success; of several, the first that says it. */
  readonly reason?: (keyof A & string) | Names<A>;
  /** Values that end the wait, but are no success: the object is kept, with a warning. */
  readonly ended?: readonly string[];
  /** The argument that asks for the wait, where it is not done unasked. */
  readonly when?: keyof A & string;
  /** The time for the wait, where `timeouts` has none and the usual one is too short: `24h`. */
  readonly within?: string;
  /** Adds warnings of what is ready, and yet not as it should be. */
  check?(state: Stored<A>, diagnostics: Diagnostics): void;
}

export interface DataSourceDeclaration<A extends Attributes> {
  readonly description: string;
  /** The argument that names the object; unset means `id`. With one, `id` is computed. */
  readonly argument?: keyof A & string;
  /** Attributes that a read does not have. */
  readonly leaveOut?: Names<A>;
}

/** The data source that lists all objects. */
export interface ListDeclaration<A extends Attributes> {
  /** The whole name of the data source; unset means the plural of the object's. */
  readonly name?: string;
  readonly description: string;
  readonly leaveOut?: Names<A>;
  /** The attribute that has the list; unset means the data source's name without the provider's. */
  readonly attribute?: string;
  /** What elements call an attribute otherwise: the `name` of a role, for `role_name`. */
  readonly rename?: { readonly [N in keyof A & string]?: string };
  /** The attribute that a practitioner recognises one by; unset means the ID. */
  readonly displayName?: keyof A & string;
  /** Arguments that are sent in the query. */
  readonly filters?: Attributes;
  /** Filters with which the API leaves none out: reads look there. */
  readonly whole?: Readonly<Record<string, string>>;
  /** `cursor`: pages that follow the last item's ID. `single`: the API sends all at once. Or pages with tokens. */
  readonly pages?: "cursor" | "single" | TokenPages;
  /** Whether the items have IDs; unset means that they do. */
  readonly ids?: false;
  /** Whether the API takes `order`; unset means that it does. */
  readonly order?: boolean;
  /** Whether there are `after`, the ID before the first, and `has_more`. */
  readonly cursor?: true;
  /** What the data source's ID is a hash of, beside where it reads; unset means all arguments. */
  readonly identity?: (config: { readonly [name: string]: unknown }) => readonly string[];
}

/** Pages that each name the next one: the query asks for it with the argument `token`. */
export interface TokenPages {
  readonly token: string;
  /** The most items that the API puts on one page, for these arguments. */
  size(config: { readonly [name: string]: unknown }): number;
}

/** The data source that reads what `GET` of `…/{id}/content` has, which need not be JSON. */
export interface ContentDeclaration {
  readonly description: string;
  /** The argument that names the object: `file_id`. */
  readonly idArgument: string;
}

/** The data source that asks with a POST, which creates nothing. Attributes that are not computed are sent. */
export interface QueryDeclaration {
  readonly description: string;
  /** The noun of what is asked, which the path's first argument names: `vector store`. */
  readonly about: string;
  readonly configValidators?: readonly ConfigValidator[];
}
