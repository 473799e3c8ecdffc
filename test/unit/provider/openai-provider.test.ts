import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { inspect } from "node:util";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { Diagnostics, type Logger } from "../../../src/framework/index.ts";
import { OpenAIProvider } from "../../../src/provider/openai-provider.ts";
import type { Mode } from "../../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../../support/openai-server/server.ts";
import { get } from "../openai/support.ts";
import { accessOf, configured, type ProviderConfig } from "./support.ts";

/** What one read sends, of a provider with this block and environment. */
async function sent(
  test: TestContext,
  given: Partial<ProviderConfig>,
  options: {
    env?: NodeJS.ProcessEnv;
    ownKey?: string;
    terraform?: string;
    mode?: Mode;
    anyKey?: boolean;
  } = {},
) {
  const server: OpenAIServer = await startOpenAIServer({ mode: options.mode ?? "openai" });
  test.after(() => server.close());
  if (options.anyKey)
    server.fault({ body: { id: "chatcmpl-abc123", object: "chat.completion", choices: [] } });
  const provider = configured(
    given,
    { OPENAI_BASE_URL: server.url, NO_PROXY: "*", ...options.env },
    options.terraform,
  );
  const access = accessOf(provider, options.ownKey ?? null);
  assert.ok(!Array.isArray(access), String(access));
  test.after(() => access.openai.close());
  await access.openai.send(get("chatcmpl-abc123"));
  const request = server.requests[0];
  assert.ok(request);
  return { ...request, keySource: access.keySource };
}

test("the key is the data source's, then the provider's, then the environment's", async (t) => {
  const env = { OPENAI_API_KEY: " sk-environment\n" };
  const own = await sent(t, { api_key: "sk-provider" }, { env, ownKey: "sk-own" });
  assert.deepEqual([own.headers.authorization, own.keySource], ["Bearer sk-own", "object"]);
  const provider = await sent(t, { api_key: "sk-provider" }, { env });
  assert.deepEqual([provider.headers.authorization, provider.keySource], ["Bearer sk-provider", "provider"]);
  const environment = await sent(t, {}, { env });
  assert.deepEqual(
    [environment.headers.authorization, environment.keySource],
    ["Bearer sk-environment", "environment"],
  );
});

test("headers, query, organization, project and who asks are sent", async (t) => {
  const request = await sent(
    t,
    {
      organization: "org-a",
      headers: new Map([["X-Team", "platform"]]),
      query: new Map([["api-version", "preview"]]),
    },
    {
      env: {
        OPENAI_API_KEY: "sk-a",
        OPENAI_ORG_ID: "org-environment",
        OPENAI_PROJECT_ID: "proj_environment",
      },
    },
  );
  assert.equal(request.headers["openai-organization"], "org-a");
  assert.equal(request.headers["openai-project"], "proj_environment");
  assert.equal(request.headers["x-team"], "platform");
  assert.equal(request.query.get("api-version"), "preview");
  assert.match(
    request.headers["user-agent"] ?? "",
    /^Terraform\/1\.11\.4 terraform-provider-openai\/\d+\.\d+\.\d+ \(\w+; Node v\d+\.[\d.]+\)$/,
  );
});

