import type {
  Attributes,
  ConfigValidator,
  Diagnostics,
  Logger,
  State,
  Validator,
} from "../../framework/index.ts";
import type { JsonValue, OpenAI, OperationOptions } from "../../openai/index.ts";
import type { Topic } from "../explain/subject.ts";
import type { Access } from "../openai-provider.ts";
import type { KeyName } from "../settings.ts";
import type { Body } from "./body.ts";
import type { ResourceDeclaration } from "./resource-declaration.ts";
import type { Report, Tally } from "./shape-error.ts";

export type * from "./resource-declaration.ts";

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
  /** IDs may have slashes, as those of a gateway's models: each part is a step of the path, which this checks. */
  readonly slashes?: Validator<string>;
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
  /** Whether an ID may be another name of the object, so that the answer to a read has another one. */
  readonly isAlias?: (id: string) => boolean;
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

export type Names<A extends Attributes> = readonly (keyof A & string)[];

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
