import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { errorsByName, type Shown } from "../support/diagnostics.ts";
import type { Fault } from "../support/openai-server/faults.ts";
import {
  afterAll,
  attributesOf,
  completion,
  creations,
  outcomeIn,
  prompt,
  started,
  succeeded,
} from "./resource-support.ts";

/* All share the runs of Terraform over one configuration. */

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

/** What is sent in answer to the creation of the completion of this name. */
const faults: readonly (Fault & { readonly of: string })[] = [
  { of: "lost", reset: "headers" },
  { of: "late", delayMs: 60_000, carryOut: true },
  { of: "repeated", error: "rate_limit", headers: { "retry-after-ms": "20" } },
  { of: "repeated", error: "overloaded", headers: { "x-should-retry": "true" } },
  { of: "quota", error: "insufficient_quota" },
  { of: "nameless", status: 200, body: { object: "chat.completion", choices: [] }, carryOut: true },
  { of: "numbered", status: 200, body: { id: 7, choices: [] } },
  { of: "inside", status: 200, body: { error: { message: "Upstream is busy", code: 502 } } },
  {
    of: "cut",
    status: 200,
    body: { id: "chatcmpl-cut", choices: [], error: { message: "The upstream hung up", code: 502 } },
  },
];

const odd = {
  id: "chatcmpl-odd",
  object: "chat.completion",
  created: "today",
  choices: [{ index: 0, finish_reason: "stop", logprobs: [], message: { role: "assistant", content: "Hi" } }],
  metadata: { team: "odd", cost: 0.25 },
};

const named = (name: string, more = "", text = `Hello ${name}`) =>
  completion(name, `${prompt(text)}\n  ${more}`);

const oddOne = `${named("odd", 'metadata = { team = "odd" }')}
output "text" {
  value = openai_chat_completion.odd.choices[0].message[0].content
}
`;
const configuration = [
  completion("model").replace("gpt-4o-mini", "gpt-none"),
  ...Object.entries(refusals).map(([name, { body }]) => completion(name, body)),
  ...["lost", "repeated", "quota", "nameless", "numbered", "inside", "cut"].map((name) => named(name)),
  named("late", 'timeouts = { create = "1s" }'),
  named("failed", "", "trigger:server_error Hello failed"),
  named("scopes", "provider = openai.scopes"),
  'provider "openai" {\n  alias   = "scopes"\n  api_key = "sk-wrong-scopes"\n}\n',
].join("");

const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof applyAll>>;
before(async () => {
  seen = await applyAll();
});

async function applyAll() {
  const { server, work } = await started(cleanup, {
    keys: { "sk-acceptance": {}, "sk-wrong-scopes": { refuse: "missing_scopes" } },
  });
  for (const { of, ...fault } of faults)
    server.control.fault({ method: "POST", text: `Hello ${of}"`, ...fault });
  server.control.fault({ method: "POST", text: 'Hello odd"', status: 200, body: odd });
  server.seed({ id: odd.id, body: JSON.stringify(odd) });
  work.write("main.tf", configuration + oddOne);
  const result = await work.run(["apply", "-auto-approve", "-json"]);
  const paid = server.counts.paidCreates;
  const state = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  const [oddState, cutState] = ["odd", "cut"].map((name) => attributesOf(work, name));
  attributesOf(work, "repeated");
  const sent = (name: string) => creations(server.requests, `Hello ${name}"`);

  work.write("main.tf", oddOne);
  const again = await succeeded(work, "apply", "-auto-approve");
  const destroyed = await succeeded(work, "destroy", "-auto-approve");
  return {
    ...{
      outcome: outcomeIn(result),
      errors: errorsByName(result),
      paid,
      text: JSON.parse(state).outputs.text,
    },
    ...{ oddState, cutState, sent, again, destroyed, left: server.control.ids() },
  };
}

it("what the API refuses is shown on the argument that it names, and nothing is paid for", async (test) => {
  const { errors, paid } = seen;
  for (const [name, row] of Object.entries(refusals))
    await test.test(name, () => check(errors.get(name), row));
  check(errors.get("model"), {
    body: "",
    title: "Unknown model",
    says: ["no model of this name", "gpt-none", "Status 404"],
    at: "model",
  });
  assert.equal(paid, 5, "for what was lost, late, failed or without an ID, and for what was repeated");
});

