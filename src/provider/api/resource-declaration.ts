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
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { MoreRequest, Names, Stored } from "./declaration.ts";
import type { ForeignValues } from "./foreign-state.ts";

/** What the resource of an object is, beside the object. */
export interface ResourceDeclaration<A extends Attributes> {
  readonly description: string;
  /**
   * How one comes to be, where it is not by a POST to its path. `adopt`: it is there, `idArgument` names it, and its
   * arguments are set. `import`: it is there, and an import alone brings it into state.
   */
  readonly create?: "adopt" | "import";
  /** Beside `create: "import"`: a sentence on what makes one that does not exist. */
  readonly madeBy?: string;
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
  /**
   * The attribute that has when it was created, of one whose path follows from its arguments: what was created anew since
   * is not this one's to remove.
   */
  readonly addedAt?: keyof A & string;
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
  made?(listed: Stored<A>, sent: Partial<State<A>>): boolean;
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
  /** Sends a request to a path, and again while the API may only not show yet what was created there. */
  onceVisible<T>(path: readonly string[], send: (options: OperationOptions) => Promise<T>): Promise<T>;
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
