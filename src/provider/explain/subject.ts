import { Path } from "../../framework/index.ts";
import { withArticle } from "../api/object-names.ts";
import type { Access } from "../openai-provider.ts";

/** What Terraform was doing, by the name of its time in `timeouts`. */
export type Operation = "read" | "open" | "create" | "update" | "delete";

/** What an object of the API is called in messages, and what can be said of it alone. */
export interface Topic {
  /** Within a sentence: `vector store`. */
  readonly noun: string;
  /** Of many: `vector stores`. */
  readonly plural: string;
  /** What one has below it, where that is listed: `messages`. */
  readonly below?: string;
  /** At the beginning of a title: `Vector store`. */
  readonly title: string;
  /** Where the API has them: `/vector_stores`. */
  readonly path: string;
  /** The data source that lists all. */
  readonly listed?: string;
  /** The argument of a data source that names one; unset means `id`. */
  readonly idArgument?: string;
  /** Causes of a 404 beside those that all objects share; `reads` is false for a resource. */
  readonly missing: (reads: boolean) => readonly string[];
  /** How to find one whose creation may have been carried out, though no answer came. */
  readonly lost: string;
  /** The argument that has what a model is to answer: `messages`. */
  readonly prompt?: string;
  /** What to do with the one whose ID such an answer began with, after a colon; unset means an import. */
  readonly named?: string;
}

/** What a failed request was about, for the words of its message. */
export interface Subject {
  readonly access: Access;
  readonly topic: Topic;
  /** Which object. Unset where there is none: for lists of all, and before one is created. */
  readonly id?: string | undefined;
  /** Whether many were asked for: all, or those of the object `id`. */
  readonly list?: boolean;
  /** Milliseconds that a 404 was waited for. */
  readonly waitMs?: number;
  /** Unset means `read`. */
  readonly operation?: Operation;
  /** Whose arguments a message may point at; unset means a data source. */
  readonly object?: "data source" | "ephemeral resource" | "resource";
  /** Sentences on IDs that may be none, for what is not found. */
  readonly hints?: () => readonly string[];
  /** The argument that a `param` of the API's errors stands for; undefined where none does. */
  readonly argument?: (param: string) => Path | undefined;
  /** The argument whose value the API's words quote first; undefined where they quote none. */
  readonly quoted?: (words: string) => { readonly name: string; readonly value: string } | undefined;
}

export function operationOf({ operation = "read" }: Subject): Operation {
  return operation;
}

const nouns: Readonly<Record<Operation, string>> = {
  read: "read",
  open: "opening",
  create: "creation",
  update: "update",
  delete: "deletion",
};

/** The operation as a noun within a sentence: `read`, `creation`. */
export function operationNoun(subject: Subject): string {
  return nouns[operationOf(subject)];
}

/** The operation as a noun that begins a title. */
export function operationTitle(subject: Subject): string {
  const noun = operationNoun(subject);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** The request in words, after "the request": `for "vs_1"`, `to create a vector store`. */
export function requestWords(subject: Subject): string {
  const { topic, id, list } = subject;
  if (list === true) {
    return id === undefined
      ? `for the list of ${topic.plural}`
      : `for the ${topic.below ?? topic.plural} of ${JSON.stringify(id)}`;
  }
  if (id === undefined) return `to ${operationOf(subject)} ${withArticle(topic.noun)}`;
  const operation = operationOf(subject);
  return operation === "update" || operation === "delete"
    ? `to ${operation} ${JSON.stringify(id)}`
    : `for ${JSON.stringify(id)}`;
}

/** The argument that names the object; a resource has none. */
export function idPath({ topic, id, object }: Subject): { readonly path?: Path } {
  if (id === undefined || object === "resource") return {};
  return { path: Path.root.atName(topic.idArgument ?? "id") };
}
