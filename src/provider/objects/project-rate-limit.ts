import { number } from "../../framework/index.ts";
import { idArgument, text } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wholeFrom } from "../argument-validators.ts";

/** One of the limits that the API has for each model. */
function limit(description: string) {
  return number({
    optional: true,
    computed: true,
    validate: [wholeFrom(0)],
    description: `${description} Left out, it stays as it is.`,
  });
}

const limits = {
  max_requests_per_1_minute: limit("The most requests in a minute."),
  max_tokens_per_1_minute: limit("The most tokens in a minute."),
  max_images_per_1_minute: limit("The most images in a minute, of models that make them."),
  max_audio_megabytes_per_1_minute: limit("The most megabytes of audio in a minute, of models that take it."),
  max_requests_per_1_day: limit("The most requests in a day, of models that have this limit."),
  batch_1_day_max_input_tokens: limit(
    "The most input tokens of batches in a day, of models that have batches.",
  ),
};

/** What a project may ask of a model. */
export const projectRateLimit = apiObject({
  name: "openai_project_rate_limit",
  noun: "project rate limit",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/rate_limits",
  id: "rl-gpt-5.6-sol",
  idArgument: "rate_limit_id",
  responseJson: true,
  readByList: "only",
  missing: ["the model was shut down", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    rate_limit_id: idArgument("The ID of the limit, which names its model, for example `rl-gpt-5.6-sol`."),
    ...limits,
    model: text("The model that is limited."),
  },
  leftOut: { object: "it is always project.rate_limit" },
  resource: {
    description:
      "Sets the rate limits of a project for one model. They are there with the project: a creation takes them as they are " +
      "and sets what is given, and a destroy leaves them as they are.",
    create: "adopt",
    gone: "forget",
    update: [
      "max_requests_per_1_minute",
      "max_tokens_per_1_minute",
      "max_images_per_1_minute",
      "max_audio_megabytes_per_1_minute",
      "max_requests_per_1_day",
      "batch_1_day_max_input_tokens",
    ],
    answersUpdate: true,
  },
  dataSource: { argument: "rate_limit_id", description: "Reads the rate limits of a project for one model." },
  list: {
    attribute: "rate_limits",
    displayName: "model",
    description: "Reads the rate limits of a project, model by model.",
    leaveOut: ["project_id", "rate_limit_id"],
    order: false,
  },
});
