import assert from "node:assert/strict";
import { it } from "node:test";
import { errorsByName, type Shown } from "../support/diagnostics.ts";
import { attributesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

interface Row {
  readonly body: string;
  readonly title: string;
  readonly says: readonly string[];
  /** The beginning of the line that is underlined. */
  readonly at: string;
}

const block = 'resource "openai_chat_completion"';
const content = `${prompt("Hello")}\n  service_tier = "flux"`;

const refusals: Readonly<Record<string, Row>> = {
  context: {
    body: prompt("trigger:context_length"),
    title: "Prompt too long for the model",
    says: ["Nothing was created or paid for", "Shorten the messages", "maximum context length", "Status 400"],
    at: "messages",
  },
  policy: {
    body: prompt("trigger:content_policy"),
    title: "Prompt refused by the content policy",
    says: ["Change the messages", "flagged", "Status 400"],
    at: "messages",
  },
  tier: {
    body: content,
    title: "Request refused by the API",
    says: ["Check service_tier", "Supported values are", "Status 400"],
    at: "service_tier",
  },
  inner: {
    body: '  messages = [\n    {\n      role = "tool"\n      tool_call_id = "call_1"\n      content = "Rain."\n    },\n  ]',
    title: "Request refused by the API",
    says: ["messages with role 'tool' must be a response"],
    at: "{",
  },
  extra: {
    body: `${prompt("Hello")}\n  extra_body_json = jsonencode({ tomorrow = true })`,
    title: "Request refused by the API",
    says: ["Check extra_body_json", "Unknown parameter: 'tomorrow'"],
    at: "extra_body_json",
  },
};

it("what the API refuses is shown on the argument that it names, and nothing is paid for", async (test) => {
  const { server, work } = await started(test);
  const model = completion("model").replace("gpt-4o-mini", "gpt-none");
  const blocks = Object.entries(refusals).map(([name, { body }]) => completion(name, body));
  work.write("main.tf", [model, ...blocks].join(""));
  const errors = errorsByName(await work.run(["apply", "-auto-approve", "-json"]));
  for (const [name, row] of Object.entries(refusals))
    await test.test(name, () => check(errors.get(name), row));
  check(errors.get("model"), {
    body: "",
    title: "Unknown model",
    says: ["no model of this name", "gpt-none", "Status 404"],
    at: "model",
  });
  assert.equal(server.counts.paidCreates, 0);
  assert.deepEqual(server.control.ids(), []);
});

it("a creation that may have been carried out is not sent again, and the message says where it may be", async (test) => {
  const { server, work } = await started(test);
  server.control.fault({ method: "POST", reset: "headers" });
  work.write("main.tf", completion("lost"));
  const errors = errorsByName(await work.run(["apply", "-auto-approve", "-json"]));
  check(errors.get("lost"), {
    body: "",
    title: "Connection lost",
    says: ["may have been carried out and be paid for", "openai_chat_completions", "import"],
    at: block,
  });
  assert.deepEqual([server.counts.create, server.counts.paidCreates], [1, 1]);

  server.control.reset();
  work.write("main.tf", completion("lost", prompt("trigger:server_error")));
  const failed = errorsByName(await work.run(["apply", "-auto-approve", "-json"]));
  check(failed.get("lost"), {
    body: "",
    title: "API failed",
    says: ["may have been carried out", "Status 500"],
    at: block,
  });
  assert.deepEqual([server.counts.create, server.counts.paidCreates], [1, 1]);
});

it("a creation whose time is over says that it may have been carried out", async (test) => {
  const { server, work } = await started(test);
  server.control.fault({ method: "POST", delayMs: 60_000, carryOut: true });
  work.write("main.tf", completion("late", `${prompt("Hello")}\n  timeouts = { create = "1s" }`));
  const errors = errorsByName(await work.run(["apply", "-auto-approve", "-json"]));
  check(errors.get("late"), {
    body: "",
    title: "Creation not finished in time",
    says: ['timeouts = { create = "15m" }', "may have been carried out and be paid for"],
    at: block,
  });
  assert.equal(server.counts.create, 1);
});

it("a creation is repeated where it was surely not carried out, or where the API says so", async (test) => {
  const { server, work } = await started(test);
  server.control.fault({ method: "POST", error: "rate_limit", headers: { "retry-after-ms": "20" } });
  server.control.fault({ method: "POST", error: "overloaded", headers: { "x-should-retry": "true" } });
  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 1);
});