test("a Terraform version that no header should carry is left out", async (t) => {
  for (const terraform of ["", "1.0\r\nX: y"]) {
    const request = await sent(t, { api_key: "sk-a" }, { terraform });
    assert.match(request.headers["user-agent"] ?? "", /^terraform-provider-openai\//);
  }
});

test("headers that authorize stand in for a key", async (t) => {
  for (const name of ["Authorization", "api-key", "API-Key"]) {
    const mode = name === "Authorization" ? "openai" : "azure";
    const request = await sent(t, { headers: new Map([[name, "Bearer gateway-token"]]) }, { mode });
    assert.equal(request.headers[name.toLowerCase()], "Bearer gateway-token");
    assert.equal(request.keySource, "headers");
  }
});

test("an object's own key has the place of the key in the headers, and none takes it away", async (t) => {
  const headers = new Map([
    ["X-Api-Key", "theirs"],
    ["cf-aig-authorization", "Bearer gateway"],
  ]);
  const cases = [
    ["own", "own", undefined, "object"],
    ["none", undefined, undefined, "none"],
  ] as const;
  for (const [ownKey, key, authorization, source] of cases) {
    const request = await sent(t, { headers }, { ownKey, anyKey: true });
    assert.deepEqual(
      [request.headers["x-api-key"], request.headers.authorization, request.keySource],
      [key, authorization, source],
    );
    assert.equal(request.headers["cf-aig-authorization"], "Bearer gateway", "the gateway's own stays");
  }
  const beside = await sent(
    t,
    { headers: new Map([["cf-aig-authorization", "Bearer g"]]) },
    { ownKey: "own" },
  );
  assert.equal(beside.headers.authorization, "Bearer own");
});

test("an API that wants no key gets none", async (t) => {
  for (const [api_key, OPENAI_API_KEY] of [
    ["none", "sk-environment"],
    [null, "none"],
  ] as const) {
    const request = await sent(t, { api_key }, { env: { OPENAI_API_KEY }, anyKey: true });
    assert.deepEqual([request.headers.authorization, request.keySource], [undefined, "none"]);
  }
});

test("without a key anywhere the error names every way to set one", () => {
  for (const given of [{}, { headers: new Map([["X-Team", "a"]]) }]) {
    const errors = accessOf(configured(given, { OPENAI_API_KEY: " " }));
    assert.ok(Array.isArray(errors));
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? "", /^api_key: No API key: /);
    for (const way of ["OPENAI_API_KEY", "provider block", "data source", "Authorization", "api-key"]) {
      assert.ok(errors[0]?.includes(way), way);
    }
  }
});

test("what is not known yet fails where it is needed, and the environment never stands in", () => {
  const env = { OPENAI_API_KEY: "sk-environment", OPENAI_BASE_URL: "https://env.example/v1" };
  const cases: [string, Partial<ProviderConfig>][] = [
    ["api_key", { api_key: UNKNOWN }],
    ["base_url", { base_url: UNKNOWN }],
    ["organization", { organization: UNKNOWN }],
    ["headers", { headers: UNKNOWN }],
    ["headers", { headers: new Map([["X-Team", UNKNOWN]]) }],
    ["query", { query: new Map([["a", UNKNOWN]]) }],
    ["api_key, timeout", { api_key: UNKNOWN, timeout: UNKNOWN }],
  ];
  for (const [names, given] of cases) {
    const errors = accessOf(configured(given, env));
    assert.ok(Array.isArray(errors), names);
    assert.match(errors[0] ?? "", /^block: Provider configuration not known yet: /);
    assert.ok(errors[0]?.includes(`This needs ${names} of the provider`), errors[0]);
    assert.match(errors[0] ?? "", /-target/);
  }
});

test("a key of the data source's own makes an unknown key of the provider unimportant, and nothing else", () => {
  assert.ok(!Array.isArray(accessOf(configured({ api_key: UNKNOWN }), "sk-own")));
  const errors = accessOf(configured({ api_key: UNKNOWN, base_url: UNKNOWN }), "sk-own");
  assert.ok(Array.isArray(errors));
  assert.ok(errors[0]?.includes("This needs base_url of"), errors[0]);
});

test("a message's base URL has no query, no slash at its end, and no token of its path", () => {
  for (const [given, shown] of [
    ["https://a.example/", "https://a.example"],
    ["https://a.example/v1/?token=hunter22", "https://a.example/v1"],
    ["https://a.example/hunter22/v1", "https://a.example/…/v1"],
  ]) {
    const access = accessOf(configured({ api_key: "sk-a", base_url: given ?? null }));
    assert.ok(!Array.isArray(access));
    assert.equal(access.baseUrl, shown);
    assert.equal(access.origin, "https://a.example");
  }
});

