import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { lacks } from "../support/cli.ts";
import { block, Expression, provider, read } from "../support/configurations.ts";
import type { Fault, FaultFilter } from "../support/openai-server/faults.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { startProxy } from "../support/proxy.ts";
import { type CliResult, Workspace } from "../support/terraform.ts";

/** Every secret that the provider gets. Each begins and ends in pieces that stand nowhere else. */
const secrets = {
  environment: "sk-proj-CANARYenv-7f3a9c51d2e84b06-QZ1X",
  provider: "sk-proj-CANARYprov-51d2e84b067f3a9c-QZ2X",
  dataSource: "sk-proj-CANARYdata-e84b067f3a9c51d2-QZ3X",
  adminEnvironment: "sk-admin-CANARYaenv-3a9c51d2e84b067f-QZ0X",
  // Not every key begins as OpenAI's do.
  adminProvider: "CANARYadmin.067f3a9c51d2e84b.QZ9X",
  header: "CANARYheader-067f3a9c51d2e84b-QZ4X",
  query: "CANARYquery-9c51d2e84b067f3a-QZ5X",
  baseQuery: "CANARYbase-d2e84b067f3a9c51-QZ6X",
  proxy: "CANARYproxy-4b067f3a9c51d2e8-QZ7X",
  path: "CANARYpath-3a9c51d2e84b067f-QZ8X",
};

/** Also the pieces of a key that OpenAI echoes: its first 8 characters and its last 4. */
const trace = /CANARY|QZ\dX|7f3a9c51|51d2e84b/i;

/** All that a practitioner's terminal and log hold, at the level that says everything. */
function assertClean(result: CliResult): void {
  for (const [index, line] of result.output.split("\n").entries()) {
    assert.doesNotMatch(line, trace, `line ${index}`);
  }
  assert.match(result.stderr, /TRACE/, "the log is there");
  assert.match(result.stderr, /request (done|failed)/, "the provider's own log is in it");
}

/** A read with each way to give a secret; the names and IDs of the completions end so. No two lists are one request. */
function reads(ending: string, index: number): string {
  const limit = index + 1;
  const everything = new Expression("openai.everything");
  return [
    read(`environment${ending}`, `environment${ending}`),
    read(`own${ending}`, `own${ending}`, { api_key: new Expression("var.secret_dataSource") }),
    read(`everything${ending}`, `everything${ending}`, { provider: everything }),
    block(`data "openai_projects" "environment${ending}"`, { limit }),
    block(`data "openai_projects" "everything${ending}"`, { limit, provider: everything }),
  ].join("");
}

async function place(test: TestContext, endings: readonly string[] = [""]) {
  const server = await startOpenAIServer({
    basePath: `/${secrets.path}/v1`,
    keys: Object.fromEntries(
      Object.entries(secrets).map(([name, key]) => [
        key,
        { plane: name.startsWith("admin") ? "admin" : "project" },
      ]),
    ),
  });
  const proxy = await startProxy({ to: server.port });
  test.after(() => Promise.all([proxy.close(), server.close()]));
  const variables = Object.keys(secrets).map((name) =>
    block(`variable "secret_${name}"`, { type: new Expression("string"), sensitive: true }),
  );
  const env: Record<string, string> = {
    TF_LOG: "trace",
    NODE_DEBUG: "*",
    OPENAI_API_KEY: secrets.environment,
    OPENAI_ADMIN_KEY: secrets.adminEnvironment,
    OPENAI_BASE_URL: `${server.url}?sig=${secrets.baseQuery}`,
    HTTP_PROXY: `http://user:${secrets.proxy}@127.0.0.1:${proxy.port}`,
    OPENAI_MAX_RETRIES: "0",
  };
  for (const [name, value] of Object.entries(secrets)) env[`TF_VAR_secret_${name}`] = value;
  const providers = [
    provider({}),
    provider({
      alias: "everything",
      api_key: new Expression("var.secret_provider"),
      admin_api_key: new Expression("var.secret_adminProvider"),
      base_url: new Expression(`"http://gateway.test/\${var.secret_path}/v1?sig=\${var.secret_baseQuery}"`),
      allow_http: true,
      headers: new Expression('{ "X-Token" = var.secret_header }'),
      query: new Expression('{ "code" = var.secret_query }'),
    }),
  ];
  const work = new Workspace(test, env)
    .write("main.tf", [...variables, ...providers].join(""))
    .write("reads.tf", endings.map(reads).join(""));
  return { server, proxy, work };
}

