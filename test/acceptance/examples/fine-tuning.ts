import type { Scenario } from "./scenario.ts";

const job = "ftjob-Zw6Tq1Kp8VnE";
const below = { fine_tuning_job_id: job };

export const scenario: Scenario = {
  variables(server) {
    server.control.addObject("fine_tuning/jobs", { id: job });
    server.control.addObject("fine_tuning/jobs/{fine_tuning_job_id}/events", {}, below);
    server.control.addObject("fine_tuning/jobs/{fine_tuning_job_id}/checkpoints", {}, below);
    return {};
  },
  outputs: {
    models: { "ft:gpt-5.6-sol-2026-05-01:example::Bq4Lx": 184320 },
    method: "supervised",
    messages: ["Step 10/30: training loss=0.52"],
    checkpoints: ["ft:gpt-5.6-sol-2026-05-01:example::Bq4Lx:ckpt-step-20"],
  },
};
