import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Feature, lacks, runAlone } from "../support/cli.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { choice } from "../support/openai-server/seed.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { unboxed, Workspace } from "../support/terraform.ts";

const folder = join(root, "terraform-examples");
const examples = readdirSync(folder).sort();

/** What an example needs to run, and what it has to give. */
interface Scenario {
  /** What the CLI must have. */
  readonly needs?: readonly Feature[];
  readonly server?: ServerOptions;
  /** Values of the example's variables. */
  variables?(server: OpenAIServer): Record<string, unknown>;
  /** The environment; unset means a key and the server's URL. */
  environment?(server: OpenAIServer): Record<string, string>;
  /** Runs while the first apply does. */
  during?(server: OpenAIServer, signal: AbortSignal): Promise<void>;
  /** The outputs after apply. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What `plan -detailed-exitcode` gives afterwards; unset means 0, no change. */
  readonly secondPlan?: number;
  /** Whatever else is to be seen. `applied` is what the first apply printed. */
  check?(run: { work: Workspace; server: OpenAIServer; applied: string }): Promise<void> | void;
}

const haiku = "Plan, apply, done:\nthe state agrees with the world,\nuntil someone clicks.";

const scenarios: Readonly<Record<string, Scenario>> = {
  "chat-completion": {
    outputs: {
      assistant_response: haiku,
      token_usage: { completion_tokens: 19, prompt_tokens: 26, total_tokens: 45 },
    },
  },
  "another-key": {
    variables: () => ({ audit_key: "sk-audit" }),
    outputs: { answered_by: "gpt-4o-mini-2024-07-18" },
    check: ({ server }) => assert.deepEqual(keysOf(server), ["sk-audit"]),
  },
  "tool-calls": {
    outputs: {
      calls: [{ name: "forecast", arguments: { city: "Kyiv", days: 2 } }],
      offered: ["forecast"],
    },
  },
  "fresh-completion": {
    server: { completions: [{ id: "chatcmpl-fresh", content: "Just born.", visibleAfterMs: 3_600_000 }] },
    variables: () => ({ completion_id: "chatcmpl-fresh" }),
    // Visible once it has been asked for in vain.
    async during(server, signal) {
      while (!server.requests.some((request) => request.status === 404) && !signal.aborted) await sleep(20);
      server.control.advance(3_600_000);
    },
    outputs: { answer: "Just born." },
    check({ server }) {
      const [first, ...others] = server.requests.map((request) => request.status);
      assert.equal(first, 404);
      assert.equal(others.at(-1), 200);
    },
  },
  "many-completions": {
    variables: () => ({ completion_ids: ["chatcmpl-abc123", "chatcmpl-n3", "chatcmpl-nulls"] }),
    outputs: {
      finish_reasons: {
        "chatcmpl-abc123": ["stop"],
        "chatcmpl-n3": ["stop", "stop", "stop"],
        "chatcmpl-nulls": ["stop"],
      },
      total_tokens: 60,
    },
  },
  azure: {
    server: { mode: "azure" },
    environment: () => ({}),
    variables: (server) => ({ azure_endpoint: server.origin, azure_key: "azure-resource-key" }),
    outputs: { answer: haiku },
    check({ server }) {
      for (const { headers, query, path } of server.requests) {
        assert.equal(headers["api-key"], "azure-resource-key");
        assert.equal(headers.authorization, undefined);
        assert.equal(query.get("api-version"), "preview");
        assert.equal(path, "/openai/v1/chat/completions/chatcmpl-abc123");
      }
    },
  },
  gateway: {
    server: { requiredHeaders: { "x-gateway-token": "team-a" }, basePath: "/eu/openai" },
    environment: () => ({ OPENAI_API_KEY: "sk-example" }),
    variables: (server) => ({ gateway_url: server.url, gateway_token: "team-a" }),
    outputs: { answer: haiku },
    check: ({ server }) => assert.deepEqual(keysOf(server), ["sk-example"]),
  },
  "provider-arguments": {
    environment: () => ({}),
    variables: (server) => ({ base_url: server.url, openai_key: "sk-from-variable" }),
    outputs: { model: "gpt-4o-mini-2024-07-18" },
    check({ server }) {
      assert.deepEqual(keysOf(server), ["sk-from-variable"]);
      for (const { headers, query } of server.requests) {
        assert.equal(headers["openai-organization"], "org-example");
        assert.equal(headers["openai-project"], "proj_example");
        assert.equal(headers["x-team"], "platform");
        assert.equal(query.get("audit"), "2026");
      }
    },
  },
  "expiry-check": {
    variables: () => ({ completion_id: "chatcmpl-vanished" }),
    outputs: { checked: "chatcmpl-vanished" },
    // Terraform plans to read the data source of a check again in every apply.
    secondPlan: 2,
    async check({ work, applied }) {
      const warned = unboxed(applied);
      assert.match(warned, /Warning: Chat completion not found with data\.openai_chat_completion\.pinned/);
      assert.match(warned, /older than 30 days/);
      assert.doesNotMatch(warned, /Error:/);
      const env = { TF_VAR_completion_id: "chatcmpl-abc123" };
      const there = await work.run(["apply", "-auto-approve"], { env });
      assert.equal(there.code, 0, there.output);
      assert.doesNotMatch(there.output, /Warning: (Chat|Check)/);
    },
  },
  "list-completions": {
    server: {
      completions: [
        { id: "chatcmpl-1", created: 1738962001, view: { metadata: { team: "platform" } } },
        { id: "chatcmpl-2", created: 1738962002, view: { metadata: { team: "search" } } },
        { id: "chatcmpl-3", created: 1738962003, view: { metadata: { team: "platform" } } },
      ],
    },
    outputs: { ids: ["chatcmpl-3", "chatcmpl-1"], complete: true, total_tokens: 54 },
  },
  "read-messages": {
    outputs: {
      conversation: [
        "developer: Be brief.",
        "user: Hello",
        "assistant: (no text)",
        'tool: {"found":1}',
        "user: What is this?   ",
      ],
      images: ["https://example.com/cat.png"],
    },
  },
  "training-example": {
    needs: ["provider functions"],
    outputs: {
      line:
        '{"messages":[{"role":"user","content":"Will it rain in Kyiv?"},' +
        '{"role":"assistant","tool_calls":[{"id":"call_f1","type":"function",' +
        '"function":{"name":"forecast","arguments":"{\\"city\\":\\"Kyiv\\",\\"days\\":2}"}}]}],' +
        '"tools":[{"type":"function","function":{"name":"forecast","description":"The weather of the next days",' +
        '"parameters":{"type":"object","properties":{"city":{"type":"string","minLength":1},' +
        '"days":{"type":"integer","default":3}},"required":["city"]},"strict":true}}]}',
      text: "(no text)",
    },
  },
  "audit-completions": {
    server: {
      completions: [
        // The last second of the day before, the first and the last of the day, and the first of the next.
        { id: "chatcmpl-before", created: 1738886399 },
        { id: "chatcmpl-first", created: 1738886400 },
        {
          id: "chatcmpl-cut",
          created: 1738900000,
          choices: [choice({ content: "And" }, { finish_reason: "length" })],
        },
        { id: "chatcmpl-last", created: 1738972799 },
        { id: "chatcmpl-after", created: 1738972800 },
      ],
    },
    variables: () => ({ day: "2025-02-07" }),
    outputs: { answers: 3, tokens: 81, cut_off: { length: ["chatcmpl-cut"] } },
    // Terraform reads a check's values again in every apply.
    async check({ work, server }) {
      const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600;
      server.seed({ id: "chatcmpl-yesterday", created: yesterday, view: { created: yesterday } });
      const env = { TF_VAR_day: undefined };
      const applied = await work.run(["apply", "-auto-approve"], { env });
      assert.equal(applied.code, 0, applied.output);
      // Midnight may pass meanwhile.
      assert.match(applied.stdout, /answers = [01]\b/);
    },
  },
  "distil-completions": {
    needs: ["provider functions"],
    server: {
      completions: [
        { id: "chatcmpl-a", created: 1738962001, content: "A.", view: { metadata: { review: "good" } } },
        { id: "chatcmpl-b", created: 1738962002, content: "B.", view: { metadata: { review: "bad" } } },
        {
          id: "chatcmpl-c",
          created: 1738962003,
          content: "C.",
          messages: [{ role: "tool", content: "21 degrees", tool_call_id: "call_1" }],
          view: { metadata: { review: "good" } },
        },
        {
          id: "chatcmpl-d",
          created: 1738962004,
          content: "D.",
          messages: [{ role: "user", content: "Give me a D.", name: "olena" }],
          view: { metadata: { review: "good" } },
        },
      ],
    },
    outputs: {
      training_file:
        '{"messages":[{"role":"user","content":"Say hello to Terraform."},{"role":"assistant","content":"A."}]}\n' +
        '{"messages":[{"role":"user","name":"olena","content":"Give me a D."},{"role":"assistant","content":"D."}]}\n',
      left_out: ["chatcmpl-c"],
    },
    async check({ work }) {
      const { stdout } = await work.ok("output", "-raw", "training_file");
      assert.equal(
        stdout
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line)).length,
        2,
      );
    },
  },
  "ephemeral-completion": {
    needs: ["ephemeral resources", "write-only arguments"],
    server: { completions: [{ id: "chatcmpl-report", content: "canary-of-a-report trigger:length" }] },
    variables: () => ({ completion_id: "chatcmpl-report" }),
    // The local server echoes the prompt, of which this keeps the beginning.
    outputs: { topic: "You " },
    async check({ work, server }) {
      assert.equal(server.counts.paidCreates, 1);
      const created = server.requests.find(({ method }) => method === "POST");
      assert.ok(created?.body.includes("canary-of-a-report"), "the ephemeral answer is part of the prompt");
      const state = (await work.ok("state", "pull")).stdout;
      assert.ok(!state.includes("canary-of-a-report") && !state.includes("Name the topic"), state);
      await work.ok("destroy", "-auto-approve");
      assert.deepEqual(server.control.ids(), ["chatcmpl-report"]);
    },
  },
  "create-completion": {
    server: { completions: [] },
    outputs: {
      motto: "You said: Write a motto for a team that never ships on Fridays.",
      model_that_answered: "gpt-4o-mini-2024-07-18",
    },
    async check({ work, server }) {
      assert.equal(server.counts.paidCreates, 1);
      await work.ok("destroy", "-auto-approve");
      assert.deepEqual(server.control.ids(), []);
    },
  },
  "pinned-answer": {
    server: { completions: [] },
    outputs: { motto: "You said: A motto for a platform team, in at most six words." },
    async check({ work, server }) {
      const [first] = server.control.ids();
      await work.ok("apply", "-auto-approve");
      assert.deepEqual(server.control.ids(), [first], "the answer stays");
      await work.ok("apply", "-auto-approve", "-var=edition=2");
      assert.equal(server.control.ids().length, 1, "the old answer is gone");
      assert.notEqual(server.control.ids()[0], first, "and a new one is there");
      await work.ok("destroy", "-auto-approve");
      assert.deepEqual(server.control.ids(), []);
    },
  },
  "import-completion": {
    needs: ["expressions in import blocks"],
    server: { completions: [{ id: "chatcmpl-hello", content: "Hello, Terraform!" }] },
    variables: () => ({ completion_id: "chatcmpl-hello" }),
    outputs: { answer: "Hello, Terraform!" },
    check({ server }) {
      assert.deepEqual(
        [...new Set(server.requests.map(({ method }) => method))],
        ["GET"],
        "nothing is changed",
      );
    },
  },
  "tag-completion": {
    server: { completions: [] },
    outputs: { tags: { team: "platform", review: "pending" } },
    async check({ work, server }) {
      await work.ok("apply", "-auto-approve", "-var=review=good");
      assert.deepEqual(await work.output("tags"), { team: "platform", review: "good" });
      assert.deepEqual([server.counts.paidCreates, server.counts.update], [1, 1]);
    },
  },
  "private-prompt": {
    needs: ["ephemeral resources", "write-only arguments"],
    server: { completions: [] },
    variables: () => ({ prompt: "Is canary-prompt secret?" }),
    // The local server echoes the prompt, of which one token is kept.
    outputs: { verdict: "You " },
    async check({ work, server }) {
      assert.ok(!(await work.ok("state", "pull")).stdout.includes("canary-prompt"));
      await work.ok("apply", "-auto-approve", "-var=prompt_version=2");
      assert.equal(server.counts.paidCreates, 2, "the version creates it anew");
    },
  },
  "mocked-test": {
    needs: ["terraform test", "mock_provider in tests", "mock values of objects in part"],
    variables: () => ({ completion_id: "chatcmpl-abc123" }),
    outputs: { answer: haiku },
    async check({ work, server }) {
      const before = server.requests.length;
      const { stdout } = await work.ok("test");
      assert.match(stdout, /1 passed, 0 failed/);
      assert.equal(server.requests.length, before, "the mocked test asks nobody");
    },
  },
};

