import { string } from "../../framework/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json } from "../api/wire.ts";

/** What happened while a model was trained. */
export const fineTuningEvent = apiObject({
  name: "openai_fine_tuning_event",
  noun: "fine-tuning event",
  subcategory: "Fine-tuning",
  path: "fine_tuning/jobs/{fine_tuning_job_id}/events",
  id: "ftevent-abc123",
  attributes: {
    fine_tuning_job_id: idArgument("The ID of the job, for example `ftjob-abc123`."),
    object: objectType("fine_tuning.job.event"),
    created_at: timestamp("of the event"),
    level: string({ computed: true, description: "`info`, `warn` or `error`." }),
    type: string({ computed: true, description: "`message` or `metrics`." }),
    message: string({ computed: true, description: "What happened." }),
    data_json: json({ computed: true, description: "Figures of the event, as JSON text." }),
  },
  list: {
    description:
      "Reads what happened during a fine-tuning job, the newest first. OpenAI is closing the creation of such jobs.",
    leaveOut: ["fine_tuning_job_id"],
    order: false,
  },
});
