import assert from "node:assert/strict";
import { test } from "node:test";
import { type ErrorKind, OpenAIError } from "../../../../src/openai/index.ts";
import { pluralNoun, topicOf, withArticle } from "../../../../src/provider/api/object-names.ts";
import { explain, mayBeCarriedOut } from "../../../../src/provider/explain/explain.ts";
import type { Subject } from "../../../../src/provider/explain/subject.ts";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { accessOf, configured } from "../support.ts";

function failed(kind: ErrorKind, sent = true): OpenAIError {
  const context = { method: "POST", origin: "https://api", path: "/v1", attempts: 1, elapsedMs: 1000, sent };
  return new OpenAIError({ kind, message: "it broke", status: 404 }, context);
}

function explained(error: OpenAIError, about: Omit<Subject, "access">) {
  const access = accessOf(configured({ api_key: "sk-hunter22" }));
  assert.ok(!Array.isArray(access));
  return explain(error, { access, ...about });
}

for (const { declaration } of apiObjects) {
  const topic = topicOf(declaration);

  test(`messages about a ${topic.noun} name it, and nothing of a completion`, () => {
    for (const kind of [
      "not_found",
      "wrong_url",
      "missing_scopes",
      "too_large",
      "unexpected_shape",
      "bad_request",
    ] as const) {
      for (const about of [
        { topic, id: "x-1" },
        { topic, list: true },
        { topic, operation: "create" as const },
      ]) {
        const { summary, detail } = explained(failed(kind), about);
        // The usage of completions has a path and a name of its own.
        const words = `${summary} ${detail}`.replaceAll(/usage[/_]completions/g, "");
        assert.doesNotMatch(words, /completion|undefined|\[object/, kind);
      }
    }
    const { summary, detail } = explained(failed("not_found"), { topic, id: "x-1" });
    assert.equal(summary, `${topic.title} not found`);
    for (const cause of declaration.missing ?? []) assert.ok(detail.includes(cause), cause);
    assert.equal(
      explained(failed("wrong_url"), { topic, id: "x-1" }).summary,
      `No ${pluralNoun(declaration)} at this URL`,
    );
  });
}

test("a creation whose answer is lost says that it may have been carried out, and how to look", () => {
  const store = apiObjects.find(({ declaration }) => declaration.name === "openai_vector_store");
  assert.ok(store);
  const about = { topic: topicOf(store.declaration), operation: "create", object: "resource" } as const;
  const { detail } = explained(failed("reset"), about);
  assert.match(detail, /may have been carried out, so it was not sent again/);
  assert.match(
    detail,
    /the data source "openai_vector_stores" finds the vector store, and an import takes it/,
  );
  assert.doesNotMatch(explained(failed("reset", false), about).detail, /carried out/);
  assert.doesNotMatch(explained(failed("bad_request"), about).detail, /carried out/);
  assert.doesNotMatch(explained(failed("reset"), { ...about, operation: "update" }).detail, /carried out/);
  assert.ok(mayBeCarriedOut(failed("server_error")));
});

test("a noun gets its article", () => {
  assert.deepEqual(["file", "organization", "user", "API key"].map(withArticle), [
    "a file",
    "an organization",
    "a user",
    "an API key",
  ]);
});
