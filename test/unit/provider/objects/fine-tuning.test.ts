import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "./support.ts";

const job = "ftjob-Zw6Tq1Kp8VnE";

test("a job is read whole, exact, and its error is null where there is none", async (t) => {
  const { server, session } = await place(t);
  server.control.addObject("fine_tuning/jobs", { id: job });
  const { state } = keptOf(await session.read("openai_fine_tuning_job", { id: job }));
  assert.deepEqual(
    [state.status, state.trained_tokens, state.result_files],
    ["succeeded", 184320, ["file-9PqL2mXw7RtYv4Bn"]],
  );
  assert.match(String(state.hyperparameters_json), /"learning_rate_multiplier":1\.8/);
  assert.deepEqual(
    [state.integrations_json, state.usage_metrics_json, state.finished_at],
    ["[]", null, 1795703600],
  );
});

test("jobs, events and checkpoints are listed page by page", async (t) => {
  const { server, session } = await place(t);
  for (let count = 0; count < 120; count += 1) {
    server.control.addObject("fine_tuning/jobs", { id: `ftjob-${count}` });
    server.control.addObject(
      "fine_tuning/jobs/{fine_tuning_job_id}/events",
      { id: `ftevent-${count}` },
      { fine_tuning_job_id: "ftjob-7" },
    );
  }
  server.control.addObject(
    "fine_tuning/jobs/{fine_tuning_job_id}/checkpoints",
    {},
    { fine_tuning_job_id: "ftjob-7" },
  );
  const all = keptOf(await session.read("openai_fine_tuning_jobs", {}));
  assert.equal(Array.isArray(all.state.ids) && all.state.ids.length, 120);
  assert.ok(
    server.requests.every(({ query }) => !query.has("order")),
    "the API takes no order",
  );
  const events = keptOf(
    await session.read("openai_fine_tuning_events", { fine_tuning_job_id: "ftjob-7", limit: 110 }),
  );
  assert.equal(Array.isArray(events.state.ids) && events.state.ids.length, 110);
  const { state } = keptOf(
    await session.read("openai_fine_tuning_checkpoints", { fine_tuning_job_id: "ftjob-7" }),
  );
  assert.ok(Array.isArray(state.fine_tuning_checkpoints));
  assert.match(
    String(Reflect.get(state.fine_tuning_checkpoints[0] ?? {}, "metrics_json")),
    /"train_loss":4\.76837158203125e-6|0\.00000476837158203125/,
  );
});

test("a job that is not there is an error: no data source makes one up", async (t) => {
  const { session } = await place(t);
  const missing = await session.read("openai_fine_tuning_job", { id: "ftjob-none" });
  assert.deepEqual(
    [missing.titles, missing.paths, missing.kept],
    [["error: Fine-tuning job not found"], ["id"], undefined],
  );
  const events = await session.read("openai_fine_tuning_events", { fine_tuning_job_id: "ftjob-none" });
  assert.ok(events.titles.length === 1 && events.titles[0]?.startsWith("error"));
});
