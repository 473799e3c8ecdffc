import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { address } from "../../scripts/build/provider.mjs";
import { documented } from "../../scripts/docs/objects.mjs";
import { shownMode } from "../../scripts/docs/schema-markdown.mjs";
import { platformsMarkdown } from "../../scripts/docs/tables.mjs";
import { platforms } from "../../scripts/release/platforms.mjs";
import type { Attribute, Kind } from "../../src/framework/index.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { openai } from "../../src/provider/provider.ts";
import { againstOutsideData } from "../support/outside-data.ts";
import { root } from "../support/root.ts";

const provider = openai({});
const objects = documented(
  provider,
  apiObjects.map(({ declaration }) => declaration),
);
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => join("docs", file))
  .sort();
const main = join("docs", "data-sources", "chat_completion.md");

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

test("the pages are what the declarations, examples and templates make", () => {
  const result = spawnSync(process.execPath, ["scripts/docs.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(result.status, 0, result.stdout + result.stderr);
});

test("the drift check finds a page that was changed by hand, and one that nothing makes", () => {
  const run = (code: string) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", code, "--", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
  // The same script, with a file system on which one page differs, or is there beside the others.
  const changed = run(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const read = fs.readFileSync;
    const list = fs.readdirSync;
    fs.readFileSync = (file, ...rest) => read(file, ...rest) + (file === "docs/index.md" ? "x" : "");
    fs.readdirSync = (folder, ...rest) => [...list(folder, ...rest), ...(folder === "docs" ? ["old.md"] : [])];
    syncBuiltinESMExports();
    await import("./scripts/docs.mjs");
  `);
  assert.equal(changed.status, 1, changed.stderr);
  assert.match(changed.stderr, /docs\/index\.md is out of step/);
  assert.match(changed.stderr, /docs\/old\.md has no template/);
});

test("every link leads to a file, and to a heading where it names one", (t) => {
  let count = 0;
  for (const file of [
    ...pages,
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "FIGURES.md",
  ]) {
    for (const [, target = ""] of withoutCode(textOf(file)).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      count += 1;
      const [path = "", anchor] = target.split("#");
      const found = path === "" ? file : join(dirname(file), path);
      assert.ok(existsSync(join(root, found)), `${file}: ${target}`);
      if (anchor === undefined) continue;
      assert.ok(anchorsOf(textOf(found)).has(anchor), `${file}: no heading for ${target}`);
    }
  }
  t.diagnostic(`${count} links`);
  assert.ok(count > 50);
});

test("every place that a page marks for links has a link to it", () => {
  for (const page of pages) {
    const text = textOf(page);
    for (const [, id = ""] of text.matchAll(/<a id="([^"]+)">/g))
      assert.ok(text.includes(`](#${id})`), `${page}: nothing leads to #${id}`);
  }
});

test("every file of this repository that a text for developers names is there", () => {
  let count = 0;
  const folders =
    /^(src|test|scripts|proto|docs|terraform-examples|unit|conformance|acceptance|faults|process|release)\//;
  for (const file of ["CONTRIBUTING.md", "FIGURES.md", "README.md", "SECURITY.md"]) {
    for (const [, span = ""] of textOf(file).matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)) {
      // Capitals stand for a name.
      if (!folders.test(span) || /[A-Z]{3}/.test(span)) continue;
      count += 1;
      const places = [span, join("test", span)].map((each) => join(root, each));
      assert.ok(
        places.some((each) => existsSync(each)),
        `${file}: ${span}`,
      );
    }
  }
  assert.ok(count > 40, `${count}`);
});

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, "");
}

/** Anchors of a page: those written out, and those that GitHub and the Registry make of headings. */
function anchorsOf(text: string): Set<string> {
  const written = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id);
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...written, ...headings]);
}

