import { atLeastOneOf, conflictsWith, list, requiredWith, types } from "../../framework/index.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { notEmpty } from "../argument-validators.ts";
import { answerAttributes } from "./answer.ts";
import { requestAttributes } from "./arguments.ts";
import { foreignResponse } from "./foreign-values.ts";

const running = ["queued", "in_progress"] as const;

/** A stored answer of the Responses API. */
export const response = apiObject({
  name: "openai_response",
  noun: "response",
  subcategory: "Responses",
  path: "responses",
  id: "resp_abc123",
  missing: [
    "it was created with store = false",
    "it is older than 30 days",
    "the organization keeps nothing (zero data retention)",
  ],
  topic: {
    prompt: "input",
    lost:
      "The request was sent and may have been carried out and be paid for, so it was not sent again. The API has no list of " +
      "responses: look at https://platform.openai.com/logs, where a stored one is found by its time, model and metadata. If it " +
      "is there, terraform import openai_response.example resp_… takes it into state; otherwise the next apply creates another one.",
  },
  responseJson: true,
  readQuery: {
    include: wired(
      list(types.string, {
        optional: true,
        validate: [notEmpty()],
        description:
          "What the output has beside what it always has, for example `file_search_call.results` or " +
          "`message.output_text.logprobs`.",
      }),
      { member: "include[]" },
    ),
  },
  attributes: { ...requestAttributes, ...answerAttributes },
  leftOut: {
    stream: "answers are read whole",
    stream_options: "answers are read whole",
    "reasoning.generate_summary": "the older name of reasoning.summary",
    "error.misalignment.detailed_explanation": "in misalignment_json",
  },
  // An import alone has a use for it.
  more: async (request) => (request.imported ? (await import("./import.ts")).importedArguments(request) : {}),
  resource: {
    description:
      "Has a model answer with the Responses API and `store = true`, and keeps the answer: it stays in state, and the response " +
      "with OpenAI for 30 days. Creating is paid for; no plan, refresh, import, or change of `timeouts`, `include` or `on_expiry` " +
      "is. Destroying it cancels it while it runs, and deletes it.",
    paid: "the tokens of the request and of its answer",
    keeps: { noun: "response", created: "created_at" },
    // Some gateways stream unless they are told not to.
    always: { store: true, stream: false },
    update: ["include", "store", "on_expiry"],
    foreignValues: foreignResponse,
    ready: {
      attribute: "status",
      pending: [...running],
      ended: ["failed", "incomplete", "cancelled"],
      reason: ["error", "incomplete_details"],
    },
    gone: { post: "cancel", while: { attribute: "status", values: running } },
    configValidators: [
      conflictsWith("input", "input_json", "input_wo"),
      requiredWith("input_wo", "input_wo_version"),
      requiredWith("input_wo_version", "input_wo"),
      conflictsWith("previous_response_id", "conversation"),
      atLeastOneOf("input", "input_json", "input_wo", "previous_response_id", "conversation", "prompt_json"),
    ],
  },
  dataSource: {
    description:
      "Reads a stored response by its ID: its output, its usage, and everything else that OpenAI keeps of it.",
  },
  ephemeral: {
    description:
      "Reads a stored response by its ID for the time of one Terraform run: neither the plan nor the state holds any of it.",
  },
});