describe("each example, as a practitioner runs it", { concurrency: 2 }, () => {
  for (const name of examples) {
    const scenario = scenarios[name];
    it(name, { skip: lacks(...(scenario?.needs ?? [])) }, async (test) => {
      assert.ok(scenario, `${name} has no scenario in this file`);
      await play(test, name, scenario);
    });
  }
});

async function play(test: TestContext, name: string, scenario: Scenario): Promise<void> {
  const server = await startOpenAIServer(scenario.server ?? {});
  test.after(() => server.close());
  const own = { OPENAI_API_KEY: "sk-example", OPENAI_BASE_URL: server.url };
  const work = new Workspace(test, {
    ...(scenario.environment?.(server) ?? own),
    ...variables(scenario.variables?.(server) ?? {}),
  });
  for (const [file, text] of filesOf(name)) work.write(file, text);

  await work.ok("init");
  await work.ok("validate");
  assert.equal(server.requests.length, 0, "validate asks nobody");
  const over = new AbortController();
  const during = scenario.during?.(server, over.signal);
  const applied = await work.ok("apply", "-auto-approve").finally(() => over.abort());
  await during;
  const { outputs } = JSON.parse((await work.ok("show", "-json")).stdout).values;
  for (const [output, value] of Object.entries(scenario.outputs)) {
    assert.deepEqual(outputs[output]?.value, value, output);
  }
  assert.deepEqual(Object.keys(outputs), Object.keys(scenario.outputs).sort());
  const second = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(second.code, scenario.secondPlan ?? 0, `the second plan:\n${second.output}`);
  await scenario.check?.({ work, server, applied: applied.output });
}

