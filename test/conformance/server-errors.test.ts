import assert from "node:assert/strict";
import { renderError } from "../support/openai-server/errors.ts";
import { type ErrorName, knownError } from "../support/openai-server/known-errors.ts";
import type { Envelope } from "../support/openai-server/options.ts";
import type { OpenAIServer } from "../support/openai-server/server.ts";
import { type Answer, ask, compare, recorded, serve, shape } from "./recorded-bodies.ts";

for (const file of ["rec-get-404-not-yet-indexed.json", "err-404-completion-nonexistent.json"]) {
  compare(`a 404, byte by byte: ${file}`, async (t) => {
    const server = await serve(t);
    const expected = recorded(file);
    const id = expected.error.message.split(" ")[1];
    const { status, text } = await ask(server, "GET", `/chat/completions/${id}`);
    assert.equal(status, 404);
    assert.equal(text, JSON.stringify(expected, null, 2));
    if (id.length !== "chatcmpl-".length + 29) return;
    assert.equal(`${text.length}`, recorded("rec-get-404.response-headers.json")["Content-Length"]);
  });
}

/** Recorded errors, the name under which a fault gives them, and the envelope where it is not OpenAI's. */
const ERRORS: readonly (readonly [string, ErrorName, number, Envelope?])[] = [
  ["err-401-no-key.json", "no_api_key", 401],
  ["err-401-mismatched-organization.json", "mismatched_organization", 401],
  ["err-401-missing-scopes.json", "missing_scopes", 401],
  ["err-403-missing-scopes-admin.json", "missing_admin_scopes", 403],
  ["err-403-missing-scopes-string-envelope.json", "missing_scopes_403", 403, "string"],
  ["err-403-model-access.json", "model_access", 403],
  ["err-403-region.json", "region", 403],
  ["err-405-method-not-supported.json", "method_not_supported", 405],
  ["err-429-admin-slow-down.json", "slow_down", 429],
  ["err-429-rate-limit.json", "rate_limit", 429],
  ["err-429-insufficient-quota.json", "insufficient_quota", 429],
  ["err-429-credit-balance-exhausted.json", "credit_balance_exhausted", 429],
  ["err-500-server-error.json", "server_error", 500],
  ["err-fastapi-detail.json", "method_not_supported", 405, "fastapi"],
  ["err-azure-404.json", "not_found", 404, "azure"],
];

for (const [file, name, status, envelope = "openai"] of ERRORS) {
  compare(`an error: ${file}`, () => {
    const reply = renderError(knownError(name), envelope);
    const [mine, theirs] = [JSON.parse(reply.body.toString()), recorded(file)];
    assert.equal(reply.status, status);
    assert.deepEqual(shape(mine), shape(theirs));
    // Two kinds of limits have the same shape: of requests and of tokens.
    if (typeof theirs.error === "object" && name !== "rate_limit")
      assert.equal(mine.error.type, theirs.error.type);
    if (typeof theirs.error === "object") assert.equal(mine.error.code, theirs.error.code);
  });
}

compare("the Administration API's refusal of a project's key, word by word", async (t) => {
  const server = await serve(t);
  const { status, text } = await ask(server, "GET", "/organization/projects");
  assert.equal(status, 403);
  assert.equal(text, JSON.stringify(recorded("err-403-missing-scopes-admin.json"), null, 2));
});

compare("errors that requests provoke", async (t) => {
  const server = await serve(t);
  const refused = (more: object) =>
    ask(server, "POST", "/chat/completions", {
      model: "gpt-4o",
      messages: [{ role: "user", content: "Hi" }],
      ...more,
    });
  assert.deepEqual((await refused({ metadata: {} })).json, recorded("err-400-metadata-needs-store.json"));
  const model = recorded("err-404-model.json");
  assert.deepEqual((await refused({ model: model.error.message.split("`")[1] })).json, model);
  const url = recorded("err-404-invalid-url.json");
  const path = /\/v1(\S+)\)/.exec(url.error.message)?.[1] ?? "";
  assert.deepEqual((await ask(server, "GET", path)).json, url);
  const strict = await serve(t, { keys: {} });
  const key = recorded("err-401-invalid-api-key.json");
  const masked: string = /provided: (\S+)\. /.exec(key.error.message)?.[1] ?? "";
  const wrong = masked.replaceAll("*", "x");
  const { text } = await ask(strict, "GET", "/chat/completions", undefined, wrong);
  assert.equal(text, JSON.stringify(key, null, 2));
});

/** Headers of the connection and of the body's framing, which Node decides on. */
const FRAMING = new Set(["connection", "keep-alive", "content-length", "transfer-encoding"]);

function names(headers: Iterable<string>): string[] {
  return [...new Set([...headers].map((name) => name.toLowerCase()))]
    .filter((name) => !FRAMING.has(name))
    .sort();
}

const HEADERS: readonly (readonly [string, (server: OpenAIServer) => Promise<Answer>])[] = [
  ["rec-get.response-headers.json", (server) => ask(server, "GET", "/chat/completions/x")],
  ["rec-get-404.response-headers.json", (server) => ask(server, "GET", "/chat/completions/y")],
  ["err-401.response-headers.json", (server) => ask(server, "GET", "/chat/completions/x", undefined, "no")],
  [
    "rec-create-store.response-headers.json",
    (server) =>
      ask(server, "POST", "/chat/completions", {
        model: "gpt-4o",
        messages: [{ role: "user", content: "Hi" }],
      }),
  ],
];

for (const [file, act] of HEADERS) {
  compare(`headers: ${file}`, async (t) => {
    const server = await serve(t, { completions: [{ id: "x" }], keys: { "sk-test": {} } });
    const { headers } = await act(server);
    const expected = recorded(file);
    assert.deepEqual(names(headers.keys()), names(Object.keys(expected)));
    for (const name of ["Content-Type", "openai-version", "Server", "X-Content-Type-Options", "Vary"]) {
      assert.equal(headers.get(name), expected[name] ?? null, name);
    }
  });
}