it("no secret is in any output or log of a read that works, nor in the state but for the argument itself", async (test) => {
  const { server, proxy, work } = await place(test);
  for (const id of completions) server.seed({ id });
  const result = await work.run(["apply", "-auto-approve"]);
  assert.equal(result.code, 0, result.stderr);
  assertClean(result);

  // All were sent, or this would prove nothing.
  const queries = server.requests.flatMap((request) => [...request.query.values()]);
  const password = Buffer.from(`user:${secrets.proxy}`).toString("base64");
  const sent = JSON.stringify([server.requests, queries, proxy.requests]);
  for (const secret of [...Object.values(sentWith).flat(), password])
    assert.ok(sent.includes(secret), secret);

  const state = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  const own = `"api_key": "${secrets.dataSource}"`;
  assert.equal(state.split(own).length, 2, "Terraform keeps the argument, which is sensitive");
  assert.doesNotMatch(state.replace(own, ""), trace);
  const shown = await work.run(["show"], { env: { TF_LOG: undefined } });
  assert.doesNotMatch(shown.output, trace);
});

/** What the API was sent with each read, and so may echo; the environment's base URL is for two of them. */
const sentWith: Readonly<Record<string, readonly string[]>> = {
  environment: [secrets.environment, secrets.baseQuery, secrets.path],
  own: [secrets.dataSource, secrets.baseQuery, secrets.path],
  everything: [secrets.provider, secrets.header, secrets.query, secrets.baseQuery, secrets.path],
  adminEnvironment: [secrets.adminEnvironment, secrets.baseQuery, secrets.path],
  adminProvider: [secrets.adminProvider, secrets.header, secrets.query, secrets.baseQuery, secrets.path],
};
/** The others are lists of projects. */
const completions = Object.keys(sentWith).filter((name) => !name.startsWith("admin"));

/** The requests that are sent with these; lists of projects have no ID, and any of them is meant. */
function requestsOf(name: string, ending: string): FaultFilter {
  const [key = ""] = sentWith[name] ?? [];
  return completions.includes(name) ? { id: name + ending } : { path: "/organization/projects", key };
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret.toUpperCase(),
    Array.from(bytes, (byte) => `%${byte.toString(16)}`).join(""),
    [...secret].join("\u200d"),
    Buffer.from(`x${secret}`).toString("base64"),
    bytes.toString("hex"),
  ];
}

const masked = (key: string) => `${key.slice(0, 8)}*****${key.slice(-4)}`;
const echoes: Readonly<Record<string, (sent: readonly string[]) => Fault>> = {
  "a key in full and masked": ([key = "", ...more]) => ({
    status: 401,
    body: { error: { message: `Incorrect API key provided: ${masked(key)}. ${key} ${more.join(" ")}` } },
  }),
  "a page, and a request ID": (sent) => ({
    status: 500,
    body: `<p>${sent.join(" ")}</p>`,
    contentType: "text/html",
    headers: { "x-request-id": sent.join("-") },
  }),
  "a redirect": ([key, query]) => ({
    redirect: `https://elsewhere.test/${key}?sig=${query}`,
    body: key ?? "",
  }),
  "every spelling of it": (sent) => ({
    status: 400,
    body: { error: { message: sent.flatMap(spellings).join(" | ").slice(0, 3_900) } },
  }),
  "a path that does not exist": (sent) => ({ status: 404, body: `Cannot GET /${sent.join("/")}` }),
  "a redirect to a host of that name": ([key = ""]) => ({ redirect: `https://${key.toLowerCase()}.test/` }),
  "another object": ([key = "", query]) => ({ body: { object: key, [key]: query } }),
};

it("no secret is in any output or log of reads that fail, whatever the API echoes", async (test) => {
  const cases = Object.entries(echoes).map(([what, echo], index) => ({ what, echo, ending: `_${index}` }));
  const { server, work } = await place(
    test,
    cases.map(({ ending }) => ending),
  );
  for (const { echo, ending } of cases)
    for (const [name, sent] of Object.entries(sentWith))
      server.fault({ ...requestsOf(name, ending), ...echo(sent) });
  const result = await work.run(["plan"]);
  assert.equal(result.code, 1, result.stdout);
  assert.equal(server.control.faults.waiting, 0, "each was echoed");
  for (const { what, ending } of cases) {
    await test.test(what, () => {
      for (const name of completions)
        assert.ok(result.output.includes(`with data.openai_chat_completion.${name}${ending},`), name);
      for (const name of ["environment", "everything"])
        assert.ok(result.output.includes(`with data.openai_projects.${name}${ending},`), name);
      assertClean(result);
    });
  }
});

