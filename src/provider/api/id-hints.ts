import { kindOfId } from "../id-kinds.ts";
import type { ApiObject } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";

/**
 * A sentence for each ID that does not begin as such IDs do: a name in the place of an ID, or the ID of something else,
 * is the likeliest reason why the API does not find it.
 *
 * @param argument Where the ID itself is written; unset means nowhere in the configuration.
 */
export function idHints(
  of: ApiObject,
  values: { readonly [name: string]: unknown },
  argument: string | undefined = of.idArgument,
): string[] {
  const named = parentsOf(of).map((name) => ({ name, value: values[name], example: exampleOf(of, name) }));
  const own = { name: argument ?? "The ID", value: values.id, example: of.id };
  const all = of.singleton === true ? named : [...named, own];
  return all.flatMap(({ name, value, example }) => {
    if (typeof value !== "string" || kindOfId(example) === undefined || beginsAlike(value, example))
      return [];
    const prefix = /^[a-z]+[-_]/.exec(example)?.[0];
    const kind = kindOfId(value)?.replaceAll("_", " ");
    const other = kind === undefined ? "" : ` This one begins like the ID of another kind: ${kind}.`;
    return [
      `${name} is ${JSON.stringify(value)}, and such IDs begin with ${prefix}, as "${example}" does.${other}`,
    ];
  });
}

/**
 * The argument whose value a message of the API quotes first: the one that it does not find. None where that is only where
 * something else is not found: "in project 'proj_abc123'".
 */
export function quotedArgument(
  { attributes }: ApiObject,
  values: { readonly [name: string]: unknown },
  words: string,
): { readonly name: string; readonly value: string } | undefined {
  const quoted = Object.entries(attributes).flatMap(([name, { mode }]) => {
    const value = values[name];
    if (mode === "computed" || typeof value !== "string" || value === "") return [];
    const at = ["'", '"', "`"].map((mark) => words.indexOf(mark + value + mark)).filter((each) => each >= 0);
    return at.length === 0 ? [] : [{ name, value, at: Math.min(...at) }];
  });
  const [first] = quoted.sort((a, b) => a.at - b.at);
  return first === undefined || /\b(?:in|of|for|from|to|within)\b/i.test(words.slice(0, first.at))
    ? undefined
    : first;
}

/** The API has some IDs in two forms: `role_…` and `role-…`. */
function beginsAlike(id: string, example: string): boolean {
  const [word = ""] = /^[a-z]+/.exec(example) ?? [];
  return id.startsWith(`${word}-`) || id.startsWith(`${word}_`);
}

/** The example that the description of an argument gives. */
export function exampleOf({ attributes }: ApiObject, name: string): string {
  return /for example `([^`]+)`/.exec(attributes[name]?.description ?? "")?.[1] ?? "";
}
