import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnostic, Diagnostics, Path } from "../../../../src/framework/index.ts";
import { type ErrorKind, OpenAIError } from "../../../../src/openai/index.ts";
import { topicOf } from "../../../../src/provider/api/object-names.ts";
import { completion } from "../../../../src/provider/chat-completion/completion.ts";
import { messagesTopic } from "../../../../src/provider/chat-completion/messages-read.ts";
import { explain } from "../../../../src/provider/explain/explain.ts";
import type { Subject } from "../../../../src/provider/explain/subject.ts";
import type { Access } from "../../../../src/provider/openai-provider.ts";
import { silent } from "../../../support/fake-provider.ts";
import { accessOf, configured } from "../support.ts";

type About = Omit<Subject, "access">;

const id = "chatcmpl-x";
const list: About = {
  topic: topicOf(completion.declaration),
  list: true,
  argument: (param) => Path.root.atName(param.replace(/\[.*$/, "")),
};
const messages: About = { topic: messagesTopic, id, list: true };
const opening: About = {
  topic: topicOf(completion.declaration),
  id,
  operation: "open",
  object: "ephemeral resource",
};
const creation: About = { topic: topicOf(completion.declaration), operation: "create", object: "resource" };
const update: About = { topic: topicOf(completion.declaration), id, operation: "update", object: "resource" };
const deletion: About = {
  topic: topicOf(completion.declaration),
  id,
  operation: "delete",
  object: "resource",
};
const subjects = { list, messages, opening, creation, update, deletion };

function reported(kind: ErrorKind, about: About, more: { param?: string; own?: boolean } = {}): Diagnostic {
  const found = accessOf(configured({ api_key: "sk-hunter22" }));
  assert.ok(!Array.isArray(found));
  const access: Access = more.own ? { ...found, keySource: "object" } : found;
  const api = { envelope: "error_object", message: "No.", type: null, code: null } as const;
  const error = new OpenAIError(
    { kind, message: "it broke", status: 400, api: { ...api, param: more.param ?? null } },
    { method: "GET", origin: "https://api", path: "/v1", attempts: 2, elapsedMs: 1000 },
  );
  return explain(error, { access, ...about });
}

test("a list is not one completion", () => {
  assert.match(
    reported("unexpected_shape", list).detail,
    /for the list of stored completions, but not with a list as/,
  );
  assert.match(reported("too_large", list).detail, /: it broke\.\n\nAsk for less: set limit, or a filter\./);
  assert.doesNotMatch(reported("wrong_url", list).detail, /completion missing/);
  for (const kind of ["not_found", "bad_request"] as const) {
    const { summary, detail, path } = reported(kind, list, { param: "after" });
    assert.equal(summary, "Request refused by the API");
    assert.match(detail, /Check after and what the API says/);
    assert.equal(String(path), "after");
  }
  const nowhere = reported("bad_request", { topic: topicOf(completion.declaration), list: true });
  assert.equal(nowhere.path, undefined);
  assert.match(nowhere.detail, /Check the arguments/);
  assert.equal(String(reported("bad_request", list, { param: "metadata[team]" }).path), "metadata");
});

test("messages are those of a completion, whose ID is what a message points at", () => {
  const { detail, path } = reported("unexpected_shape", messages);
  assert.match(detail, /for the messages of "chatcmpl-x", but not with a list/);
  assert.equal(path, undefined);
  for (const kind of ["not_found", "bad_request"] as const)
    assert.equal(String(reported(kind, messages).path), "completion_id");
});

test("an opening has a time and a key of its own", () => {
  const { summary, detail } = reported("operation_timeout", opening);
  assert.equal(summary, "Opening not finished in time");
  assert.match(detail, /Give the opening more time \(timeouts = \{ open = "15m" \}\)/);
  assert.match(
    reported("authentication", opening, { own: true }).detail,
    /the api_key of this ephemeral resource/,
  );
  assert.match(
    reported("not_found", opening, { own: true }).detail,
    /The key is that of this ephemeral resource/,
  );
});

test("changes are called what they are, and never point at an argument that a resource does not have", () => {
  assert.equal(reported("aborted", creation).summary, "Creation cancelled");
  assert.match(reported("operation_timeout", deletion).detail, /timeouts = \{ delete = "15m" \}/);
  assert.match(reported("bad_request", creation).detail, /the request to create a chat completion/);
  assert.match(reported("bad_request", update).detail, /the request to update "chatcmpl-x"/);
  assert.match(
    reported("missing_scopes", update).detail,
    /writing stored completions.*\n\nGive the key write permission/,
  );
  assert.match(
    reported("missing_scopes", opening).detail,
    /reading stored completions.*\n\nGive the key read permission/,
  );
  for (const about of [creation, update, deletion]) {
    assert.equal(reported("not_found", about).path, undefined);
    assert.doesNotMatch(reported("not_found", about).detail, /wait_timeout/);
  }
});

for (const [name, about] of Object.entries(subjects)) {
  test(`no message about a ${name} has a hole in it, or another object's words`, () => {
    for (const kind of [
      "not_found",
      "bad_request",
      "conflict",
      "unexpected_shape",
      "operation_timeout",
      "rate_limit",
      "aborted",
      "missing_scopes",
      "authentication",
      "too_large",
      "wrong_url",
    ] as const) {
      const { summary, detail } = reported(kind, about);
      assert.doesNotMatch(`${summary} ${detail}`, /undefined|\[object|hunter22/, kind);
      if (about.object !== undefined) assert.doesNotMatch(detail, /this data source|this read\b/, kind);
    }
  });
}

test("without a key, each object's error names the places that it has for one", () => {
  const provider = configured({}, {});
  const places = (object: NonNullable<Subject["object"]>) => {
    const diagnostics = new Diagnostics();
    assert.equal(provider.access(null, { diagnostics, log: silent, object }), undefined);
    const [diagnostic] = diagnostics;
    assert.ok(diagnostic);
    return diagnostic;
  };
  assert.match(places("data source").detail, /api_key of this data source, for this read only/);
  assert.match(places("ephemeral resource").detail, /api_key of this ephemeral resource/);
  assert.equal(String(places("data source").path), "api_key");
  const resource = places("resource");
  assert.doesNotMatch(resource.detail, /this resource/);
  assert.equal(resource.path, undefined, "a resource has no api_key to point at");
});