test("one client is prepared for each key, and each read has its own log", async (t) => {
  const server: OpenAIServer = await startOpenAIServer();
  t.after(() => server.close());
  let prepared = 0;
  const headers = {
    get "X-Team"() {
      prepared += 1;
      return "platform";
    },
  };
  const made = (ownKey: string | null, lines: string[] = []) => {
    const before = prepared;
    const log: Logger = { log: (_, message) => lines.push(message), with: () => log };
    const access = provider.access(ownKey, { diagnostics: new Diagnostics(), log });
    assert.ok(access);
    t.after(() => access.openai.close());
    return { openai: access.openai, isNew: prepared > before };
  };
  const client = { baseUrl: new URL(server.url), headers, userAgent: "t", env: {} };
  const nothing = { adminKey: undefined, organization: undefined, project: undefined };
  const provider = new OpenAIProvider({
    client,
    said: { ...nothing, apiKey: { value: "sk-provider" } },
    environment: { ...nothing, apiKey: undefined },
    host: "block",
    credentials: [],
    problems: [],
    unknown: [],
  });
  const asked = [null, null, "sk-own", "sk-own", "sk-other", null].map((key) => made(key).isNew);
  assert.deepEqual(asked, [true, false, true, false, true, false]);

  const [first, second]: [string[], string[]] = [[], []];
  const reads = [made(null, first).openai, made("sk-own", second).openai, made(null, second).openai];
  for (const openai of reads) await openai.send(get("chatcmpl-abc123"));
  assert.deepEqual(
    server.requests.map(({ key }) => key),
    ["sk-provider", "sk-own", "sk-provider"],
  );
  assert.deepEqual([first.length, second.length], [1, 2]);
});

test("inspecting the provider, as a crash report would, prints no secret", () => {
  const provider = configured({
    api_key: "sk-hunter22-secret",
    headers: new Map([["X-Gateway-Token", "gateway-hunter22"]]),
    query: new Map([["code", "query-hunter22"]]),
  });
  const access = accessOf(provider, "sk-own-hunter22");
  assert.ok(!Array.isArray(access));
  for (const value of [provider, access]) {
    assert.doesNotMatch(inspect(value, { depth: 20, showHidden: true }), /hunter22/);
    assert.doesNotMatch(JSON.stringify(value), /hunter22/);
  }
});

/** What one request to the Administration API sends. */
async function sentAsAdmin(t: TestContext, given: Partial<ProviderConfig>, env: NodeJS.ProcessEnv = {}) {
  const server = await startOpenAIServer();
  t.after(() => server.close());
  server.fault({ body: { object: "list", data: [], has_more: false } });
  const provider = configured(given, { OPENAI_BASE_URL: server.url, NO_PROXY: "*", ...env });
  const access = accessOf(provider, null, "admin");
  assert.ok(!Array.isArray(access), String(access));
  t.after(() => access.openai.close());
  await access.openai.page({ method: "GET", path: ["organization", "projects"] });
  return server.requests[0]?.headers ?? {};
}

test("the admin key is sent without a project, and in the place of the project's key in a header", async (t) => {
  const block = { api_key: "sk-a", admin_api_key: "sk-admin-a", organization: "org-a", project: "proj_a" };
  const headers = await sentAsAdmin(t, block);
  assert.equal(headers.authorization, "Bearer sk-admin-a");
  assert.equal(headers["openai-organization"], "org-a");
  assert.equal(headers["openai-project"], undefined);
  const replaced = await sentAsAdmin(
    t,
    { headers: new Map([["Authorization", "Bearer sk-project"]]), admin_api_key: "OPENAI_ADMIN_KEY" },
    { OPENAI_ADMIN_KEY: "sk-admin-environment" },
  );
  assert.equal(replaced.authorization, "Bearer sk-admin-environment");
  const azure = await sentAsAdmin(t, {
    headers: new Map([["api-key", "project"]]),
    admin_api_key: "sk-admin-a",
  });
  assert.deepEqual([azure.authorization, azure["api-key"]], [undefined, "sk-admin-a"]);
});

