import type { JsonObject } from "../../openai/index.ts";
import type { Topic } from "../explain/subject.ts";
import type { ApiObject } from "./declaration.ts";

/* What follows from the names in a declaration: paths, plurals, and the words of messages. */

/** The name of what there are many of: `openai_vector_stores`. */
export function pluralName(of: Pick<ApiObject, "name" | "pluralEnding" | "list">): string {
  return of.list?.name ?? `${of.name}${of.pluralEnding ?? "s"}`;
}

/** Many, within a sentence: `vector stores`. */
export function pluralNoun({ noun, pluralEnding = "s" }: Pick<ApiObject, "noun" | "pluralEnding">): string {
  return `${noun}${pluralEnding}`;
}

/** `a file`, `an organization`, `a user`; of many and of what cannot be counted alone: `service tier settings`. */
export function withArticle(noun: string): string {
  if (/(?:permissions|settings|retention)$/.test(noun)) return noun;
  return `${/^(?:[aeio]|u(?!s[ae]|ni))/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** What names the object in an answer. */
export function idMemberOf({ idMember = "id" }: Pick<ApiObject, "idMember">): string {
  return idMember;
}

/** The arguments in the braces of a path. */
export function parentsOf({ path }: Pick<ApiObject, "path">): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** The segments of a path, with the values of its arguments, and more below. */
export function pathOf(
  { path }: Pick<ApiObject, "path">,
  values: { readonly [name: string]: unknown },
  ...below: readonly string[]
): string[] {
  const segments = path
    .split("/")
    .map((each) => each.replace(/^\{(\w+)\}$/, (_, name) => String(values[name])));
  return [...segments, ...below];
}

/** The segments of the path of one object, and more below. */
export function objectPath(
  of: Pick<ApiObject, "path" | "singleton" | "slashes">,
  values: { readonly [name: string]: unknown },
  ...below: readonly string[]
): string[] {
  const id = String(values.id);
  const own = of.singleton === true ? [] : of.slashes !== undefined ? id.split("/") : [id];
  return pathOf(of, values, ...own, ...below);
}

/** A POST of an ID to a step of the path, which does the same a second time. */
export function stepRequest(
  of: Pick<ApiObject, "path" | "headers">,
  values: { readonly [name: string]: unknown },
  step: string,
  ids: string,
) {
  const body: JsonObject = new Map([[ids, [String(values.id)]]]);
  const path = pathOf(of, values, step);
  return { method: "POST", path, headers: of.headers, body, policy: "repeatable" } as const;
}

/** The noun at the beginning of a title. */
export function titleOf({ noun }: Pick<ApiObject, "noun">): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** What an object is called in messages. */
export function topicOf(of: ApiObject): Topic {
  const { noun, path, missing = [], list } = of;
  const found =
    list === undefined
      ? `Look for the ${noun} before the next apply, which would create another one`
      : `If it was, the data source "${pluralName(of)}" finds the ${noun}, and an import takes it into state; otherwise the next apply ` +
        "creates another one";
  return {
    noun,
    plural: pluralNoun(of),
    title: titleOf(of),
    path: `/${path}`,
    missing: () => missing,
    ...(list !== undefined && { listed: pluralName(of) }),
    lost: `The request was sent and may have been carried out, so it was not sent again. ${found}.`,
    ...of.topic,
  };
}
