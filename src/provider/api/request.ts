import type { Attributes, Diagnostics, Logger, State } from "../../framework/index.ts";
import { type ObjectResponse, OpenAIError, type OperationOptions, pathSegment } from "../../openai/index.ts";
import { explain, type Subject } from "../explain/explain.ts";
import type { Operation } from "../explain/subject.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { anotherObject, otherId } from "./another-object.ts";
import { ElsewhereError } from "./another-organization.ts";
import { Body } from "./body.ts";
import type { ApiObject } from "./declaration.ts";
import { idHints, quotedArgument } from "./id-hints.ts";
import { queryOf } from "./list-pages.ts";
import { mapped, mappedInPieces } from "./mapped.ts";
import { Mismatches } from "./mismatches.ts";
import { objectPath, parentsOf, topicOf } from "./object-names.ts";
import { argumentPath } from "./param-path.ts";
import { findListed, notListed } from "./read-by-list.ts";
import { type Arguments, refreshedPieces } from "./refresh.ts";
import type { Report } from "./shape-error.ts";
import { readAttributePieces } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** What the framework hands to an operation, besides configuration and state. */
export interface Call {
  readonly provider: OpenAIProvider;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** What an operation on an object is about, for messages. */
export function subjectOf(of: ApiObject, access: Access, operation: Operation, values: Values): Subject {
  const id = values.id;
  return {
    access,
    topic: topicOf(of),
    operation,
    object: "resource",
    ...((operation === "create" && of.resource?.create === undefined) || typeof id !== "string"
      ? {}
      : { id }),
    hints: () => idHints(of, values),
    argument: (param) => argumentPath(param, of.attributes, values),
    quoted: (words) => quotedArgument(of, values, words),
  };
}

/** Access whose errors and log lines show nothing either of what is sensitive or write-only in these values. */
export function discreet(of: ApiObject, access: Access, values: Values): Access {
  const texts = Object.entries(of.attributes).flatMap(([name, { writeOnly, sensitive }]) =>
    writeOnly || sensitive ? textsIn(values[name]) : [],
  );
  return texts.length === 0 ? access : { ...access, openai: access.openai.withHidden(texts) };
}

/** The texts of a value. Roles and types are the API's words: hiding them would take them out of its errors. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return members.flatMap(([name, member]) => (name === "role" || name === "type" ? [] : textsIn(member)));
}

/**
 * Whether the state names an object that can be asked for. A state that was edited by hand may not: an error is
 * added then, since no request could be made.
 */
export function isNamed(of: ApiObject, state: Values, { diagnostics }: Pick<Call, "diagnostics">): boolean {
  const names = [...parentsOf(of), ...(of.singleton === true ? [] : ["id"])];
  const bad = names.find((name) => {
    const value = state[name];
    return typeof value !== "string" || !pathSegment(value).ok;
  });
  if (bad === undefined) return true;
  diagnostics.addError(
    "Invalid ID in state",
    `The state of this ${of.noun} has ${JSON.stringify(state[bad] ?? null)} for "${bad}", which is part of no URL of the API: ` +
      "it was edited, or comes from elsewhere.\n\n" +
      "Take the resource out of the state with terraform state rm, and import the object again.",
  );
  return false;
}

/**
 * Runs a piece of an operation; what the API refuses becomes an error in the practitioner's words.
 * Returns undefined then. What runs often gives its subject when it is asked.
 */
export async function explained<T>(
  { diagnostics }: Pick<Call, "diagnostics">,
  subject: Subject | (() => Subject),
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof OpenAIError)
      diagnostics.add(explain(thrown, typeof subject === "function" ? subject() : subject));
    else if (thrown instanceof ElsewhereError) diagnostics.addError(thrown.summary, thrown.detail);
    else throw thrown;
    return undefined;
  }
}

/** Whether the API says that there is no such object. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof OpenAIError && thrown.kind === "not_found";
}

/** Whether the API says that what is asked for, or what it belongs to, has expired. */
export function isExpired(thrown: unknown): boolean {
  return (
    thrown instanceof OpenAIError &&
    thrown.kind === "bad_request" &&
    /\bexpired\b/i.test(thrown.api?.message ?? "")
  );
}