it("a creation that may have been carried out is not sent again, and the message says where it may be", () => {
  const { errors, sent } = seen;
  check(errors.get("lost"), {
    body: "",
    title: "Connection lost",
    says: ["may have been carried out and be paid for", "openai_chat_completions", "import"],
    at: block,
  });
  check(errors.get("failed"), {
    body: "",
    title: "API failed",
    says: ["may have been carried out", "Status 500"],
    at: block,
  });
  assert.deepEqual([sent("lost"), sent("failed")], [1, 1]);
});

it("a creation whose time is over says that it may have been carried out", () => {
  const { errors, sent } = seen;
  check(errors.get("late"), {
    body: "",
    title: "Creation not finished in time",
    says: ['timeouts = { create = "15m" }', "may have been carried out and be paid for"],
    at: block,
  });
  assert.equal(sent("late"), 1);
});

it("a creation is repeated where it was surely not carried out, or where the API says so", () => {
  const { errors, outcome, sent, paid } = seen;
  assert.ok(!errors.has("repeated"));
  assert.equal(outcome.planned["openai_chat_completion.repeated"], "create");
  assert.equal(sent("repeated"), 3);
  assert.equal(paid, 5);
});

it("quota, a refused key and an answer without ID are errors that say what to do", () => {
  const { errors } = seen;
  const quota = errors.get("quota");
  check(quota, { body: "", title: "Quota exhausted", says: ["billing"], at: block });
  assert.doesNotMatch(quota?.detail ?? "", /may have been carried out/);

  check(errors.get("nameless"), {
    body: "",
    title: "Unexpected answer from the API",
    says: ['"id" should be a string, but is missing', "cannot be used with the resource", "each apply"],
    at: block,
  });
  check(errors.get("numbered"), {
    body: "",
    title: "Unexpected answer from the API",
    says: ['"id" should be a string, but is the number 7', "cannot be used with the resource", "each apply"],
    at: block,
  });
  const inside = errors.get("inside");
  check(inside, {
    body: "",
    title: "API failed",
    says: ["Upstream is busy", "Status 502 in the body of an answer with status 200"],
    at: block,
  });
  assert.doesNotMatch(inside?.detail ?? "", /may have been carried out/);
  check(errors.get("scopes"), {
    body: "",
    title: "API key lacks a permission",
    says: ["write permission"],
    at: block,
  });
});

it("an answer with an odd member is kept, and plan, apply and destroy go on", () => {
  const { outcome, oddState, text, sent, again, destroyed, left } = seen;
  const said = outcome.said("openai_chat_completion.odd").join("\n");
  assert.match(said, /Warning: Unexpected answer from the API/);
  for (const place of [/created should be a number/, /logprobs should be an object/, /metadata\.cost/])
    assert.match(said, place);
  assert.deepEqual(
    [oddState.id, oddState.created, oddState.choices[0].logprobs, text.value],
    ["chatcmpl-odd", null, null, "Hi"],
  );
  assert.deepEqual(oddState.stored.metadata, { team: "odd", cost: null });
  assert.ok(!("openai_chat_completion.odd" in again.planned));
  assert.equal(sent("odd"), 1);
  assert.equal(destroyed.planned["openai_chat_completion.odd"], "delete");
  assert.ok(!left.includes("chatcmpl-odd"));
});

it("an answer that ended with an error is kept with what the API says of it", () => {
  const { outcome, cutState } = seen;
  const said = outcome.said("openai_chat_completion.cut").join("\n");
  assert.match(said, /Warning: The API answered with an error/);
  assert.match(said, /The upstream hung up/);
  assert.equal(cutState.id, "chatcmpl-cut");
});

function check(error: Shown | undefined, { title, says, at }: Row): void {
  assert.ok(error, title);
  assert.equal(error.summary, title, error.detail);
  for (const piece of says) assert.ok(error.detail.includes(piece), `${piece} in: ${error.detail}`);
  assert.ok((error.code ?? "").trim().startsWith(at), `${at} is underlined, not ${error.code}`);
}