it("a sensitive argument of the organization's objects is in no output and no log, whatever the API quotes", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const content = "CANARYcertificate067f3a9c51d2e84bQZ9X";
  const certificate = `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`;
  const one = (name: string) =>
    block(`resource "openai_certificate" "${name}"`, {
      name,
      certificate: new Expression("var.certificate"),
    });
  const quotes = [certificate, JSON.stringify({ content: certificate }), content.slice(0, 24)];
  const work = new Workspace(test, {
    TF_LOG: "trace",
    OPENAI_ADMIN_KEY: secrets.adminEnvironment,
    OPENAI_BASE_URL: server.url,
    TF_VAR_certificate: certificate,
  }).write(
    "main.tf",
    block('variable "certificate"', { type: new Expression("string"), sensitive: true }) +
      ["made", ...quotes.map((_, index) => `quoted_${index}`)].map(one).join(""),
  );
  for (const [index, quoted] of quotes.entries()) {
    const body = { error: { message: `Invalid: ${quoted}` } };
    server.fault({ method: "POST", text: `"quoted_${index}"`, status: 400, body });
  }
  const result = await work.run(["apply", "-auto-approve"]);
  assert.equal(result.code, 1, result.stdout);
  for (const index of quotes.keys())
    assert.ok(result.output.includes(`with openai_certificate.quoted_${index},`));
  assertClean(result);
  assert.equal(server.requests.filter(({ body }) => body.includes(content)).length, 4);
  assert.deepEqual(namesIn(work), ["made"]);
});

/** The names of the resources in state. */
function namesIn(work: Workspace): string[] {
  const text = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  const { resources }: { resources: { name: string }[] } = JSON.parse(text);
  return resources.map(({ name }) => name);
}

it("a write-only prompt is in no output and no log, whatever the API quotes", {
  skip: lacks("write-only arguments"),
}, async (test) => {
  const prompt = 'Say "CANARYprompt" to nobody:\nthe vault opens at 067f3a9c51d2e84b, QZ9X.';
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const quoted = JSON.stringify({ messages: [{ role: "user", content: prompt }] });
  const answers: Readonly<Record<string, Fault>> = {
    "a refusal": { status: 400, body: { error: { message: `Invalid: ${quoted}`, param: "messages" } } },
    "a piece of it": {
      status: 400,
      body: { error: { message: `Invalid value: '${prompt.slice(0, 30)}…'` } },
    },
    "a page": { status: 500, body: `<p>${encodeURIComponent(prompt)}</p>`, contentType: "text/html" },
    "an answer without ID": { status: 200, body: quoted, contentType: "application/json" },
    "an answer that is not JSON": { status: 200, body: quoted.slice(0, -2), contentType: "application/json" },
  };
  const cases = Object.entries(answers).map(([what, answer], index) => ({
    ...{ what, answer, name: `case_${index}` },
  }));
  const one = (name: string) =>
    block(`resource "openai_chat_completion" "${name}"`, {
      model: "gpt-4o-mini",
      messages_wo: new Expression('[{ role = "user", content = var.prompt }]'),
      messages_wo_version: 1,
      metadata: { name },
      timeouts: { create: "2s" },
    });
  const env = { TF_LOG: "trace", OPENAI_API_KEY: secrets.environment, OPENAI_BASE_URL: server.url };
  const work = new Workspace(test, { ...env, TF_VAR_prompt: prompt }).write(
    "main.tf",
    block('variable "prompt"', { type: new Expression("string"), sensitive: true, ephemeral: true }) +
      [...cases.map(({ name }) => name), "made"].map(one).join(""),
  );
  for (const { answer, name } of cases) server.fault({ method: "POST", text: `"${name}"`, ...answer });
  server.fault({ method: "GET", status: 400, body: { error: { message: quoted } }, times: "always" });
  const result = await work.run(["apply", "-auto-approve"]);
  assert.equal(result.code, 1, result.stdout);
  for (const { what, name } of cases) {
    await test.test(what, () => {
      const sent = server.requests.filter(({ body }) => body.includes(`"${name}"`));
      assert.ok(sent.length > 0 && sent.every(({ body }) => body.includes("CANARYprompt")));
      assert.ok(result.output.includes(`with openai_chat_completion.${name},`));
      assertClean(result);
    });
  }
  await test.test("a read after the creation", () => {
    assert.match(result.output, /not readable yet/);
    assert.deepEqual(namesIn(work), ["made"]);
    assertClean(result);
  });
});