/** Whether the API refuses a change of what belongs to an archived project, where nothing works any more. */
export function isBelowArchived(of: ApiObject, thrown: unknown): boolean {
  return (
    of.key === "admin" &&
    parentsOf(of).length > 0 &&
    thrown instanceof OpenAIError &&
    thrown.kind === "bad_request" &&
    /\barchived\b/i.test(thrown.api?.message ?? "")
  );
}

/**
 * Reads one object: by a GET, or through its list.
 *
 * @throws {OpenAIError} `not_found` also where the list is all there is, and does not have it; `another_object` for an
 * answer that is another one's.
 */
export async function retrieve(
  of: ApiObject,
  access: Access,
  values: Values,
  options: OperationOptions,
): Promise<ObjectResponse> {
  if (of.readByList !== undefined) {
    const listed = await findListed(of, access, values, options);
    if ("found" in listed) return listed.found;
    if (of.readByList === "only") throw notListed(of, values, listed.page);
  }
  const query = queryOf(of.readQuery ?? {}, values);
  const request = { method: "GET", path: objectPath(of, values), headers: of.headers, query } as const;
  const response = await access.openai.send(request, options);
  const other = otherId(of, values, response);
  if (other === undefined) return response;
  // What is no such object at all fails as that.
  bodyOf(of, String(values.id), response);
  throw anotherObject(of, other, response);
}

/**
 * The state after an answer. A member of another type than the API describes is null with one warning: nothing
 * else is lost for it.
 *
 * @throws {OpenAIError} for an answer that is no such object, where there is more than can be read, and where the
 * operation ends meanwhile.
 * @param known The state before, or the plan.
 * @param args What becomes of arguments that were set.
 */
export async function reported(
  of: ApiObject,
  known: Values,
  response: ObjectResponse,
  diagnostics: Diagnostics,
  args: Arguments = "compare",
): Promise<State<Attributes>> {
  const mismatches = new Mismatches();
  const answer = bodyOf(of, String(known.id), response, mismatches.of(ownError(of, response)));
  const { keeps } = of.resource ?? {};
  const state = await mappedInPieces(response, refreshedPieces(of.attributes, known, answer, args, keeps));
  mismatches.warn(diagnostics, () => answerFor(of, String(known.id)));
  return state;
}

/**
 * Attributes of an object in an answer, with the warning that `reported` gives.
 *
 * @throws {OpenAIError} as `reported`.
 */
export async function readAnswer<A extends Attributes>(
  of: ApiObject,
  attributes: A,
  id: string,
  response: ObjectResponse,
  diagnostics: Diagnostics,
): Promise<State<A>> {
  const mismatches = new Mismatches();
  const body = bodyOf(of, id, response, mismatches.of(ownError(of, response)));
  const read = await mappedInPieces(response, readAttributePieces(attributes, body));
  mismatches.warn(diagnostics, () => answerFor(of, id));
  return read;
}

/**
 * What is read of an answer.
 *
 * @throws {OpenAIError} for one that is no such object.
 */
export function bodyOf(of: ApiObject, id: string, response: ObjectResponse, report: Report = () => {}): Body {
  return mapped(
    response,
    () =>
      of.body?.(response.body, { report, id }) ??
      new Body(response.body, "", report, undefined, () => response.text.trim()),
  );
}

/** The answer, without the error in it where an attribute has that. */
export function ownError({ attributes }: ApiObject, response: ObjectResponse): ObjectResponse {
  return Object.hasOwn(attributes, "error") ? { ...response, api: undefined } : response;
}

function answerFor({ noun }: ApiObject, id: string): string {
  return `The answer for the ${noun} ${JSON.stringify(id)}`;
}

/** The attributes that are members of an object: not what is part of its path. */
export function memberAttributes(of: ApiObject): Attributes {
  const parents = [...parentsOf(of), ...(of.resource?.create === "adopt" ? [of.idArgument ?? ""] : [])];
  return Object.fromEntries(Object.entries(of.attributes).filter(([name]) => !parents.includes(name)));
}
