import {
  bool,
  dynamic,
  type ExactNumber,
  notBlank,
  number,
  oneOf,
  type Problem,
  quote,
  string,
  terraformNumberText,
  type Validator,
} from "../../framework/index.ts";
import { JsonNumber, type JsonValue, parseJson } from "../../openai/index.ts";
import { json, local } from "../api/wire.ts";
import { atMostCharacters, between } from "../argument-validators.ts";
import { jsonObjectProblem, sameJsonValue } from "../json-argument.ts";

/* What a model is asked with, whether for a chat completion or for a response. */

/** Of an argument that is a word. */
export const words = { optional: true, validate: [notBlank()] } as const;

export const samplingArguments = {
  temperature: number({
    optional: true,
    validate: [between(0, 2)],
    description: "The sampling temperature, from 0 to 2.",
  }),
  top_p: number({
    optional: true,
    validate: [between(0, 1)],
    description: "The nucleus sampling mass, from 0 to 1.",
  }),
};

export function reasoningEffort() {
  return string({
    ...words,
    description:
      "How hard the model thinks: `none`, `minimal`, `low`, `medium`, `high`, `xhigh` or `max`, where the model knows it.",
  });
}

export function verbosity() {
  return string({ ...words, description: "How much the model says: `low`, `medium` or `high`." });
}

/** Accounting and caching. */
export const accountArguments = {
  safety_identifier: string({
    optional: true,
    validate: [notBlank(), atMostCharacters(128)],
    description: "A stable identifier of the end user, hashed: at most 128 characters.",
  }),
  prompt_cache_key: string({ ...words, description: "Requests of one key share cached prompts more often." }),
  prompt_cache_retention: string({
    ...words,
    description: "The longest time that prompts stay cached: `in_memory` or `24h`, where the model knows it.",
  }),
  prompt_cache_options_json: json({
    optional: true,
    description: 'How prompts are cached, as JSON text, for example `jsonencode({ mode = "explicit" })`.',
  }),
  user: string({
    ...words,
    description: "The older name of what `safety_identifier` and `prompt_cache_key` are for.",
  }),
};

export function moderationJson() {
  return json({ optional: true, description: "What to moderate, and how, as JSON text." });
}

/** Options of an argument that is a word, or JSON text of an object that names a tool, as in `example`. */
export function toolChoice(example: string) {
  return { optional: true, equivalent: sameJsonValue, validate: [wordOrTool(example)] } as const;
}

function wordOrTool(example: string): Validator<string> {
  const detail =
    'The value must be "none", "auto" or "required", or JSON text that names a tool, for example ' +
    `jsonencode(${example}).`;
  return {
    description: 'must be `"none"`, `"auto"`, `"required"`, or JSON text of an object',
    validate(value): Problem | undefined {
      if (["none", "auto", "required"].includes(value)) return undefined;
      const problem = /^\s*[[{"]/.test(value) ? jsonObjectProblem(value) : { detail };
      return problem === undefined ? undefined : { ...problem, given: problem.given ?? quote(value) };
    },
  };
}

/** A word, or JSON text of an object. */
export function wordOrObject(value: unknown): JsonValue {
  const text = String(value);
  return /^\s*\{/.test(text) ? parseJson(text) : text;
}

/** `store` and `on_expiry` of an answer that is kept. */
export function keepingArguments(noun: string, changes: string) {
  return {
    store: bool({
      optional: true,
      validate: [mustBeStored(noun, changes)],
      description: `May be left out: the ${noun} is always stored, which the resource depends on.`,
    }),
    on_expiry: local(
      string({
        optional: true,
        validate: [oneOf("warn", "keep", "recreate")],
        description:
          `What to do when OpenAI has deleted the ${noun} after 30 days: \`warn\` keeps it in state, with a warning in every ` +
          "plan; `keep` keeps it without one; `recreate` creates it anew, and pays for it again. Left out means `warn`.",
      }),
    ),
  };
}

function mustBeStored(noun: string, changes: string): Validator<boolean> {
  const detail =
    `The resource cannot do without storing: a ${noun} that is not stored can be neither ${changes} nor deleted. Remove ` +
    '"store", or set it to true.';
  return { description: "must be `true`", validate: (value) => (value ? undefined : { detail }) };
}

/** What the API's examples and other objects have: refused with a reason. */
export function refused(refused: string) {
  return local(
    dynamic({ optional: true, refused, description: "Refused, with a hint at what to use instead." }),
  );
}

/** What would take an answer away from where it is read. */
export const streamArguments = {
  stream: neverStreams("stream"),
  stream_options: neverStreams("stream_options"),
};

function neverStreams(name: string) {
  return refused(
    `"${name}" cannot be set: the answer is read whole, and kept in state only as a whole. Remove it.`,
  );
}

/**
 * Whether a model's name is a dated version of another: `gpt-4o-2024-08-06` of `gpt-4o`, and
 * `gpt-4-0613` of `gpt-4`, but `gpt-4o-mini` of nothing.
 */
export function isSnapshotOf(name: unknown, alias: unknown): boolean {
  if (typeof name !== "string" || typeof alias !== "string" || !name.startsWith(`${alias}-`)) return false;
  return /^(?:\d{4}|\d{4}-\d{2}-\d{2})$/.test(name.slice(alias.length + 1));
}

/** Null for the number that the API reports where none was given. */
export function unlessUsual(usual: number, value: ExactNumber | null): ExactNumber | null {
  return value === null || Number(terraformNumberText(value)) === usual ? null : value;
}

/** Null for a number that another provider writes where none was given. */
export function unlessWritten(usual: readonly number[], value: JsonValue | undefined): JsonValue {
  const isUsual = value instanceof JsonNumber && usual.includes(Number(value.text));
  return isUsual ? null : (value ?? null);
}
