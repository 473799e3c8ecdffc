import assert from "node:assert/strict";
import { afterEach, beforeEach, it, type TestContext } from "node:test";
import { version } from "../../package.json";
import { type Arguments, read, through } from "../support/configurations.ts";
import { failingApply } from "../support/diagnostics.ts";
import type { RecordedRequest } from "../support/openai-server/recorded.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

let server: OpenAIServer;
beforeEach(async () => {
  server = await startOpenAIServer();
});
afterEach(() => server.close());

/** Every alias reads the completion of its own name, so that its requests are known by their path. */
function reading(name: string, values: Arguments, more: Arguments = {}): string {
  server.seed({ id: name });
  return through(name, values, name, more);
}

function requestsFor(name: string): RecordedRequest[] {
  return server.requests.filter((request) => request.path.endsWith(`/chat/completions/${name}`));
}

function requestFor(name: string): RecordedRequest {
  const [request, ...more] = requestsFor(name);
  assert.ok(request !== undefined && more.length === 0, `one request for ${name}`);
  return request;
}

function plan(test: TestContext, config: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  return new Workspace(test, env).write("main.tf", config).ok("plan");
}

it("without a provider block the environment says everything", async (test) => {
  await plan(test, read("example", "chatcmpl-abc123"), {
    OPENAI_API_KEY: " sk-environment\n",
    OPENAI_ORG_ID: "org-environment",
    OPENAI_PROJECT_ID: "proj_environment",
    OPENAI_BASE_URL: `${server.origin}//v1///?tenant=a%20b&empty=`,
    OPENAI_API_URL: "https://outranked.test",
  });
  const { path, query, headers, key } = requestFor("chatcmpl-abc123");
  assert.equal(path, "/v1/chat/completions/chatcmpl-abc123", "slashes are collapsed");
  assert.deepEqual(
    [...query],
    [
      ["tenant", "a b"],
      ["empty", ""],
    ],
    "the query is kept",
  );
  assert.equal(key, "sk-environment");
  assert.equal(headers["openai-organization"], "org-environment");
  assert.equal(headers["openai-project"], "proj_environment");
  const agent = `^Terraform/\\d+\\.\\d+\\.\\S+ terraform-provider-openai/${version.replaceAll(".", "\\.")} `;
  assert.match(headers["user-agent"] ?? "", new RegExp(agent));
});

it("OPENAI_API_URL stands in for a blank OPENAI_BASE_URL, with /v1 where its path is empty", async (test) => {
  const env = {
    OPENAI_API_KEY: "sk-other",
    OPENAI_ORG_ID: " ",
    OPENAI_PROJECT_ID: "",
    OPENAI_BASE_URL: "  ",
  };
  const config = read("example", "chatcmpl-abc123");
  await plan(test, config, { ...env, OPENAI_API_URL: `${server.origin}/` });
  await plan(test, config, { ...env, OPENAI_API_URL: `${server.origin}/v1` });
  assert.deepEqual(
    server.requests.map((request) => request.path),
    ["/v1/chat/completions/chatcmpl-abc123", "/v1/chat/completions/chatcmpl-abc123"],
  );
  for (const { headers } of server.requests) {
    assert.equal(headers["openai-organization"], undefined, "a blank variable counts as unset");
    assert.equal(headers["openai-project"], undefined);
  }
});

it("arguments outrank the environment, and headers and the query go with every request", async (test) => {
  const here: Arguments = { base_url: server.url, max_retries: 0 };
  const key: Arguments = { ...here, api_key: "sk-argument" };
  const config = [
    reading("arguments", {
      ...key,
      base_url: `${server.url}/?tenant=a`,
      organization: "org-argument",
      project: "proj_argument",
      headers: { "X-Gateway-Token": "t0ken", "x-team": "%{literally}" },
      query: { "api-version": "preview", "a b": "c&d" },
      timeout: "90",
    }),
    reading("replaced", { ...key, headers: { authorization: "Basic dXNlcg==", "User-Agent": "ours/1" } }),
    reading("azure", { ...here, headers: { "Api-Key": "azure-key" } }),
    reading("own-key", key, { api_key: "sk-own" }),
    reading("own-over-header", { ...key, headers: { Authorization: "Bearer other" } }, { api_key: "sk-own" }),
    reading("own-on-azure", { ...here, headers: { "api-key": "azure-key" } }, { api_key: "own-azure" }),
  ].join("");
  // The local server wants a bearer token, which what is for Azure does not have.
  for (const id of ["replaced", "azure", "own-on-azure"])
    server.fault({ id, carryOut: true, body: completion(id) });
  await plan(test, config, {
    OPENAI_API_KEY: "sk-environment",
    OPENAI_ORG_ID: "org-environment",
    OPENAI_PROJECT_ID: "proj_environment",
    OPENAI_BASE_URL: "https://outranked.test/v1",
    OPENAI_MAX_RETRIES: "not a number, but outranked",
  });

  const all = requestFor("arguments");
  assert.deepEqual(
    [...all.query],
    [
      ["tenant", "a"],
      ["a b", "c&d"],
      ["api-version", "preview"],
    ],
  );
  assert.equal(all.headers.authorization, "Bearer sk-argument");
  assert.equal(all.headers["openai-organization"], "org-argument");
  assert.equal(all.headers["openai-project"], "proj_argument");
  assert.equal(all.headers["x-gateway-token"], "t0ken");
  assert.equal(all.headers["x-team"], "%{literally}");
  const replaced = requestFor("replaced").headers;
  assert.equal(replaced.authorization, "Basic dXNlcg==");
  assert.equal(replaced["user-agent"], "ours/1");
  const azure = requestFor("azure").headers;
  assert.equal(azure["api-key"], "azure-key");
  assert.equal(azure.authorization, undefined, "the environment's key is not sent to another vendor");
  assert.equal(requestFor("own-key").headers.authorization, "Bearer sk-own");
  assert.equal(requestFor("own-over-header").headers.authorization, "Bearer sk-own");
  const own = requestFor("own-on-azure").headers;
  assert.deepEqual([own["api-key"], own.authorization], ["own-azure", undefined]);
});

