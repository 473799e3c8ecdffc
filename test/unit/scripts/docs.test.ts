import assert from "node:assert/strict";
import { test } from "node:test";
import { importMarkdown } from "../../../scripts/docs/import-markdown.mjs";
import { documented } from "../../../scripts/docs/objects.mjs";
import { argumentsMarkdown } from "../../../scripts/docs/schema-markdown.mjs";
import { openingOf, plainText } from "../../../scripts/docs/tables.mjs";
import { type Attributes, nested, notBlank, object, oneOf, string } from "../../../src/framework/index.ts";
import { schema } from "../../../src/framework/schema.ts";
import { importExample } from "../../../src/provider/api/import.ts";
import { apiObjects } from "../../../src/provider/objects/index.ts";

function shown(attributes: Attributes): string {
  return argumentsMarkdown(schema("resource", "fake_widget", { description: "A widget.", attributes }));
}

const text = (description: string, ...validate: ReturnType<typeof notBlank>[]) =>
  string({ optional: true, description, validate });

test("a rule that all attributes of an object have is said once, below them", () => {
  const two = nested({ read: text("A read.", notBlank()), create: text("A creation.", notBlank()) });
  const page = shown({ timeouts: object(two, { optional: true, description: "Times." }) });
  assert.equal(page.match(/must not be blank/gi)?.length, 1);
  assert.match(page, /- `create` \(Optional, String\) A creation\.\n\nEach must not be blank\.$/);
});

test("a rule that only some have, or another one, stays with its attribute", () => {
  for (const other of [
    text("A creation."),
    text("A creation.", oneOf("a")),
    text("A.", notBlank(), oneOf("b")),
  ]) {
    const object_ = nested({ read: text("A read.", notBlank()), create: other });
    const page = shown({ timeouts: object(object_, { optional: true, description: "Times." }) });
    assert.match(page, /A read\. Must not be blank\./);
    assert.doesNotMatch(page, /^Each/m);
  }
  const one = nested({ read: text("A read.", notBlank()) });
  assert.match(
    shown({ timeouts: object(one, { optional: true, description: "Times." }) }),
    /A read\. Must not/,
  );
});

test("values that a description has are not listed again, and those that it lacks are", () => {
  const values = oneOf("low", "high");
  assert.doesNotMatch(shown({ effort: text("How hard: `low` or `high`.", values) }), /Must be one of/);
  assert.match(shown({ width: text("Left out means `1d`.", oneOf("1d")) }), /Must be "1d"\./);
  assert.match(shown({ effort: text("How hard: `low` or more.", values) }), /Must be one of "low", "high"\./);
});

test("front matter and lists of guides get plain text", () => {
  assert.equal(plainText("The [check `block`](x.md#y) is\n**bold**."), "The check block is bold.");
  const page = "# Title\n\nThe first `one` of\ntwo. The second.\n\nAnother paragraph.\n";
  assert.equal(openingOf(page), "The first one of two.");
});

test("an import names what an object belongs to before its ID", () => {
  const one = apiObjects.find(({ declaration }) => declaration.name === "openai_vector_store_file");
  assert.ok(one);
  const page = importMarkdown(one.declaration, importExample(one.declaration));
  assert.match(page, /by `vector_store_id` and its ID, with a slash between/);
  assert.match(page, /^terraform import openai_vector_store_file\.example "vs_abc123\/file-abc123"$/m);
});

test("an object that is not declared belongs to the longest name that begins its own", () => {
  const declarations = apiObjects.map(({ declaration }) => declaration);
  const empty = schema("data source", "fake_widget", { description: "A widget.", attributes: {} });
  const provider = (name: string) => ({
    name: "openai",
    resources: new Map(),
    dataSources: new Map([[name, { schema: empty }]]),
    ephemeralResources: new Map(),
    listResources: new Map(),
    actions: new Map(),
    functions: new Map(),
  });
  const subcategory = (name: string) => documented(provider(name), declarations)[0]?.subcategory;
  assert.equal(subcategory("openai_vector_store_file_content"), "Vector stores");
  assert.equal(subcategory("openai_file_content"), "Files");
  assert.equal(subcategory("openai_chat_completion_messages"), "Chat");
  assert.throws(() => subcategory("openai_widget"), /openai_widget has no subcategory/);
});