/** The attributes on a page: `usage` and, from the section of its nested schema, `usage.total_tokens`. */
function attributesOn(page: string): Map<string, string> {
  const found = new Map<string, string>();
  let section = "";
  for (const line of textOf(page).split("\n")) {
    const nested = /^### Nested Schema for `([\w.]+)`$/.exec(line)?.[1];
    if (nested !== undefined) section = `${nested}.`;
    else if (line.startsWith("## ")) section = "";
    const [, name, text = ""] = /^- `(\w+)` \((.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(section + name, text);
  }
  return found;
}

function attributesIn(of: Readonly<Record<string, Attribute>>, path = ""): [string, Attribute][] {
  // What is refused must not look as if it could be used.
  const shown = Object.entries(of).filter(([, attribute]) => shownMode(attribute) !== undefined);
  return shown.flatMap(([name, attribute]) => [
    [path + name, attribute] satisfies [string, Attribute],
    ...attributesIn(nestedIn(attribute.kind), `${path + name}.`),
  ]);
}

function nestedIn(kind: Kind): Readonly<Record<string, Attribute>> {
  if (kind.kind === "object") return kind.attributes;
  return kind.kind === "list" || kind.kind === "set" || kind.kind === "map" ? nestedIn(kind.element) : {};
}

test("every attribute of every schema is on its page with its description, and no other", (t) => {
  let count = 0;
  const all = [{ page: "index.md", schema: provider.schema }, ...objects];
  for (const { page, schema } of all) {
    if (schema === undefined) continue;
    const shown = attributesOn(join("docs", page));
    const declared = attributesIn(schema.attributes);
    for (const [path, { description, sensitive }] of declared) {
      const text = shown.get(path);
      assert.ok(text?.includes(description), `${page}: ${path}`);
      assert.equal(
        /^[^)]*Sensitive/.test(text ?? ""),
        sensitive,
        `${page}: ${path} is marked as sensitive, or is not`,
      );
    }
    assert.deepEqual([...shown.keys()].sort(), declared.map(([path]) => path).sort(), page);
    count += declared.length;
  }
  t.diagnostic(`${count} attributes`);
});

test("every function's page has its signature and parameters", () => {
  for (const [name, { parameters, description }] of provider.functions) {
    const text = textOf(join("docs", "functions", `${name}.md`));
    assert.ok(text.includes(description) && text.includes(`\n${name}(`), name);
    for (const parameter of parameters) assert.ok(text.includes(parameter.description), parameter.name);
  }
});

test("every object and every guide is on the provider's page and in the README, with a link", () => {
  const guides = readdirSync(join(root, "docs", "guides")).map((file) => `guides/${file}`);
  for (const [file, folder] of [
    [join("docs", "index.md"), ""],
    ["README.md", "docs/"],
  ] as const) {
    const text = textOf(file);
    for (const { name, page } of objects)
      assert.ok(text.includes(`[\`${name}\`](${folder}${page})`), `${file}: ${name}`);
    for (const guide of guides) assert.ok(text.includes(`](${folder}${guide})`), `${file}: ${guide}`);
  }
});

test("the README and the provider's page have the platforms of the release, and deny none of them", () => {
  const table = platformsMarkdown();
  assert.equal(table.split("\n").length, platforms.length + 2);
  for (const file of ["README.md", join("docs", "index.md")]) {
    assert.ok(textOf(file).includes(table), file);
    for (const { title } of platforms) assert.ok(textOf(file).includes(`| ${title} |`), title);
  }
  assert.doesNotMatch(textOf("README.md"), /none for macOS/);
});

test("each example names the provider, so that init finds it, and each page does before it uses it", () => {
  const examples = join(root, "terraform-examples");
  const short = address.split("/").slice(1).join("/");
  for (const name of readdirSync(examples)) {
    const own = textOf(join("terraform-examples", name, "versions.tf"));
    assert.match(
      own,
      new RegExp(`^ {2}required_providers \\{\\n {4}openai = \\{\\n {6}source = "${short}"$`, "m"),
    );
    assert.doesNotMatch(textOf(join("terraform-examples", name, "main.tf")), /required_providers \{/, name);
  }
  for (const page of pages) {
    const [first] = textOf(page).match(/^```terraform\n[\s\S]*?^```/gm) ?? [];
    const whole = /^(data|resource|ephemeral) "openai_/m;
    if (first !== undefined && whole.test(first)) assert.match(first, /required_providers \{/, page);
  }
});

/** What the data source's page has to say, as the page that practitioners know does. */
const promised: Readonly<Record<string, RegExp>> = {
  completion_id: /^String.*chatcmpl-/,
  api_key: /^String, Sensitive.*provider's key/,
  id: /not the completion ID/,
  created: /Unix timestamp \(in seconds\)/,
  object: /"chat\.completion"/,
  model: /model/,
  choices: /list of completion choices/,
  "choices.index": /index/,
  "choices.message": /message/,
  "choices.message.role": /"assistant"/,
  "choices.message.content": /text of the message/,
  "choices.message.function_call": /function call/,
  "choices.message.function_call.name": /name of the function/,
  "choices.message.function_call.arguments": /JSON text/,
  "choices.message.tool_calls": /tool calls/,
  "choices.message.tool_calls.id": /ID of the tool call/,
  "choices.message.tool_calls.type": /`function`/,
  "choices.message.tool_calls.function": /function to call/,
  "choices.message.tool_calls.function.name": /name of the function/,
  "choices.message.tool_calls.function.arguments": /JSON text/,
  "choices.finish_reason": /stopped: `stop`, `length`.*`function_call`/,
  usage: /Usage statistics/,
  "usage.prompt_tokens": /tokens in the prompt/,
  "usage.completion_tokens": /tokens in the completion/,
  "usage.total_tokens": /Total number of tokens/,
};

test("the data source's page says what the page says that practitioners know", () => {
  const shown = attributesOn(main);
  for (const [path, words] of Object.entries(promised)) assert.match(shown.get(path) ?? "", words, path);
  const text = textOf(main).replace(/\s+/g, " ");
  for (const words of [
    /`store` set to true/,
    /`gpt-4o`/,
    /Chat Completions Store/,
    /not every account has it enabled/,
    /choices\[0\]\.message\[0\]\.content/,
    /output "assistant_response"/,
    /output "token_usage"/,
  ]) {
    assert.match(text, words);
  }
});

againstOutsideData((data) => {
  test("every argument and attribute of the seed's page is on ours", (t) => {
    const shown = attributesOn(main);
    const named = seedAttributes(readFileSync(join(data, "mission.md"), "utf8"));
    for (const path of named) assert.ok(shown.has(path), path);
    assert.deepEqual([...named].sort(), Object.keys(promised).sort(), "the list above is the seed's");
    t.diagnostic(`${named.length} names`);
  });
});

/** The names of a nested Markdown list, as paths. */
function seedAttributes(text: string): string[] {
  const parents: string[] = [];
  return [...text.matchAll(/^( *)\* `(\w+)` - /gm)].map(([, indent = "", name = ""]) => {
    parents.length = indent.length / 2;
    parents.push(name);
    return parents.join(".");
  });
}

test("the source address is package.json's on the provider's page and in the README", () => {
  const { terraform }: { terraform: { address: string } } = JSON.parse(textOf("package.json"));
  assert.equal(address, terraform.address);
  assert.ok(textOf("README.md").includes(`\`${terraform.address}\``), "README.md");
  const short = terraform.address.split("/").slice(1).join("/");
  const sources = [...textOf(join("docs", "index.md")).matchAll(/source\s+= "([^"]+)"/g)].map(([, at]) => at);
  assert.deepEqual(sources, [short]);
});

test("no page has a placeholder left, or a line that says undefined", () => {
  for (const page of pages) assert.doesNotMatch(textOf(page), /\{\{|\bundefined\b|\[object/, page);
});
