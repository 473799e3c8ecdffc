import assert from "node:assert/strict";
import { it } from "node:test";
import { block, Expression, provider, read, through } from "../support/configurations.ts";
import { assertError, failingApply } from "../support/diagnostics.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

const later = new Expression("terraform_data.later.output");

/** A value that is known after apply only. */
function laterIs(value: string): string {
  return block('resource "terraform_data" "later"', { input: value });
}

it("what needs an argument that is not known yet fails, says which and what to do, and never asks the environment", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-environment", OPENAI_BASE_URL: server.url });
  const unknown = {
    api_key: later,
    base_url: later,
    headers: new Expression('{ "X-Team" = terraform_data.later.output }'),
    organization: later,
    timeout: later,
  };
  const config = Object.entries(unknown).map(([argument, value]) => through(argument, { [argument]: value }));
  const errors = await failingApply(work, laterIs("sk-later") + config.join(""));
  for (const argument of Object.keys(unknown)) {
    await test.test(argument, () => {
      assertError(errors.get(argument), {
        title: "Provider configuration not known yet",
        says: [
          argument,
          "known after apply",
          "The environment is not used instead",
          "terraform apply -target",
        ],
      });
    });
  }
  assert.deepEqual(server.requests, [], "nothing was asked with the environment's key");
});

it("a data source with its own key works while only api_key is not known yet, and all once it is", async (test) => {
  const server = await startOpenAIServer({ keys: { "sk-own": {}, "sk-later": {} } });
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-environment", OPENAI_BASE_URL: server.url });
  const base = laterIs("sk-later") + provider({ api_key: later });
  work.write("main.tf", base + read("own", "chatcmpl-abc123", { api_key: "sk-own" }));
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(
    server.requests.map((request) => request.key),
    ["sk-own"],
  );
  work.write("main.tf", base + read("example", "chatcmpl-abc123"));
  await work.ok("plan");
  assert.equal(server.requests.at(-1)?.key, "sk-later");
});

it("a completion_id that is not known yet defers the read to apply, where its form is checked too", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-environment", OPENAI_BASE_URL: server.url });
  work.write("main.tf", laterIs("chatcmpl-abc123") + read("example", later));
  assert.match((await work.ok("plan")).stdout, /known after apply/);
  assert.equal(server.requests.length, 0);
  await work.ok("apply", "-auto-approve");
  assert.equal(server.requests.length, 1);
  work.write("main.tf", laterIs("..") + read("example", later));
  const message = await work.fails("apply", "-auto-approve");
  for (const part of ['Invalid value for "completion_id"', "only dots", 'Given: ".."']) {
    assert.ok(message.includes(part), `${part} in: ${message}`);
  }
});
