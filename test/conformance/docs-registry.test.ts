import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { models } from "../../scripts/docs/models.mjs";
import { documented } from "../../scripts/docs/objects.mjs";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { openai } from "../../src/provider/provider.ts";
import { resolveModel } from "../support/openai-server/models.ts";
import { root } from "../support/root.ts";

/* The rules of `tfplugindocs validate` (terraform-plugin-docs 0.25), by which the Registry takes pages. */

const folders = [
  "actions",
  "data-sources",
  "ephemeral-resources",
  "functions",
  "guides",
  "list-resources",
  "resources",
];

/** Everything in docs/, as paths from there. */
const entries = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).sort();
const files = entries.filter((entry) => statSync(join(root, "docs", entry)).isFile());

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The keys and values of a page's front matter, which this project writes in one form. */
function frontMatter(text: string): Map<string, string> {
  const [, matter = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  const pairs = [...matter.matchAll(/^(\w+):(?: \|-\n {2}| ")(.*?)"?$/gm)];
  assert.equal(pairs.length, matter.split("\n").filter((line) => /^\w/.test(line)).length, matter);
  return new Map(pairs.map(([, key = "", value = ""]) => [key, value]));
}

test("docs/ has the folders that the Registry knows, and in them Markdown files of at most 500 KB", () => {
  for (const entry of entries.filter((each) => !files.includes(each)))
    assert.ok(folders.includes(entry), entry);
  for (const file of files) {
    assert.ok(file === "index.md" || folders.includes(dirname(file)), file);
    assert.match(file, /\.md$/);
    assert.ok(statSync(join(root, "docs", file)).size < 500_000, file);
  }
  assert.ok(files.length < 2_000);
});

test("each page's front matter has the keys that the Registry takes, as plain text", () => {
  const known = new Set(documented(openai({}), declarations()).map(({ subcategory }) => subcategory));
  for (const file of files) {
    const matter = frontMatter(textOf(join("docs", file)));
    const keys = ["page_title", ...(file === "index.md" ? [] : ["subcategory"]), "description"];
    assert.deepEqual([...matter.keys()], keys, file);
    assert.ok(matter.get("page_title"), file);
    const description = matter.get("description") ?? "";
    assert.match(description, /^[A-Z].{15,}[.?]$/, file);
    assert.doesNotMatch(description, /\]\(|`|\*\*|undefined/, `${file}: no Markdown`);
    assert.ok(known.has(matter.get("subcategory") ?? ""), `${file}: ${matter.get("subcategory")}`);
    const objects = /^(?!functions|guides)[\w-]+\//.test(file);
    assert.equal(
      Boolean(matter.get("subcategory")),
      objects,
      `${file} has a subcategory if it is an object's`,
    );
  }
});

test("there is a page for each object and function, and none for anything else", () => {
  const pages = documented(openai({}), declarations()).map(({ page }) => page);
  const shown = files.filter((file) => file !== "index.md" && !file.startsWith("guides"));
  assert.deepEqual(shown, pages.sort());
});

test("a page's table of errors is about its own object", () => {
  for (const { page, subcategory } of documented(openai({}), declarations())) {
    const [, table = ""] = textOf(join("docs", page)).split("## What errors mean");
    if (subcategory === "" || subcategory === "Chat" || /^(actions|list-resources)\//.test(page)) continue;
    assert.match(table, /not found|refused by the API/, page);
    assert.doesNotMatch(table, /[Cc]hat completion|stored completions/, page);
  }
});

function declarations() {
  return apiObjects.map(({ declaration }) => declaration);
}

/** Names of OpenAI's models. */
const modelName = /\b(?:gpt-[\w.-]*\w|o\d(?:-\w+)*(?= model))/g;

test("examples and pages name models of one list, which the local server knows", () => {
  const ending: readonly string[] = ["gpt-4o"];
  const examples = readdirSync(join(root, "terraform-examples"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(tf|hcl)$/.test(file))
    .map((file) => join("terraform-examples", file));
  const named = new Set<string>();
  for (const file of [...examples, ...files.map((each) => join("docs", each)), "README.md"]) {
    for (const [name] of textOf(file).matchAll(modelName)) {
      named.add(name);
      // What OpenAI's own page of stored completions names, with the day of its end beside it.
      if (ending.includes(name) && /2027-01-14/.test(textOf(file))) continue;
      assert.ok(
        models.some((each) => each === name),
        `${file}: ${name}`,
      );
    }
  }
  assert.ok(named.has(models[0]));
  for (const name of models) assert.equal(resolveModel(name), name);
});