function variables(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `TF_VAR_${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** An example's files with their texts. */
function filesOf(name: string): [string, string][] {
  return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(join(folder, name).length + 1), readFileSync(path, "utf8")];
    });
}

function keysOf(server: OpenAIServer): (string | undefined)[] {
  return [...new Set(server.requests.map((request) => request.key))];
}

it("all examples are formatted as terraform fmt would", { skip: lacks("provider functions") }, () => {
  const result = runAlone("fmt", "-check", "-recursive", "-diff", folder);
  assert.equal(result.status, 0, result.stdout + result.stderr);
});

it("every example is in the README's table and begins by saying what it shows", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const listed = [...readme.matchAll(/^\| \[([\w-]+)\]\(terraform-examples\/([\w-]+)\) \|/gm)];
  assert.deepEqual(listed.map(([, name]) => name).sort(), examples);
  for (const [, name, target] of listed) assert.equal(name, target);
  for (const name of examples) {
    const text = readFileSync(join(folder, name, "main.tf"), "utf8");
    assert.match(text, /^# [A-Z].{20,}/, `${name} begins with a comment`);
  }
  assert.deepEqual(Object.keys(scenarios).sort(), examples, "every example runs in this file");
});

it("nulls and empty lists work with coalesce, for_each, splats and indices, as practitioners use them", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-example", OPENAI_BASE_URL: server.url });
  work.write(
    "main.tf",
    `data "openai_chat_completion" "c" {
  for_each      = toset(["chatcmpl-tool-call", "chatcmpl-empty-choices", "chatcmpl-nulls", "chatcmpl-refusal", "chatcmpl-empty-content"])
  completion_id = each.key
}

locals {
  c       = data.openai_chat_completion.c
  tool    = local.c["chatcmpl-tool-call"].choices[0].message[0]
  nothing = local.c["chatcmpl-empty-choices"]
  nulls   = local.c["chatcmpl-nulls"]
}

resource "terraform_data" "call" {
  for_each = { for call in local.tool.tool_calls : call.id => call }
  input    = each.value.function[0].name
}
`,
  );
  await work.ok("init");
  await work.ok("apply", "-auto-approve");
  const expectations: [expression: string, value: string][] = [
    ["local.tool.content == null", "true"],
    ['coalesce(local.tool.content, "none")', '"none"'],
    ['try(coalesce(local.tool.content, null), "nothing")', '"nothing"'],
    ["length(local.tool.function_call)", "0"],
    ["length(local.tool.tool_calls[0].custom)", "0"],
    ["one(local.tool.function_call[*].name) == null", "true"],
    ["local.tool.annotations == null", "true"],
    ["length(coalesce(local.tool.annotations, []))", "0"],
    ["local.tool.audio == null", "true"],
    ["try(local.tool.audio.id, null) == null", "true"],
    ["length(local.nothing.choices)", "0"],
    ["one(local.nothing.choices[*].message[0].content) == null", "true"],
    ["local.nothing.metadata == null", "false"],
    ["length(local.nothing.metadata)", "0"],
    ['lookup(local.nothing.metadata, "team", "unset")', '"unset"'],
    ["local.nulls.metadata == null", "true"],
    ["local.nulls.usage == null", "true"],
    ["try(local.nulls.usage.total_tokens, 0)", "0"],
    ["local.nulls.seed == null", "true"],
    ['local.c["chatcmpl-empty-content"].choices[0].message[0].content == ""', "true"],
    [
      'local.c["chatcmpl-refusal"].choices[0].message[0].refusal',
      '"I can\'t help with breaking into that account."',
    ],
    ["jsondecode(local.nothing.response_json).choices == []", "true"],
    ["length(terraform_data.call)", "1"],
  ];
  const missing = await work.run(["console"], { input: "local.nothing.choices[0]\n" });
  assert.match(unboxed(missing.output), /Error: Invalid index/);
  const all = expectations.map(([expression]) => `jsonencode(${expression})`).join(", ");
  const shown = await work.run(["console"], { input: `jsonencode([${all}])\n` });
  assert.equal(shown.code, 0, shown.output);
  assert.deepEqual(
    JSON.parse(JSON.parse(shown.stdout.trim())),
    expectations.map(([, value]) => value),
  );
});
