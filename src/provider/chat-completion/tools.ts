import { bool, check, nested, notBlank, object, oneOf, string } from "../../framework/index.ts";
import { json } from "../api/wire.ts";

const functionTool = nested({
  name: string({
    required: true,
    validate: [
      check(
        "must have letters, digits, underscores and dashes only, at most 64 of them",
        (name) => /^[\w-]{1,64}$/.test(name),
        "get_weather",
      ),
    ],
    description: "The name of the function: letters, digits, underscores and dashes, at most 64.",
  }),
  description: string({
    optional: true,
    description: "What the function does: the model decides by it when to call it.",
  }),
  parameters_json: json({
    optional: true,
    description:
      "The parameters as JSON text of a JSON Schema, usually written with `jsonencode`. Left out means no parameters.",
  }),
  parameters: string({
    optional: true,
    refused:
      "The parameters of a function are written as JSON text here: use parameters_json = jsonencode(…).",
    description: "Refused, with a hint at `parameters_json`.",
  }),
  strict: bool({
    optional: true,
    description: "Whether the model must keep to the schema exactly.",
  }),
});

const customTool = nested({
  name: string({ required: true, validate: [notBlank()], description: "The name of the tool." }),
  description: string({ optional: true, description: "What the tool does." }),
  format_json: json({
    optional: true,
    description:
      "The format of the tool's input as JSON text: a text, or a grammar. Left out means any text.",
  }),
  format: string({
    optional: true,
    refused: "The format of a tool's input is written as JSON text here: use format_json = jsonencode(…).",
    description: "Refused, with a hint at `format_json`.",
  }),
});

/** A tool that the model may call. */
export const toolKind = nested({
  type: string({
    required: true,
    validate: [oneOf("function", "custom")],
    description: "What the tool is: `function` or `custom`.",
  }),
  function: object(functionTool, {
    optional: true,
    description: "The function, where `type` is `function`.",
  }),
  custom: object(customTool, { optional: true, description: "The custom tool, where `type` is `custom`." }),
});
