import { type Diagnostics, isUnknown, type MaybeUnknownConfig, Path } from "../../framework/index.ts";
import { isJsonObject } from "../../openai/index.ts";
import { parseJsonArgument } from "../json-argument.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";
import { checkTyped, known, validateMessages } from "./validate-messages.ts";
import { argumentsByParameter } from "./wire-names.ts";
import { warnOfUnknownWords } from "./words.ts";

type Config = MaybeUnknownConfig<ResourceAttributes>;

/** Checks arguments against each other. An unknown value may still become right, and is no error. */
export function validateResource(config: Config, diagnostics: Diagnostics): void {
  checkPrompts(config, diagnostics);
  validateMessages(config.messages, Path.root.atName("messages"), diagnostics);
  validateMessages(config.messages_wo, Path.root.atName("messages_wo"), diagnostics);
  for (const [index, tool] of known(config.tools)) {
    checkTyped(tool, ["function", "custom"], Path.root.atName("tools").atListIndex(index), diagnostics);
  }
  checkNeeds(config, diagnostics);
  checkExtraBody(config.extra_body_json, diagnostics);
  warnOfUnknownWords(config, diagnostics);
}

function checkPrompts(config: Config, diagnostics: Diagnostics): void {
  const { messages, messages_wo: writeOnly, messages_wo_version: version } = config;
  if (messages === null && writeOnly === null) {
    error(
      diagnostics,
      "messages",
      "Missing messages",
      'Set "messages", or "messages_wo" with "messages_wo_version".',
    );
  }
  if (isSet(messages) && isSet(writeOnly)) {
    error(
      diagnostics,
      "messages_wo",
      "Conflicting arguments",
      'Only one of "messages" and "messages_wo" can be set: messages are stored in state, or they are not.',
    );
  }
  if (isSet(writeOnly) && version === null) {
    error(
      diagnostics,
      "messages_wo_version",
      'Missing value for "messages_wo_version"',
      '"messages_wo" is stored nowhere, so that a change of it cannot be seen. "messages_wo_version" is what tells: set ' +
        "it to 1, and to another number whenever the messages change.",
    );
  }
  if (isSet(version) && writeOnly === null) {
    error(
      diagnostics,
      "messages_wo_version",
      'Invalid value for "messages_wo_version"',
      '"messages_wo_version" is the version of "messages_wo", which is not set.',
    );
  }
}

/** Arguments that the API refuses without, or beside, another one. */
function checkNeeds(config: Config, diagnostics: Diagnostics): void {
  for (const name of ["tool_choice", "parallel_tool_calls"] as const) {
    if (!isSet(config[name]) || config.tools !== null) continue;
    error(diagnostics, name, 'Missing value for "tools"', `"${name}" is only allowed with "tools".`);
  }
  const { logprobs } = config;
  if (isSet(config.top_logprobs) && !isUnknown(logprobs) && logprobs !== true) {
    error(
      diagnostics,
      "top_logprobs",
      'Missing value for "logprobs"',
      '"top_logprobs" is only allowed with logprobs = true.',
    );
  }
  if (isSet(config.max_tokens) && isSet(config.max_completion_tokens)) {
    error(
      diagnostics,
      "max_tokens",
      "Conflicting arguments",
      '"max_tokens" is the older name of "max_completion_tokens": only one of them can be set.',
    );
  }
  if (isSet(config.on_expiry) && isSet(config.recreate_after_expiry)) {
    error(
      diagnostics,
      "recreate_after_expiry",
      "Conflicting arguments",
      '"recreate_after_expiry" is the older form of "on_expiry": only one of them can be set. Remove it.',
    );
  }
  const spoken = [...known(config.modalities)].some(([, modality]) => modality === "audio");
  if (spoken && config.audio === null) {
    error(
      diagnostics,
      "modalities",
      'Missing value for "audio"',
      'An answer in audio needs "audio", with its voice and format.',
    );
  }
}

/** Parameters that would take the answer away from where it is read. */
const neverExtra = new Map([
  ["store", "the resource always sends it as true"],
  ["stream", "the resource reads answers whole"],
  ["stream_options", "the resource reads answers whole"],
]);

function checkExtraBody(text: Config["extra_body_json"], diagnostics: Diagnostics): void {
  const extra = text === null || isUnknown(text) ? undefined : parseJsonArgument(text);
  if (!isJsonObject(extra)) return;
  for (const name of extra.keys()) {
    const argument = argumentsByParameter.get(name);
    const why = argument === undefined ? neverExtra.get(name) : `the argument "${argument}" is for that`;
    if (why === undefined) continue;
    error(
      diagnostics,
      "extra_body_json",
      'Invalid value for "extra_body_json"',
      `The parameter ${JSON.stringify(name)} cannot be set here: ${why}. Remove it from extra_body_json.`,
    );
  }
}

function isSet(value: unknown): boolean {
  return value !== null && !isUnknown(value);
}

function error(diagnostics: Diagnostics, name: keyof Config, summary: string, detail: string): void {
  diagnostics.addAttributeError(Path.root.atName(name), summary, detail);
}
