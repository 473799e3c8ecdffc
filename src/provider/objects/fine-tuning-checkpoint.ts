import { number, string } from "../../framework/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json } from "../api/wire.ts";

/** A model as it was in the middle of its training. */
export const fineTuningCheckpoint = apiObject({
  name: "openai_fine_tuning_checkpoint",
  noun: "fine-tuning checkpoint",
  subcategory: "Fine-tuning",
  path: "fine_tuning/jobs/{fine_tuning_job_id}/checkpoints",
  id: "ftckpt_abc123",
  attributes: {
    fine_tuning_job_id: idArgument("The ID of the job, for example `ftjob-abc123`."),
    object: objectType("fine_tuning.job.checkpoint"),
    created_at: timestamp("of the checkpoint"),
    fine_tuned_model_checkpoint: string({
      computed: true,
      description: "The name under which the model can be used as it was then.",
    }),
    step_number: number({ computed: true, description: "The step of the training." }),
    metrics_json: json({
      computed: true,
      description: "Losses and accuracies as JSON text, digit by digit.",
    }),
  },
  list: {
    description: "Reads the checkpoints of a fine-tuning job. OpenAI is closing the creation of such jobs.",
    leaveOut: ["fine_tuning_job_id"],
    order: false,
  },
});
