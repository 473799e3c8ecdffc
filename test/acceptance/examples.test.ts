import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { lacks, runAlone } from "../support/cli.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { unboxed, Workspace } from "../support/terraform.ts";
import type { Scenario } from "./examples/scenario.ts";

const folder = join(root, "terraform-examples");
const examples = readdirSync(folder).sort();

/** What is seen of an example, from the file of its name in examples/. */
async function scenarioOf(name: string): Promise<Scenario> {
  const found: { readonly scenario: Scenario } = await import(`./examples/${name}.ts`);
  return found.scenario;
}

describe("each example, as a practitioner runs it", { concurrency: 2 }, () => {
  for (const name of examples) {
    it(name, async (test) => {
      const scenario = await scenarioOf(name);
      const lacking = lacks(...(scenario.needs ?? []));
      if (lacking === false) await play(test, name, scenario);
      else test.skip(lacking);
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
  const over = new AbortController();
  const during = scenario.during?.(server, over.signal);
  const applied = await work.ok("apply", "-auto-approve").finally(() => over.abort());
  await during;
  const outputs = JSON.parse((await work.ok("output", "-json")).stdout);
  for (const [output, value] of Object.entries(scenario.outputs)) {
    if (value instanceof RegExp) assert.match(outputs[output]?.value, value, output);
    else assert.deepEqual(outputs[output]?.value, value, output);
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
  const described = readdirSync(join(root, "test/acceptance/examples"))
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => name !== "scenario")
    .sort();
  assert.deepEqual(described, examples, "every example has a scenario, and every scenario an example");
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
