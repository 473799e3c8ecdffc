import type { APIError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import type { BucketKind } from "./buckets.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/** What an action gets beside its object. */
export interface ActionCall {
  /** The time of the server's clock. */
  readonly seconds: number;
  readonly parameters: JsonObject;
  readonly objects: StoredObjects;
}

/** An object of the API, as the server plays it: by its paths and a sample of its body, not by a schema. */
export interface ObjectKind {
  /** Where the objects are, below the base path; IDs of what they belong to in braces. */
  readonly path: string;
  /** A body in the API's published shape; a new object begins as a copy of it. */
  readonly sample: JsonObject;
  /** How IDs begin, or the parameter that is the ID; `otherwise` is how it begins where that is not given. */
  readonly id: { readonly prefix: string } | { readonly parameter: string; readonly otherwise?: string };
  /** The member that paths name an object by, where it is not `id`: its number among those of one parent. */
  readonly key?: string;
  /** The API's words for one that is missing, with the ID in place of `{id}`. */
  readonly missing: { readonly message: string; readonly param?: string; readonly code?: string };
  /** What a creation takes; undefined where the API creates none. */
  readonly create?: { readonly parameters: readonly string[]; readonly required?: readonly string[] };
  /** What a POST takes that creates nothing, and makes of the sample. */
  readonly query?: {
    readonly parameters: readonly string[];
    readonly required: readonly string[];
    readonly answer: (sample: JsonObject, parameters: JsonObject) => JsonObject;
  };
  /** Whether a creation is a form with a file in it. */
  readonly form?: true;
  /** Whether one that another's creation makes has nothing beside its own members. */
  readonly bare?: true;
  /** Whether content of more than 8 MiB is counted, and not kept. */
  readonly large?: true;
  /** What an update takes; undefined where the API has none. */
  readonly update?: readonly string[];
  /** Whether an update has to have all that a creation requires. */
  readonly wholeUpdate?: true;
  readonly delete?: { readonly object: string };
  /** A status that goes from the first value to the second after `readyAfterMs`. */
  readonly progress?: { readonly member: string; readonly from: string; readonly to: string };
  /** Members that a list can be filtered by, by the names of the query. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Whether a list without a filter leaves one out. */
  readonly unlisted?: (object: StoredObject) => boolean;
  /** Whether an object is one that the query of a list asks for. */
  readonly matches?: (body: Readonly<Record<string, unknown>>, query: URLSearchParams) => boolean;
  /** It is counted in buckets of time, and nothing is stored. */
  readonly buckets?: BucketKind;
  /** Whether lists come whole, without `has_more` and cursors. */
  readonly single?: true;
  /** `next`: a list's page names the cursor of the next one, which is no ID. Unset means the last item's ID. */
  readonly cursors?: "next";
  /** Whether there is one below each parent, at the path itself: `update` says what a POST takes, `delete` resets it. */
  readonly singleton?: true;
  /** Whether `POST …/archive` takes the place of a deletion: the object stays, and lists have it when asked. */
  readonly archive?: { readonly include: string };
  /** Of a singleton: it is not there before a POST, which has to have these members. */
  readonly unset?: { readonly required: readonly string[] };
  /** Whether an ID of a path names the object; unset means its own does. */
  readonly isNamed?: (object: StoredObject, id: string) => boolean;
  /** Whether the list alone has it: there is no GET of one. */
  readonly listOnly?: true;
  /** Members of the body, by the parameters that set them, where the names differ. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What a POST to a step of the path does with the objects there. */
  readonly steps?: Readonly<
    Record<string, (visible: readonly StoredObject[], call: ActionCall) => JsonObject | APIError>
  >;
  /** What a read of one shows, by its query. */
  readonly shows?: (object: StoredObject, query: URLSearchParams) => Readonly<Record<string, unknown>>;
  /** What else an update changes. */
  readonly changed?: (object: Record<string, unknown>, call: ActionCall) => void;
  /** What an update answers with, in place of the object. */
  readonly updated?: (object: Readonly<Record<string, unknown>>) => JsonObject;
  /** Why one cannot be deleted now. */
  readonly refusesDeletion?: (object: StoredObject) => APIError | undefined;
  /** Whether the answer to a deletion has no `deleted`. */
  readonly bareDeletion?: true;
  /** What a creation answers with, in place of the object. */
  readonly answers?: (
    object: Readonly<Record<string, unknown>>,
    route: Readonly<Record<string, string>>,
  ) => JsonObject;
  /** Where what it belongs to is, where the path does not say: `organization/projects` of `projects/{project_id}/roles`. */
  readonly above?: string;
  /** What happens when the status has gone forward. */
  readonly finished?: (object: StoredObject, objects: StoredObjects) => void;
  /** What a POST to a step below an object does: changes it, or refuses. What it returns is the answer, else the object. */
  readonly actions?: Readonly<
    Record<string, (object: StoredObject, call: ActionCall) => APIError | JsonObject | undefined>
  >;
  /** IDs may have slashes. */
  readonly slashes?: true;
  /** What else a creation makes. */
  readonly makes?: (object: Readonly<Record<string, unknown>>, parameters: JsonObject) => readonly Made[];
  /** What an object gets beyond its parameters when it is created. */
  readonly created?: (
    object: Record<string, unknown>,
    parameters: JsonObject,
    above: StoredObject | undefined,
    objects: StoredObjects,
    content: Buffer | undefined,
  ) => void;
  /** What a creation is refused for beyond its parameters. */
  readonly refuses?: (parameters: JsonObject, objects: StoredObjects) => APIError | undefined;
}

/** An object that the creation of another one makes: where, in what, and with which members. */
export interface Made {
  readonly path: string;
  readonly parents: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;
}
