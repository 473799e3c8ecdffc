import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, createStored, errorOf, get, serve } from "./openai-server-client.ts";

const KEYS = {
  "sk-good": { organization: "org-1", project: "proj_1" },
  "sk-scopes": { refuse: "missing_scopes" },
  "sk-region": { refuse: "region" },
} as const;

test("a request without a key gets 401, with a charset and without OpenAI's own headers", async (t) => {
  const server = await serve(t);
  const answer = await get(server, "/chat/completions/x", { key: "" });
  assert.deepEqual(errorOf(answer), [401, "invalid_request_error", null, null]);
  assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
  assert.match(answer.headers.get("x-request-id") ?? "", /^req_[0-9a-f]{32}$/);
  assert.deepEqual(
    [...answer.headers.keys()].filter((name) => name.startsWith("openai-")),
    [],
  );
});

test("an unknown key gets 401, which echoes the key's ends and hides its middle", async (t) => {
  const server = await serve(t, { keys: KEYS });
  const answer = await get(server, "/chat/completions/x", { key: "sk-proj-abcdefghijklmnop" });
  assert.deepEqual(errorOf(answer), [401, "invalid_request_error", null, "invalid_api_key"]);
  assert.match(answer.text, /provided: sk-proj-\*{12}mnop\./);
});

test("a key's own refusals and the wrong organization or project are distinguished", async (t) => {
  const server = await serve(t, { keys: KEYS });
  const code = async (key: string, headers = {}) =>
    errorOf(await get(server, "/chat/completions/x", { key, headers }));
  const type = "invalid_request_error";
  assert.deepEqual(await code("sk-good"), [404, type, "completion_id", "not_found"]);
  assert.deepEqual(await code("sk-good", { "openai-organization": "org-1", "openai-project": "proj_1" }), [
    404,
    type,
    "completion_id",
    "not_found",
  ]);
  assert.deepEqual(await code("sk-good", { "openai-organization": "org-2" }), [
    401,
    type,
    null,
    "mismatched_organization",
  ]);
  assert.deepEqual(await code("sk-good", { "openai-project": "proj_2" }), [
    401,
    type,
    null,
    "mismatched_project",
  ]);
  assert.deepEqual(await code("sk-scopes"), [401, type, null, null]);
  assert.deepEqual(await code("sk-region"), [
    403,
    "request_forbidden",
    null,
    "unsupported_country_region_territory",
  ]);
});

test("success and 404 carry OpenAI's headers, and only an answered POST the rate limits", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const found = (await get(server, "/chat/completions/x")).headers;
  const missing = (await get(server, "/chat/completions/y")).headers;
  for (const headers of [found, missing]) {
    assert.equal(headers.get("openai-version"), "2020-10-01");
    assert.equal(headers.get("openai-organization"), "org-local");
    assert.equal(headers.get("x-ratelimit-limit-requests"), null);
    assert.ok(headers.get("x-request-id"));
  }
  assert.notEqual(found.get("x-request-id"), missing.get("x-request-id"));
  const body = { model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] };
  const created = await ask(server, "POST", "/chat/completions", { body });
  assert.equal(created.headers.get("x-ratelimit-limit-requests"), "10000");
});

test("a wrong path gets 404 with the path, a wrong method 405", async (t) => {
  const server = await serve(t);
  const wrong = await get(server, "/v1/chat/completions/x");
  assert.equal(wrong.status, 404);
  assert.equal(JSON.parse(wrong.text).error.message, "Invalid URL (GET /v1/v1/chat/completions/x)");
  assert.equal(JSON.parse(wrong.text).error.code, null);
  assert.equal((await get(server, "/chat/completions/x/y/z")).status, 404);
  assert.deepEqual(errorOf(await ask(server, "PUT", "/chat/completions/x")), [
    405,
    "invalid_request_error",
    null,
    "method_not_supported",
  ]);
});

test("a gateway wants its own header", async (t) => {
  const server = await serve(t, { requiredHeaders: { "X-Gateway-Team": "platform" } });
  server.seed({ id: "x" });
  assert.equal((await get(server, "/chat/completions/x")).status, 401);
  const answer = await get(server, "/chat/completions/x", { headers: { "x-gateway-team": "platform" } });
  assert.equal(answer.status, 200);
});

test("errors come in the other envelopes too", async (t) => {
  const server = await serve(t, { envelope: "string" });
  const text = async () => (await get(server, "/chat/completions/x")).text;
  assert.equal(await text(), '{\n  "error": "Completion x not found"\n}');
  server.control.settings.envelope = "fastapi";
  assert.equal(await text(), '{"detail":"Completion x not found"}');
  server.control.settings.envelope = "azure";
  assert.equal(await text(), '{"error":{"code":"404","message":"Completion x not found"}}');
});

test("Azure takes the api-key header and answers in its own form", async (t) => {
  const server = await serve(t, { mode: "azure" });
  assert.match(server.url, /\/openai\/v1$/);
  const asked = { key: "", headers: { "api-key": "secret" } };
  const id = await createStored(server, { metadata: { a: "b" } }, asked);
  const body = JSON.parse((await get(server, `/chat/completions/${id}`, asked)).text);
  assert.equal(body.object, "chat.completion");
  assert.deepEqual([body.service_tier, body.choices[0].finish_reason], [null, null]);
  assert.deepEqual([body.usage.prompt_tokens_details, body.usage.completion_tokens_details], [null, null]);
  const list = JSON.parse((await get(server, "/chat/completions", asked)).text);
  assert.equal(list.total, 1);
  assert.equal(list.data[0].object, null);
  const messages = JSON.parse((await get(server, `/chat/completions/${id}/messages`, asked)).text);
  assert.deepEqual(messages.data, [
    {
      content: "Hi",
      refusal: null,
      role: "user",
      audio: null,
      function_call: null,
      tool_calls: null,
      id: `${id}-0`,
    },
  ]);
  assert.equal((await get(server, `/chat/completions/${id}`, { key: "" })).status, 401);
  assert.deepEqual(JSON.parse((await get(server, "/chat/completions/no", asked)).text).error.code, "404");
});

test("the older Azure path wants api-version, creates below a deployment and reads outside of it", async (t) => {
  const server = await serve(t, { mode: "azure_legacy" });
  const headers = { "api-key": "secret" };
  const body = { model: "gpt-4o", store: true, messages: [{ role: "user", content: "Hi" }] };
  const create = (path: string) => ask(server, "POST", path, { key: "", headers, body });
  assert.equal((await create("/deployments/mine/chat/completions")).status, 404);
  assert.equal((await create("/chat/completions?api-version=2025-02-01-preview")).status, 404);
  const created = await create("/deployments/mine/chat/completions?api-version=2025-02-01-preview");
  assert.equal(created.status, 200);
  const path = `/chat/completions/${JSON.parse(created.text).id}`;
  const status = async (where: string) => (await get(server, where, { key: "", headers })).status;
  assert.equal(await status(`${path}?api-version=2025-02-01-preview`), 200);
  assert.equal(await status(path), 404);
  assert.equal(await status(`/deployments/mine${path}?api-version=2025-02-01-preview`), 404);
});
