import { Path } from "../framework/index.ts";
import type { Access } from "./openai-provider.ts";

/** What Terraform was doing, by the name of its time in `timeouts`. */
export type Operation = "read" | "open" | "create" | "update" | "delete";

/** What an object of the API is called in messages. */
export interface Topic {
  /** Within a sentence: `vector store`. */
  readonly noun: string;
  readonly plural: string;
  /** At the beginning of a title: `Vector store`. */
  readonly title: string;
  /** Where the API has them: `/vector_stores`. */
  readonly path: string;
  /** Causes of a 404 beside those that all objects share. */
  readonly missing: readonly string[];
}

/** What a failed request was about, for the words of its message. */
export interface Subject {
  readonly access: Access;
  readonly topic?: Topic;
  readonly id?: string;
  readonly list?: true;
  /** What was asked for; unset means the completion itself. */
  readonly of?: "completion" | "messages" | "list";
  /** Unset where there is none: for lists, and before a completion is created. */
  readonly completionId?: string | undefined;
  /** Milliseconds that a 404 was waited for. */
  readonly waitMs?: number;
  /** Unset means `read`. */
  readonly operation?: Operation;
  /** Whose arguments a message may point at; unset means a data source. */
  readonly object?: "data source" | "ephemeral resource" | "resource";
  /** The argument that a `param` of the API's errors stands for; undefined where none does. */
  readonly argument?: (param: string) => Path | undefined;
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

/** The request in words, after "the request": `for "chatcmpl-1"`. */
export function requestWords(subject: Subject): string {
  const { of, completionId } = subject;
  if (of === "list") return "for the list of stored completions";
  if (completionId === undefined) return `to ${operationOf(subject)} a completion`;
  const id = JSON.stringify(completionId);
  if (of === "messages") return `for the messages of ${id}`;
  const operation = operationOf(subject);
  return operation === "update" || operation === "delete" ? `to ${operation} ${id}` : `for ${id}`;
}

/** The argument that names the completion; a resource has none. */
export function completionIdPath({ of, object }: Subject): { readonly path?: Path } {
  return of === "list" || object === "resource" ? {} : { path: Path.root.atName("completion_id") };
}