it("quota, a refused key and an answer without ID are errors that say what to do", async (test) => {
  const { server, work } = await started(test, {
    keys: { "sk-acceptance": {}, "sk-wrong-scopes": { refuse: "missing_scopes" } },
  });
  const first = async (fault: Parameters<typeof server.control.fault>[0]) => {
    server.control.fault({ method: "POST", ...fault });
    const result = await work.run(["apply", "-auto-approve", "-json"]);
    return errorsByName(result).get("one");
  };
  work.write("main.tf", completion("one"));
  const quota = await first({ error: "insufficient_quota" });
  check(quota, { body: "", title: "Quota exhausted", says: ["billing"], at: block });
  assert.doesNotMatch(quota?.detail ?? "", /may have been carried out/);

  const nameless = await first({
    status: 200,
    body: { object: "chat.completion", choices: [] },
    carryOut: true,
  });
  check(nameless, {
    body: "",
    title: "Unexpected answer from the API",
    says: ['"id" should be a string, but is missing', "cannot be used with the resource", "each apply"],
    at: block,
  });
  const numbered = await first({ status: 200, body: { id: 7, choices: [] } });
  check(numbered, {
    body: "",
    title: "Unexpected answer from the API",
    says: ['"id" should be a string, but is the number 7', "cannot be used with the resource", "each apply"],
    at: block,
  });
  const inside = await first({ status: 200, body: { error: { message: "Upstream is busy", code: 502 } } });
  check(inside, {
    body: "",
    title: "API failed",
    says: ["Upstream is busy", "Status 502 in the body of an answer with status 200"],
    at: block,
  });
  assert.doesNotMatch(inside?.detail ?? "", /may have been carried out/);
  work.write("main.tf", `provider "openai" {\n  api_key = "sk-wrong-scopes"\n}\n${completion("one")}`);
  const scopes = errorsByName(await work.run(["apply", "-auto-approve", "-json"])).get("one");
  check(scopes, { body: "", title: "API key lacks a permission", says: ["write permission"], at: block });
});

it("an answer with an odd member is kept, and plan, apply and destroy go on", async (test) => {
  const { server, work } = await started(test);
  const odd = {
    id: "chatcmpl-odd",
    object: "chat.completion",
    created: "today",
    choices: [
      { index: 0, finish_reason: "stop", logprobs: [], message: { role: "assistant", content: "Hi" } },
    ],
    metadata: { team: "odd", cost: 0.25 },
  };
  server.control.fault({ method: "POST", status: 200, body: odd });
  server.seed({ id: odd.id, body: JSON.stringify(odd) });
  const config = `${completion("odd", `${prompt("Hello")}\n  metadata = { team = "odd" }`)}
output "text" {
  value = openai_chat_completion.odd.choices[0].message[0].content
}
`;
  work.write("main.tf", config);
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(applied.output, /Warning: Unexpected answer from the API/);
  for (const place of [/created should be a number/, /logprobs should be an object/, /metadata\.cost/])
    assert.match(applied.output, place);
  const state = JSON.parse((await work.ok("show", "-json")).stdout).values;
  const [{ values, tainted }] = state.root_module.resources;
  assert.deepEqual(
    [values.id, values.created, values.choices[0].logprobs, state.outputs.text.value, tainted],
    ["chatcmpl-odd", null, null, "Hi", undefined],
  );
  assert.deepEqual(values.stored.metadata, { team: "odd", cost: null });
  await planIsEmpty(work);
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(
    server.requests.filter(({ method }) => method === "POST").map(({ path }) => path),
    ["/v1/chat/completions"],
  );
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
});

it("an answer that ended with an error is kept with what the API says of it", async (test) => {
  const { server, work } = await started(test);
  const body = { id: "chatcmpl-cut", choices: [], error: { message: "The upstream hung up", code: 502 } };
  server.control.fault({ method: "POST", status: 200, body });
  work.write("main.tf", completion("cut"));
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(applied.output, /Warning: The API answered with an error/);
  assert.match(applied.output, /The upstream hung up/);
  assert.equal(attributesOf(work, "cut").id, "chatcmpl-cut");
});

function check(error: Shown | undefined, { title, says, at }: Row): void {
  assert.ok(error, title);
  assert.equal(error.summary, title, error.detail);
  for (const piece of says) assert.ok(error.detail.includes(piece), `${piece} in: ${error.detail}`);
  assert.ok((error.code ?? "").trim().startsWith(at), `${at} is underlined, not ${error.code}`);
}
