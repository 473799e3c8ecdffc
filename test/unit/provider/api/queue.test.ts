import assert from "node:assert/strict";
import { test } from "node:test";
import { monotonicNow } from "../../../../src/openai/index.ts";
import { operationTime } from "../../../../src/provider/api/arguments.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { ProviderSession } from "../../../support/provider-session.ts";

test("what requests wait for their turn is no part of an operation's time", () => {
  const openai = { waitedMs: 1_000 };
  const left = operationTime({ create: "10s" }, "create", openai);
  assert.ok(left() <= 10_000, "what was waited before does not count");
  openai.waitedMs += 3_600_000;
  assert.ok(left() > 3_600_000, "an hour in the queue costs nothing");
  const without = operationTime({ create: "10s" }, "create");
  assert.ok(without() <= 10_000);
});

test("Terraform's stop ends the wait for a turn at once, and sends nothing more", async (t) => {
  const server = await startOpenAIServer({ completions: [] });
  t.after(() => server.close());
  // Nobody's minute is over within this test.
  server.control.throttle({ perMinute: 1 });
  const env = { OPENAI_ADMIN_KEY: "sk-admin-test", OPENAI_BASE_URL: server.url, NO_PROXY: "*" };
  const session = new ProviderSession({}, env);
  const creations = [1, 2, 3, 4].map((n) => session.create("openai_project", { name: `Project ${n}` }));
  while (server.requests.filter(({ status }) => status === 429).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.race(creations);
  const started = monotonicNow();
  session.stop();
  const outcomes = await Promise.all(creations);
  assert.ok(monotonicNow() - started < 5_000, "long before the next turn");
  const failed = outcomes.filter(({ titles }) => titles.length > 0);
  assert.deepEqual(new Set(failed.flatMap(({ titles }) => titles)), new Set(["error: Creation cancelled"]));
  assert.equal(failed.length, 3);
  // Of what was not sent no one must fear that it was created.
  for (const { details } of failed) assert.doesNotMatch(details.join(), /may have been/);
  const made = server.control.objects.all("organization/projects");
  assert.equal(made.length, 2, "one, and the default project");
});
