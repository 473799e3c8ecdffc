import { bool, list, nested, number, object, string, types } from "../../framework/index.ts";
import { metadata, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json } from "../api/wire.ts";

/** What trained a model. Only read: OpenAI is closing the creation. */
export const fineTuningJob = apiObject({
  name: "openai_fine_tuning_job",
  noun: "fine-tuning job",
  subcategory: "Fine-tuning",
  path: "fine_tuning/jobs",
  id: "ftjob-abc123",
  attributes: {
    object: objectType("fine_tuning.job"),
    model: string({ computed: true, description: "The model that was trained." }),
    fine_tuned_model: string({
      computed: true,
      description: "The name of the fine-tuned model; null while there is none.",
    }),
    status: string({
      computed: true,
      description: "`validating_files`, `queued`, `running`, `paused`, `succeeded`, `failed` or `cancelled`.",
    }),
    error: object(
      nested({
        code: string({ computed: true, description: "The kind of error." }),
        message: string({ computed: true, description: "The API's words." }),
        param: string({ computed: true, description: "The parameter that is to blame, if there is one." }),
      }),
      { computed: true, description: "Why the job failed; its members are null where it did not." },
    ),
    training_file: string({ computed: true, description: "The ID of the file with the examples." }),
    validation_file: string({
      computed: true,
      description: "The ID of the file with examples for validation; null without one.",
    }),
    result_files: list(types.string, { computed: true, description: "IDs of files with the metrics." }),
    trained_tokens: number({
      computed: true,
      description: "Number of tokens that are paid for; null while the job runs.",
    }),
    seed: number({ computed: true, description: "The seed of the training, exact." }),
    method_json: json({
      computed: true,
      description: "The method and its parameters, as JSON text: `supervised`, `dpo` or `reinforcement`.",
    }),
    hyperparameters_json: json({
      computed: true,
      description: "The hyperparameters as JSON text: each is a number or `auto`.",
    }),
    integrations_json: json({ computed: true, description: "The integrations as JSON text of a list." }),
    usage_metrics_json: json({
      computed: true,
      description: "What was used, as JSON text; null where the API does not say.",
    }),
    metadata: metadata(),
    organization_id: string({ computed: true, description: "The organization that the job belongs to." }),
    user_provided_suffix: string({
      computed: true,
      description: "The part of the fine-tuned model's name that was chosen; null without one.",
    }),
    shared_with_openai: bool({ computed: true, description: "Whether the data is shared with OpenAI." }),
    eval_id: string({ computed: true, description: "The ID of an eval of the job; null without one." }),
    created_at: timestamp("of its creation"),
    estimated_finish: timestamp("of its estimated end; null where there is no estimate"),
    finished_at: timestamp("of its end; null while it runs"),
  },
  dataSource: {
    description:
      "Reads a fine-tuning job: its model, its status and what it cost. OpenAI is closing the creation of such jobs, which ends " +
      "on 2027-01-06, so that the provider has no resource for them.",
  },
  list: {
    description:
      "Reads all fine-tuning jobs of the project. OpenAI is closing their creation, which ends on 2027-01-06: those that are " +
      "there stay readable.",
    order: false,
  },
});
