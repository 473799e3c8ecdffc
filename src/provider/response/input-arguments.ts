import { integer, notBlank, requiresReplace, string } from "../../framework/index.ts";
import type { Body } from "../api/body.ts";
import { json, jsonList, local, wired } from "../api/wire.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { coversJson, parseJsonArgument } from "../json-argument.ts";
import { isSnapshotOf, words } from "../objects/answer-arguments.ts";
import { coversInput } from "./input.ts";

/** An imported value that has all that is written is the same: the API adds its defaults. */
export const covered = requiresReplace(covers);

function covers(written: unknown, imported: unknown): boolean {
  if (imported === null || written === imported) return true;
  if (typeof written === "string" && typeof imported === "string") return coversJson(written, imported);
  if (typeof written !== "object" || typeof imported !== "object" || written === null) return false;
  return Object.entries(imported).every(([name, value]) => covers(Reflect.get(written, name), value));
}

/** An import has the input in one of two forms, and a configuration may have it in the other. */
const inputTaken = requiresReplace((written, imported) => {
  if (written === null) return true;
  const [one, other] = [written, imported].map((text) => parseJsonArgument(String(text)));
  return one !== undefined && other !== undefined && coversInput(one, other);
});

/** Text, or JSON text of what is not a text. */
export function textOrJson(name: string) {
  return (object: Body): string | null => {
    const text = object.get(name).json();
    return text === null || !text.trimStart().startsWith('"') ? text : object.get(name).string();
  };
}

/** What the model is given. The API's own answer does not repeat it: an import reads it from the input items. */
export const inputArguments = {
  model: string({
    required: true,
    validate: [notBlank()],
    plan: [requiresReplace((written, stored) => isSnapshotOf(stored, written))],
    description: "The model to ask: a name or an alias. Data sources have the version that answered.",
  }),
  input: wired(
    string({
      optional: true,
      validate: [notBlank()],
      plan: [inputTaken],
      description: "The text to answer. At most one of `input`, `input_json` and `input_wo` is set.",
    }),
    { sentOnly: true },
  ),
  input_json: wired(
    jsonList({
      optional: true,
      plan: [inputTaken],
      description:
        "The input as JSON text of a list of items: messages, outputs of tools and more, for " +
        'example `jsonencode([{ role = "developer", content = "Answer briefly." }, { role = "user", content = "…" }])`.',
    }),
    { member: "input", sentOnly: true },
  ),
  input_wo: wired(
    string({
      optional: true,
      writeOnly: true,
      validate: [notBlank()],
      description:
        "As `input`, but never stored in plan or state. A change of it alone is not seen: change `input_wo_version` with it.",
    }),
    { member: "input", sentOnly: true },
  ),
  input_wo_version: local(
    integer({
      optional: true,
      description: "A number for the version of `input_wo`: another number is another response.",
    }),
  ),
  instructions: wired(
    string({
      ...words,
      description: "A message of the system or the developer before the input.",
    }),
    { read: textOrJson("instructions") },
  ),
  previous_response_id: string({
    optional: true,
    validate: [notBlank(), pathSegmentValidator()],
    description: "The ID of the response that this one goes on from. Not together with `conversation`.",
  }),
  conversation: wired(
    string({
      optional: true,
      validate: [notBlank(), pathSegmentValidator()],
      description:
        "The ID of the conversation that the response belongs to: input and output are added to it.",
    }),
    { read: (object) => object.get("conversation").object((found) => found.get("id").string()) },
  ),
  prompt_json: json({
    optional: true,
    plan: [covered],
    description: "A prompt template as JSON text. OpenAI ends these on 2026-11-30.",
  }),
};
