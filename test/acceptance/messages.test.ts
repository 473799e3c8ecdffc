import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Arguments, block, Expression, provider } from "../support/configurations.ts";
import { assertError, diagnosticsOf, type Expected, failingApply } from "../support/diagnostics.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Cleanup, Workspace } from "../support/terraform.ts";
import { afterAll } from "./resource-support.ts";

const type = "openai_chat_completion_messages";

function messages(name: string, completionId: string, values: Arguments = {}): string {
  return block(`data "${type}" "${name}"`, { completion_id: completionId, ...values });
}

/** Everything but the arguments: a sensitive one would make the whole object sensitive. */
function output(name: string): string {
  const members = ["id", "messages", "messages_json"].map(
    (member) => `${member} = data.${type}.${name}.${member}`,
  );
  return block(`output "${name}"`, { value: new Expression(`{ ${members.join(", ")} }`) });
}

type Output = { id: string; messages: Record<string, unknown>[]; messages_json: string };

/** The values of the outputs, from the state file. */
function outputs(work: Workspace) {
  const state: { outputs: Record<string, { value: Output }> } = JSON.parse(
    readFileSync(join(work.folder, "terraform.tfstate"), "utf8"),
  );
  return Object.fromEntries(Object.entries(state.outputs).map(([name, { value }]) => [name, value]));
}

async function start(test: Cleanup): Promise<[OpenAIServer, Workspace]> {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  return [server, new Workspace(test, { OPENAI_API_KEY: "sk-messages", OPENAI_BASE_URL: server.url })];
}

const none = { refusal: null, tool_call_id: null, tool_calls: null };
const noPart = { text: null, image_url: null, input_audio: null, file: null };

const call = { id: "call_1", type: "function", function: { name: "look", arguments: "{}" } };
const custom = { id: "call_2", type: "custom", custom: { name: "shell", input: "ls" } };
/** As Azure and gateways answer. */
const rich = [
  { id: "m-0", role: "assistant", content: null, refusal: "No.", tool_calls: [call, custom] },
  { id: "m-1", role: "tool", content: "ok", tool_call_id: "call_1" },
  {
    id: "m-2",
    role: "user",
    content: [
      { type: "text", text: "one " },
      { type: "text", text: "two" },
    ],
  },
];

const long = Array.from({ length: 230 }, (_, index) => ({ role: "user", content: `Turn ${index}` }));
const limits = { one: 1, more: 150, exactly: 230, beyond: 1000 };

/* All reads that work are in one configuration. */
const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof readAll>>;
before(async () => {
  seen = await readAll();
});

async function readAll() {
  const [server, work] = await start(cleanup);
  server.seed({ id: "chatcmpl-long", messages: long });
  server.seed({ id: "chatcmpl-limited", messages: long });
  server.seed({ id: "chatcmpl-no-parts", messages: [{ role: "user", content: [] }] });
  const odd = { id: "m", role: 1, content: "Hello", tool_calls: {} };
  const answers = { "chatcmpl-rich": rich, "chatcmpl-odd": [odd] };
  for (const [id, data] of Object.entries(answers))
    server.fault({ path: `/${id}/messages`, status: 200, body: { data }, times: "always" });
  const values = (name: string) =>
    `{ n = length(data.${type}.${name}.messages), last = data.${type}.${name}.messages[length(data.${type}.${name}.messages) - 1].content, more = data.${type}.${name}.has_more }`;
  const names = Object.keys(limits);
  work.write(
    "main.tf",
    [
      messages("parts", "chatcmpl-messages"),
      messages("reversed", "chatcmpl-abc123", { order: "desc" }),
      messages("long", "chatcmpl-long"),
      messages("empty", "chatcmpl-no-parts"),
      messages("fresh", "chatcmpl-fresh", { wait_timeout: "20s" }),
      messages("rich", "chatcmpl-rich"),
      messages("odd", "chatcmpl-odd"),
      ...["parts", "reversed", "long", "empty", "fresh", "rich", "odd"].map(output),
      ...Object.entries(limits).map(([name, limit]) => messages(name, "chatcmpl-limited", { limit })),
      block('output "limits"', {
        value: new Expression(`{ ${names.map((name) => `${name} = ${values(name)}`).join("\n")} }`),
      }),
    ].join(""),
  );
  await work.ok("init");
  server.seed({ id: "chatcmpl-fresh", visibleAfterMs: 2_000 });
  const applied = await work.ok("apply", "-auto-approve");
  const asked = [...server.requests];
  const read = outputs(work);
  const limited: unknown = read.limits;
  const second = await work.run(["plan", "-detailed-exitcode"]);
  return { server, asked, applied, read, limited, second };
}

