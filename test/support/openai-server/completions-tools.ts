import type { JsonObject } from "./json.ts";
import { choice, type Seed } from "./seed.ts";

const FORECAST: JsonObject = {
  type: "function",
  function: {
    parameters: {
      type: "object",
      properties: { city: { type: "string", minLength: 1 }, days: { type: "integer", default: 3 } },
      required: ["city"],
    },
    description: "The weather of the next days",
    name: "forecast",
    strict: true,
  },
};

const SHELL: JsonObject = {
  type: "custom",
  custom: { name: "shell", description: "Runs a command", format: { type: "text" } },
};

/** Answers that call tools, and requests that brought tools along. */
export const tools: readonly Seed[] = [
  {
    id: "chatcmpl-tool-call",
    choices: [
      choice(
        { tool_calls: [called("call_f1", '{"city":"Kyiv","days":2}')] },
        { finish_reason: "tool_calls" },
      ),
    ],
    messages: [{ role: "user", content: "Will it rain in Kyiv?" }],
    created: 1738962030,
    view: { tools: [FORECAST] },
  },
  {
    id: "chatcmpl-parallel-tool-calls",
    choices: [
      choice(
        { tool_calls: [called("call_p1", '{"city":"Lviv"}'), called("call_p2", '{\n  "city": "Porto"\n}')] },
        { finish_reason: "tool_calls" },
      ),
    ],
    created: 1738962031,
    view: { tools: [FORECAST] },
  },
  {
    id: "chatcmpl-custom-tool-call",
    choices: [
      choice(
        {
          tool_calls: [
            { type: "custom", custom: { name: "shell", input: 'echo "ça va?\\n" | wc -c' }, id: "call_c1" },
            called("call_c2", "{}"),
          ],
        },
        { finish_reason: "tool_calls" },
      ),
    ],
    created: 1738962032,
    view: { tools: [SHELL, FORECAST], tool_choice: "auto" },
  },
  {
    id: "chatcmpl-function-call",
    choices: [
      choice(
        { function_call: { name: "forecast", arguments: '{"city":"Oslo"}' } },
        { finish_reason: "function_call" },
      ),
    ],
    created: 1738962033,
  },
  {
    id: "chatcmpl-forced-tool",
    choices: [choice({ tool_calls: [called("call_s1", '{"city":"Rome"}')] })],
    created: 1738962034,
    view: { tools: [FORECAST], tool_choice: { type: "function", function: { name: "forecast" } } },
  },
  {
    id: "chatcmpl-response-format",
    content: '{"city":"Graz","days":1}',
    created: 1738962035,
    view: {
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "place",
          strict: true,
          schema: { type: "object", properties: { city: { type: "string" }, days: { type: "integer" } } },
        },
      },
      input_user: "user-7781",
      service_tier: "priority",
    },
  },
];

function called(id: string, text: string): JsonObject {
  return { type: "function", function: { name: "forecast", arguments: text }, id };
}
