import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/framework/index.ts";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { objectCases } from "../../../support/object-cases.ts";
import { type Given, ProviderSession } from "../../../support/provider-session.ts";
import { place } from "../objects/support.ts";

/* A plan that creates something, where there is no key to create it with. */

const completion = "openai_chat_completion";
const prompt = { model: "gpt-5.6-sol", messages: [{ role: "user", content: "Hello" }] };

function keyWarnings(titles: readonly string[]): string[] {
  return titles.filter((title) => /key|not set/i.test(title));
}

async function warnings(type: string, config: Given, block: Given, env: NodeJS.ProcessEnv = {}) {
  const { titles, details } = await new ProviderSession(block, env).plan(type, config);
  return { said: keyWarnings(titles), details };
}

for (const { name, config, server: options } of objectCases) {
  const found = apiObjects.find(({ declaration }) => declaration.name === name);
  const admin = found?.declaration.key === "admin";
  test(`a plan that creates one of ${name} without a key says so once, and none with its key`, async (t) => {
    const { server } = await place(t, options ?? {});
    const given = config(server);
    const other = admin ? { api_key: "sk-test" } : { admin_api_key: "sk-admin-test" };
    const own = admin ? { admin_api_key: "sk-admin-test" } : { api_key: "sk-test" };
    for (const block of [{}, other]) {
      const { said } = await warnings(name, given, block);
      assert.deepEqual(said, [admin ? "warning: No admin API key" : "warning: No API key"]);
    }
    assert.deepEqual((await warnings(name, given, own)).said, []);
    const variable = admin ? "OPENAI_ADMIN_KEY" : "OPENAI_API_KEY";
    assert.deepEqual((await warnings(name, given, {}, { [variable]: "sk-admin-x" })).said, []);
    const unknown = admin ? { admin_api_key: UNKNOWN } : { api_key: UNKNOWN };
    assert.deepEqual((await warnings(name, given, unknown)).said, []);
  });
}

test("a completion's plan says so, too, and that it is paid for", async () => {
  const { titles, details } = await new ProviderSession({}).plan(completion, prompt);
  const paid = "warning: Creating this chat completion is paid for";
  assert.deepEqual(titles, [paid, "warning: No API key"]);
  assert.match(details[1] ?? "", /^This plan can be made without one, and its apply ends with an error\./);
  assert.match(details[1] ?? "", /OPENAI_API_KEY/);
});

test("a key that needs no key, that headers carry, or that lies nowhere, is told apart", async () => {
  const none = { api_key: "none", base_url: "http://localhost:1/v1" };
  assert.deepEqual((await warnings(completion, prompt, none)).said, []);
  const headers = {
    headers: new Map([["authorization", "Bearer x"]]),
    base_url: "https://gateway.example/v1",
  };
  assert.deepEqual((await warnings(completion, prompt, headers)).said, []);
  const named = await warnings(completion, prompt, { api_key: "OPENAI_API_KEY" });
  assert.deepEqual(named.said, ["warning: OPENAI_API_KEY is not set"]);
  const azure = { headers: new Map([["x-api-key", "y"]]), base_url: "https://gateway.example/v1" };
  const admin = await warnings("openai_project", { name: "Website" }, azure, {
    OPENAI_ADMIN_KEY: "sk-admin-x",
  });
  assert.deepEqual(admin.said, ["warning: No admin API key"]);
  assert.match(admin.details.join(), /OPENAI_ADMIN_KEY: it is set, and not sent/);
});

test("without a key functions and validation say nothing", () => {
  const session = new ProviderSession({});
  assert.deepEqual(session.validate("openai_project", { name: "Website" }).titles, []);
});
