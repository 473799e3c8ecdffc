import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { lacks } from "../support/cli.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { Workspace } from "../support/terraform.ts";
import { haiku } from "./examples/scenario.ts";

const pages = ["README.md", ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })]
  .filter((file) => file.endsWith(".md"))
  .map((file) => (file === "README.md" ? file : join("docs", file)));

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** Expressions in the text of pages, outside of blocks of code. How a function is called is tested with the function. */
function expressionsOf(page: string): string[] {
  const prose = textOf(page).replace(/^```.*?^```/gms, "");
  return [...prose.matchAll(/`((?:[^`\n]|\n(?!\n))+)`/g)]
    .map(([, span = ""]) => span.replace("\n", " "))
    .filter((span) => !/^provider::openai::\w+\(…\)$/.test(span))
    .filter((span) => !/^(terraform|make|node|curl|go|[A-Z_]+=|metadata\[)/.test(span))
    .filter((span) => /^[\w:]+\(.*\)$| [=!]= |\[\d|\["\w+"\]$| = \w+\(/.test(span) && !/^\[/.test(span));
}

/** What the names in an expression stand for, and what it gives. */
interface Row {
  readonly names?: Readonly<Record<string, string>>;
  /** How the expression is used, around `SPAN`. */
  readonly within?: string;
  /** Unset means that it is enough to be evaluated. */
  readonly gives?: unknown;
}

const plain: Row = { names: { "…": "" } };

const nothing = { content: "local.tool.choices[0].message[0].content" };
const answer = { choices: "local.answer.choices" };

/**
 * Expressions with names that stand for something, or with a result to compare. Others are evaluated as they are, and
 * fail the test where that fails. A row without an expression fails it too.
 */
const expressions: Readonly<Record<string, Row>> = {
  'content == null ? "" : content': { names: nothing, gives: "" },
  'coalesce(content, "none")': { names: nothing, gives: "none" },
  'try(content, "none")': { names: nothing, gives: null },
  "choices[0].message[0].content": { names: answer, gives: haiku },
  "choices[0]": { names: answer, within: "(SPAN).finish_reason", gives: "stop" },
  'usage["total_tokens"]': { names: { usage: "local.answer.usage" }, gives: 45 },
  'timeadd("1970-01-01T00:00:00Z", "${created}s")': {
    names: { created: "local.answer.created" },
    gives: "2025-02-07T21:00:01Z",
  },
  'if completion.choices[0].finish_reason != "length"': {
    within: "[for completion in [local.answer] : completion.completion_id SPAN]",
    gives: ["chatcmpl-abc123"],
  },
  "plantimestamp()": { gives: /^20\d\d-.*Z$/ },
  'input = formatdate("YYYY", plantimestamp())': { within: "{ SPAN }.input", gives: /^20\d\d$/ },
  'messages_wo_version = formatdate("YYYY", plantimestamp())': {
    within: "tonumber({ SPAN }.messages_wo_version) > 2020",
    gives: true,
  },
  "filebase64(…)": { names: { "…": '"text.txt"' }, gives: "YQ==" },
  "file(…)": { names: { "…": '"text.txt"' }, gives: "a" },
  'one([for line in … : line if line.custom_id == "a"])': {
    names: { "…": 'provider::openai::jsonl_decode("{\\"custom_id\\":\\"a\\"}\\n{\\"custom_id\\":1}")' },
    gives: { custom_id: "a" },
  },
  "try(…, null)": { names: { "…": 'tobool("an error")' }, gives: null },
};

it("every expression in the text of a page gives what the page says", {
  skip: lacks("provider functions"),
}, async (test) => {
  const shown = new Set(pages.flatMap(expressionsOf));
  for (const span of Object.keys(expressions)) assert.ok(shown.has(span), `no page has ${span}`);

  const server = await startOpenAIServer();
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-example", OPENAI_BASE_URL: server.url });
  work.write("text.txt", "a");
  // Outputs, and not `console`, which has no plantimestamp().
  const rows = [...shown].map((span) => [span, expressions[span] ?? plain] as const);
  const outputs = rows.map(
    ([span, row], index) => `output "e${index}" { value = jsonencode(${expressionOf(span, row)}) }`,
  );
  work.write("main.tf", [data, ...outputs].join("\n"));
  await work.ok("init");
  await work.ok("apply", "-auto-approve");
  const given = JSON.parse((await work.ok("output", "-json")).stdout);
  for (const [index, [span, { gives }]] of rows.entries()) {
    const value: unknown = JSON.parse(given[`e${index}`].value);
    if (gives === undefined) continue;
    if (gives instanceof RegExp) assert.match(String(value), gives, span);
    else assert.deepEqual(value, gives, span);
  }
});

function expressionOf(span: string, { names = {}, within = "SPAN" }: Row): string {
  let expression = span;
  for (const [name, value] of Object.entries(names)) {
    const place = name === "…" ? /…/g : new RegExp(`(?<![.\\w])${name}\\b`, "g");
    expression = expression.replace(place, () => value);
  }
  return within.replace("SPAN", () => expression);
}

const required = `terraform {
  required_providers {
    openai = { source = "terraform-provider-openai/openai" }
  }
}
`;

const data = `${required}
data "openai_chat_completion" "answer" { completion_id = "chatcmpl-abc123" }
data "openai_chat_completion" "tool" { completion_id = "chatcmpl-tool-call" }
data "openai_chat_completion_messages" "answer" { completion_id = "chatcmpl-abc123" }
locals {
  answer   = data.openai_chat_completion.answer
  tool     = data.openai_chat_completion.tool
  messages = data.openai_chat_completion_messages.answer.messages
}
`;

it("every configuration on a page that can be pasted alone is valid", {
  skip: lacks("provider functions"),
}, async (test) => {
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-example" });
  const examples = readdirSync(join(root, "terraform-examples")).map((name) =>
    readFileSync(join(root, "terraform-examples", name, "main.tf"), "utf8").trim(),
  );
  let main = "";
  let count = 0;
  for (const page of pages) {
    const blocks = [...textOf(page).matchAll(/^```(?:terraform|hcl)\n([\s\S]*?)^```/gm)];
    for (const [, text = ""] of blocks) {
      // Examples are applied by a test of their own.
      if (!/required_providers \{/.test(text) || examples.some((example) => text.includes(example))) continue;
      count += 1;
      const folder = `block${count}`;
      // Only a root module may import.
      work.write(`${folder}/main.tf`, text.replace(/^import \{[\s\S]*?^\}\n/gm, ""));
      for (const [, local = ""] of text.matchAll(/source += "\.\/([^"]+)"/g)) {
        const module = blocks
          .map(([, other = ""]) => other)
          .find((other) => other !== text && other.includes(`output "${local}"`));
        assert.ok(module, `${page} shows the module ${local}`);
        work.write(`${folder}/${local}/main.tf`, module);
      }
      const given = [...text.matchAll(/^variable "(\w+)"/gm)]
        .map(([, name]) => `  ${name} = null\n`)
        .join("");
      main += `module "${folder}" {\n  source = "./${folder}"\n${given}}\n`;
    }
  }
  work.write("main.tf", main);
  await work.ok("init");
  await work.ok("validate");
  assert.ok(count >= 8, `${count} configurations`);
});
