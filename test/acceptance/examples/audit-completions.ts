import assert from "node:assert/strict";
import { choice } from "../../support/openai-server/seed.ts";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: {
    completions: [
      // The last second of the day before, the first and the last of the day, and the first of the next.
      { id: "chatcmpl-before", created: 1738886399 },
      { id: "chatcmpl-first", created: 1738886400, view: { metadata: { team: "platform" } } },
      {
        id: "chatcmpl-cut",
        created: 1738900000,
        choices: [choice({ content: "And" }, { finish_reason: "length" })],
      },
      { id: "chatcmpl-last", created: 1738972799 },
      { id: "chatcmpl-after", created: 1738972800 },
    ],
  },
  variables: () => ({ day: "2025-02-07", model: "gpt-4o-mini-2024-07-18" }),
  outputs: {
    answers: 3,
    tokens: 81,
    completion_tokens_by_team: { platform: 9, untagged: 18 },
    cut_off: { length: ["chatcmpl-cut"] },
  },
  // Terraform reads a check's values again in every apply.
  async check({ work, server }) {
    const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600;
    server.seed({ id: "chatcmpl-yesterday", created: yesterday, view: { created: yesterday } });
    const env = { TF_VAR_day: undefined };
    const applied = await work.run(["apply", "-auto-approve"], { env });
    assert.equal(applied.code, 0, applied.output);
    // Midnight may pass meanwhile.
    assert.match(applied.stdout, /answers = [01]\b/);
    const alias = await work.run(["plan"], { env: { TF_VAR_model: "gpt-4o-mini" } });
    assert.match(alias.output, /No stored completions of gpt-4o-mini/);
    assert.match(await work.fails("plan", "-var=day=yesterday"), /Write the day as in 2025-02-07/);
  },
};
