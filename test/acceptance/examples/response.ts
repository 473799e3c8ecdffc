import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const motto = "Write a motto for a team that never ships on Fridays.";

export const scenario: Scenario = {
  needs: ["provider functions"],
  server: { completions: [], readyAfterMs: 1_500 },
  outputs: {
    motto: `Echo: ${motto}`,
    shanty: "Echo: Say the same in the style of a sea shanty.",
    asked: [motto],
    model_that_answered: "gpt-6-luna",
    tokens: 106,
  },
  async check({ work, server, applied }) {
    assert.match(applied, /Creating this response is paid for/);
    const bought = () =>
      server.requests.filter(({ method, path }) => method === "POST" && path === "/v1/responses").length;
    await work.ok("apply", "-auto-approve");
    assert.equal(bought(), 2, "nothing is bought twice");
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all("responses"), []);
    assert.ok(!server.requests.some(({ path }) => path.endsWith("/cancel")), "both had ended");
  },
};
