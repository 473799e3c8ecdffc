import { bool, dynamic, type Validator } from "../../framework/index.ts";
import { local } from "../api/wire.ts";

const whole = "the answer is read whole, and kept in state only as a whole. Remove it.";

/** What other providers and the API's own examples have: it is accepted where it changes nothing, or refused with a reason. */
export const foreignArguments = {
  store: local(
    bool({
      optional: true,
      validate: [mustBeStored()],
      description: "May be left out: the completion is always stored, which the resource depends on.",
    }),
  ),
  stream: refused(`"stream" cannot be set: ${whole}`),
  stream_options: refused(`"stream_options" cannot be set: ${whole}`),
  functions: refused(
    '"functions" is what the API had before tools, and is not supported. Use "tools": each function becomes ' +
      '{ type = "function", function = { name = …, description = …, parameters_json = jsonencode(…) } }.',
  ),
  function_call: refused(
    '"function_call" is what the API had before tools, and is not supported. Use "tool_choice", with "tools" in the place ' +
      'of "functions": "none", "auto", or jsonencode({ type = "function", function = { name = … } }).',
  ),
  response_format: inJson("response_format"),
  prediction: inJson("prediction"),
  web_search_options: inJson("web_search_options"),
  moderation: inJson("moderation"),
  prompt_cache_options: inJson("prompt_cache_options"),
};

function mustBeStored(): Validator<boolean> {
  return {
    description: "must be `true`",
    validate: (value) =>
      value
        ? undefined
        : {
            detail:
              "The resource cannot do without storing: a completion that is not stored can be neither read, updated nor " +
              'deleted. Remove "store", or set it to true.',
          },
  };
}

function inJson(name: string) {
  return refused(`"${name}" is written as JSON text here: use ${name}_json = jsonencode(…).`);
}

function refused(refused: string) {
  return dynamic({ optional: true, refused, description: "Refused, with a hint at what to use instead." });
}