it("beside another vendor's credential nothing of the environment is sent, unless the block says so", async (test) => {
  const here: Arguments = { base_url: server.url, max_retries: 0 };
  const vendor: Arguments = { ...here, headers: { "cf-aig-authorization": "Bearer vendor" } };
  const config = [
    reading("vendor", vendor),
    reading("query", { ...here, query: { "subscription-key": "vendor" } }),
    reading("said", { ...vendor, api_key: "OPENAI_API_KEY" }),
    reading("alone", here),
    reading("none", { ...here, api_key: "none" }),
  ].join("");
  for (const id of ["vendor", "query", "none"]) server.fault({ id, carryOut: true, body: completion(id) });
  await plan(test, config, {
    OPENAI_API_KEY: "sk-environment",
    OPENAI_ORG_ID: "org-environment",
    OPENAI_PROJECT_ID: "proj_environment",
  });
  const sent = (name: string) => {
    const { headers } = requestFor(name);
    return [headers.authorization, headers["openai-organization"], headers["openai-project"]];
  };
  const nothing = [undefined, undefined, undefined];
  assert.deepEqual(["vendor", "query", "said", "alone", "none"].map(sent), [
    nothing,
    nothing,
    ["Bearer sk-environment", undefined, undefined],
    ["Bearer sk-environment", "org-environment", "proj_environment"],
    nothing,
  ]);
  assert.equal(requestFor("vendor").headers["cf-aig-authorization"], "Bearer vendor");
});

it("a bad value of the environment is one error of the read that needs it, also without a provider block", async (test) => {
  for (const [env, title] of [
    [{ OPENAI_BASE_URL: "gateway.example/v1" }, "Invalid OPENAI_BASE_URL"],
    [{ OPENAI_MAX_RETRIES: "many" }, "Invalid OPENAI_MAX_RETRIES"],
  ] as const) {
    const work = new Workspace(test, { OPENAI_API_KEY: "sk-a", ...env });
    work.write("main.tf", read("example", "chatcmpl-abc123"));
    const { code, output } = await work.run(["plan", "-no-color"]);
    assert.equal(code, 1, output);
    assert.deepEqual(output.match(/Error: .*/g), [`Error: ${title}`], output);
    assert.match(output, /with data\.openai_chat_completion\.example/);
    assert.equal((await work.run(["validate"])).code, 0, "nothing is read there");
  }
});

it("max_retries says how often a failure is repeated, and rate limits are waited for beside it", async (test) => {
  const here: Arguments = { base_url: server.url };
  const config = [
    reading("default", here),
    reading("zero", { ...here, max_retries: 0 }),
    reading("two", { ...here, max_retries: 2 }),
    reading("limited", { ...here, max_retries: 0 }, { api_key: "sk-limited" }),
    reading("recovers", here),
  ].join("");
  const soon = { headers: { "retry-after-ms": "10" } };
  for (const id of ["default", "zero", "two"])
    server.fault({ id, error: "overloaded", times: "always", ...soon });
  server.fault({ id: "limited", error: "rate_limit", times: 3, ...soon });
  server.fault({ id: "recovers", error: "server_error", times: 4, ...soon });
  const counts = () =>
    Object.fromEntries(
      ["default", "zero", "two", "limited", "recovers"].map((id) => [id, requestsFor(id).length]),
    );

  const env = { OPENAI_API_KEY: "sk-retries", OPENAI_MAX_RETRIES: "" };
  const errors = await failingApply(new Workspace(test, env), config);
  assert.deepEqual([...errors.keys()].sort(), ["default", "two", "zero"]);
  assert.deepEqual(counts(), { default: 5, zero: 1, two: 3, limited: 4, recovers: 5 });

  server.control.clearRequests();
  await failingApply(new Workspace(test, { ...env, OPENAI_MAX_RETRIES: "1" }), config);
  assert.deepEqual(counts(), { default: 2, zero: 1, two: 3, limited: 1, recovers: 1 });
});

function completion(id: string): object {
  return { id, object: "chat.completion", model: "m", created: 1, choices: [] };
}