it("messages are read with their parts, all pages, and the same at the next plan", async () => {
  const { parts, reversed, long: all, empty } = seen.read;
  assert.ok(parts && reversed && all && empty);

  assert.deepEqual(parts.messages, [
    {
      id: "chatcmpl-messages-0",
      role: "developer",
      content: "Be brief.",
      name: null,
      content_parts: null,
      ...none,
    },
    {
      id: "chatcmpl-messages-1",
      role: "user",
      content: "Hello",
      name: "olena",
      content_parts: null,
      ...none,
    },
    { id: "chatcmpl-messages-2", role: "assistant", content: null, name: null, content_parts: null, ...none },
    {
      id: "chatcmpl-messages-3",
      role: "tool",
      content: '{"found":1}',
      name: null,
      content_parts: null,
      ...none,
    },
    {
      id: "chatcmpl-messages-4",
      role: "user",
      content: parts.messages[4]?.content,
      name: null,
      content_parts: [
        { ...noPart, type: "text", text: "What is this?" },
        { ...noPart, type: "image_url", image_url: { url: "https://example.com/cat.png", detail: "low" } },
        { ...noPart, type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
        { ...noPart, type: "file", file: { file_id: "file-abc", filename: "cat.pdf", file_data: null } },
      ],
      ...none,
    },
  ]);
  const served = await fetch(`${seen.server.url}/chat/completions/chatcmpl-messages/messages`, {
    headers: { authorization: "Bearer sk-messages" },
  });
  assert.ok((await served.text()).includes(`"data":${parts.messages_json},`), "the text is as received");

  assert.deepEqual(
    reversed.messages.map(({ role }) => role),
    ["user", "system"],
  );
  assert.deepEqual(
    all.messages.map(({ content }) => content),
    long.map(({ content }) => content),
  );
  assert.equal(JSON.parse(all.messages_json).length, long.length);
  assert.deepEqual(empty.messages[0]?.content_parts, [], "no parts are not null");
  assert.notEqual(parts.id, all.id);

  const asked = seen.asked.filter(({ path }) =>
    /chatcmpl-(messages|abc123|long|no-parts)\/messages$/.test(path),
  );
  assert.ok(asked.length >= 6);
  assert.ok(
    asked.every(({ query }) => /^(asc|desc)$/.test(query.get("order") ?? "") && query.get("limit") === "100"),
  );
  assert.equal(seen.second.code, 0, seen.second.output);
});

it("messages of a completion that was created just now are waited for", () => {
  assert.equal(seen.read.fresh?.messages.length, 1);
});

it("Azure's messages and those of gateways are read too", () => {
  const [first, second, third] = seen.read.rich?.messages ?? [];
  assert.equal(first?.refusal, "No.");
  assert.deepEqual(first?.tool_calls, [
    { ...call, custom: null },
    { ...custom, function: null },
  ]);
  assert.equal(second?.tool_call_id, "call_1");
  assert.equal(third?.content, "one two");
  assert.deepEqual(third?.content_parts, [
    { ...noPart, type: "text", text: "one " },
    { ...noPart, type: "text", text: "two" },
  ]);
});

it("a limit reads as many messages, and says whether there are more", async (test) => {
  assert.deepEqual(seen.limited, {
    one: { n: 1, last: "Turn 0", more: true },
    more: { n: 150, last: "Turn 149", more: true },
    exactly: { n: 230, last: "Turn 229", more: false },
    beyond: { n: 230, last: "Turn 229", more: false },
  });
  const [, work] = await start(test);
  work.write("main.tf", messages("none", "chatcmpl-long", { limit: 0 }));
  assert.match(await work.fails("validate"), /how many messages are read in all, and must be at least 1/);
});

it("a message with an odd member is read, with a warning that names it", () => {
  const { applied, read } = seen;
  assert.match(applied.output, /Warning: Unexpected answer from the API/);
  assert.match(applied.output, /data\[0\]\.role should be a string/);
  assert.match(applied.output, /data\[0\]\.tool_calls should be a list/);
  const [message] = read.odd?.messages ?? [];
  assert.deepEqual([message?.role, message?.content, message?.tool_calls], [null, "Hello", null]);
});

it("messages that cannot be read are an error", async (test) => {
  const [server, work] = await start(test);
  const rows: Record<string, { id?: string; fault?: object; expected: Expected }> = {
    missing: {
      id: "chatcmpl-missing",
      expected: {
        title: "Chat completion not found",
        says: ["store = true", "wait_timeout"],
        at: "completion_id",
      },
    },
    element: {
      fault: { status: 200, body: { data: ["text"] } },
      expected: {
        title: "Unexpected answer from the API",
        says: ['for the messages of "chatcmpl-abc123", but not with a list', "data[0] should be a message"],
      },
    },
    failed: {
      fault: { status: 503, body: {}, times: "always" },
      expected: { title: "API failed", says: ["Status 503"] },
    },
  };
  for (const [name, { fault }] of Object.entries(rows)) {
    if (fault !== undefined) server.fault({ key: `sk-${name}`, ...fault });
  }
  const errors = await failingApply(
    work,
    provider({ max_retries: 1 }) +
      Object.entries(rows)
        .map(([name, { id = "chatcmpl-abc123" }]) => messages(name, id, { api_key: `sk-${name}` }))
        .join(""),
  );
  for (const [name, { expected }] of Object.entries(rows)) {
    await test.test(name, () => assertError(errors.get(name), expected));
  }
});

it("arguments are refused before anybody is asked", async (test) => {
  const [server, work] = await start(test);
  work.write(
    "main.tf",
    messages("id", "..") +
      messages("order", "chatcmpl-1", { order: "up" }) +
      messages("wait", "chatcmpl-1", { wait_timeout: "10m" }),
  );
  const result = await work.run(["validate", "-json"]);
  assert.deepEqual(
    diagnosticsOf(result)
      .map(({ summary }) => summary)
      .sort(),
    ['Invalid value for "completion_id"', 'Invalid value for "order"', 'Invalid value for "wait_timeout"'],
  );
  assert.equal(server.requests.length, 0);
});