test("without an admin key the error names both places, and no project's key stands in", () => {
  const project = { OPENAI_API_KEY: "sk-project" };
  for (const given of [
    {},
    { api_key: "sk-project" },
    { headers: new Map([["Authorization", "Bearer sk-p"]]) },
  ]) {
    const errors = accessOf(configured(given, project), null, "admin");
    assert.ok(Array.isArray(errors));
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? "", /^block: No admin API key: /);
    assert.match(errors[0] ?? "", /OPENAI_ADMIN_KEY[\s\S]*admin_api_key in the provider block/);
  }
});

test("a key that is set and not for this host is named as such where it is missing", () => {
  const env = { OPENAI_API_KEY: "sk-environment", OPENAI_ADMIN_KEY: "sk-admin-environment" };
  const block = { base_url: "https://gateway.example/v1" };
  const admin = accessOf(configured({ ...block, api_key: "sk-vendor" }, env), null, "admin");
  assert.ok(Array.isArray(admin));
  assert.match(
    admin[0] ?? "",
    /OPENAI_ADMIN_KEY: it is set, and not sent[\s\S]*admin_api_key = "OPENAI_ADMIN_KEY"/,
  );
  const projects = accessOf(configured({ ...block, admin_api_key: "sk-admin-vendor" }, env));
  assert.ok(Array.isArray(projects));
  assert.match(projects[0] ?? "", /OPENAI_API_KEY: it is set, and not sent[\s\S]*api_key = "OPENAI_API_KEY"/);
});

test("an admin key that is not known yet is no reason to use another, and none for what is a project's", () => {
  const env = { OPENAI_API_KEY: "sk-environment", OPENAI_ADMIN_KEY: "sk-admin-environment" };
  const errors = accessOf(configured({ admin_api_key: UNKNOWN }, env), null, "admin");
  assert.ok(Array.isArray(errors));
  assert.ok(errors[0]?.includes("This needs admin_api_key of the provider"), errors[0]);
  assert.ok(!Array.isArray(accessOf(configured({ admin_api_key: UNKNOWN }, env))));
  assert.ok(!Array.isArray(accessOf(configured({ api_key: UNKNOWN, project: UNKNOWN }, env), null, "admin")));
});

test("each client hides both keys, though it sends one", () => {
  const keys = { api_key: "hunter22-of-the-project", admin_api_key: "hunter22-of-the-organization" };
  const secrets = new Set<string>();
  const provider = configured(keys, {}, undefined, secrets);
  for (const key of ["project", "admin"] as const) {
    secrets.clear();
    assert.ok(!Array.isArray(accessOf(provider, null, key)));
    for (const secret of Object.values(keys)) assert.ok(secrets.has(secret), `${key} ${secret}`);
  }
});

test("each key stays in its part of the API: nothing is dialled otherwise", async () => {
  const provider = configured({
    api_key: "sk-a",
    admin_api_key: "sk-admin-a",
    base_url: "http://localhost:9",
  });
  const admin = accessOf(provider, null, "admin");
  const project = accessOf(provider);
  assert.ok(!Array.isArray(admin) && !Array.isArray(project));
  for (const path of [["files"], ["fine_tuning", "checkpoints", "c", "permissions"], ["Organization"], []])
    await assert.rejects(admin.openai.send({ method: "GET", path }), TypeError, String(path));
  for (const path of [
    ["organization", "users"],
    ["projects", "p", "roles"],
    ["ORGANIZATION", "users"],
  ])
    await assert.rejects(project.openai.send({ method: "GET", path }), TypeError, String(path));
});
