import assert from "node:assert/strict";
import {
  ask,
  compare,
  created,
  type Recorded,
  recorded,
  serve,
  shape,
  spellings,
  textOf,
} from "./recorded-bodies.ts";

compare("a created completion", async (t) => {
  const server = await serve(t);
  const { json } = await ask(server, "POST", "/chat/completions", recorded("rec-create-store.request.json"));
  const expected = recorded("rec-create-store.response.json");
  assert.deepEqual(shape(json), shape(expected));
  assert.equal(json.model, expected.model);
});

compare("a retrieved completion", async (t) => {
  const server = await serve(t);
  const { json } = await ask(server, "POST", "/chat/completions", recorded("rec-create-store.request.json"));
  const got = await ask(server, "GET", `/chat/completions/${json.id}`);
  assert.deepEqual(shape(got.json), shape(recorded("rec-get.json")));
  assert.deepEqual(spellings(got.text), spellings(textOf("rec-get.json")));
  assert.equal(json.id.length, recorded("rec-get.json").id.length);
  assert.equal(json.request_id?.length, recorded("rec-create-store.response.json").request_id?.length);
});

compare("a success body is as compact as the recorded Content-Length says", async (t) => {
  const server = await serve(t);
  const text = textOf("rec-get.json");
  // The recording was laid out anew when it was published; without its blanks it has the recorded length.
  const compact = text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ""));
  assert.equal(`${Buffer.byteLength(compact)}`, recorded("rec-get.response-headers.json")["Content-Length"]);
  const { id, choices, seed: _, ...view } = recorded("rec-get.json");
  const seed = BigInt(/"seed": ?(-?\d+)/.exec(text)?.[1] ?? "0");
  const floats = /^(top_p|temperature|presence_penalty|frequency_penalty)$/;
  const rest = Object.fromEntries(Object.entries<Recorded>(view).filter(([key]) => !floats.test(key)));
  server.seed({ id, choices, view: { ...rest, seed } });
  assert.equal((await ask(server, "GET", `/chat/completions/${id}`)).text, compact);
});

compare("a stored completion with tools and tool calls", async (t) => {
  const server = await serve(t);
  const expected = recorded("rec-get-tool-calls.json");
  const { tools, metadata } = expected;
  const messages = [{ role: "user", content: "trigger:tool" }];
  const body = { model: "gpt-4o-mini", store: true, messages, tools, metadata };
  const { json } = await ask(server, "POST", "/chat/completions", body);
  const got = await ask(server, "GET", `/chat/completions/${json.id}`);
  assert.deepEqual(shape(got.json), shape(expected));
  assert.equal(JSON.stringify(got.json.tools), JSON.stringify(tools));
});

compare("a list of two, newest first", async (t) => {
  const server = await serve(t);
  for (let count = 0; count < 3; count += 1) {
    const messages = [{ role: "user", content: "Hi" }];
    await ask(server, "POST", "/chat/completions", {
      model: "gpt-4o-mini",
      store: true,
      messages,
      metadata: { a: "b" },
    });
    server.control.advance(1000);
  }
  const expected = recorded("rec-list-limit2-default-order.json");
  const { json } = await ask(server, "GET", "/chat/completions?limit=2");
  assert.deepEqual(shape(json), shape(expected));
  const newestFirst = (list: Recorded) => list.data[0].created > list.data[1].created;
  assert.deepEqual([newestFirst(json), newestFirst(expected)], [true, true]);
});

const MESSAGES = ["rec-messages-page1.json", "rec-messages-page2-content-parts.json"];

compare("two pages of messages, value by value", async (t) => {
  const server = await serve(t);
  const pages = MESSAGES.map(recorded);
  const id = pages[0].first_id.replace(/-0$/, "");
  const messages = pages
    .flatMap((page) => page.data)
    .map((message: Recorded) => ({
      role: message.role,
      content: message.content_parts ?? message.content,
    }));
  server.seed({ id, messages });
  const path = `/chat/completions/${id}/messages?limit=2`;
  const first = await ask(server, "GET", path);
  const second = await ask(server, "GET", `${path}&after=${first.json.last_id}`);
  assert.equal(first.text, JSON.stringify(pages[0]));
  assert.equal(second.text, JSON.stringify(pages[1]));
});

compare("an update", async (t) => {
  const server = await serve(t);
  const expected = recorded("rec-update.json");
  server.seed({ id: expected.id });
  const { json } = await ask(
    server,
    "POST",
    `/chat/completions/${expected.id}`,
    recorded("rec-update.request.json"),
  );
  assert.deepEqual(shape(json), shape(expected));
  assert.deepEqual(json.metadata, expected.metadata);
});

compare("a deletion, value by value", async (t) => {
  const server = await serve(t);
  const expected = recorded("rec-delete.json");
  server.seed({ id: expected.id });
  assert.equal(
    (await ask(server, "DELETE", `/chat/completions/${expected.id}`)).text,
    JSON.stringify(expected),
  );
});

/** Files of creations, and the parameters that make the server answer in the same shape. */
const TOOL = { name: "f", parameters: { type: "object", properties: {} } };
const CREATIONS: readonly (readonly [string, object, string?])[] = [
  ["rec-create-function-call-legacy.response.json", { functions: [TOOL], function_call: { name: "f" } }],
  [
    "rec-create-parallel-tool-calls.response.json",
    {
      tools: [
        { type: "function", function: TOOL },
        { type: "function", function: TOOL },
      ],
    },
    "trigger:parallel_tools",
  ],
  ["rec-create-logprobs.response.json", { logprobs: true, top_logprobs: 3 }],
  ["rec-create-refusal.response.json", {}, "trigger:refusal"],
  [
    "rec-create-audio.response.json",
    { modalities: ["text", "audio"], audio: { voice: "alloy", format: "wav" } },
  ],
  [
    "rec-create-web-search-annotations.response.json",
    { model: "gpt-4o-search-preview", web_search_options: {} },
  ],
];

for (const [file, more, text] of CREATIONS) {
  compare(`a creation: ${file}`, async (t) => {
    const [mine, theirs] = [await created(t, more, text), recorded(file)];
    assert.deepEqual(shape(mine), shape(theirs));
    assert.equal(mine.choices[0].finish_reason, theirs.choices[0].finish_reason);
    assert.equal(mine.system_fingerprint === "", theirs.system_fingerprint === "");
  });
}

compare("Azure's forms", async (t) => {
  const server = await serve(t, { mode: "azure" });
  server.seed({ id: "x", view: { metadata: { a: "b" } }, messages: [{ role: "user", content: "Hi" }] });
  const got = async (path: string) => shape((await ask(server, "GET", `/chat/completions${path}`)).json);
  assert.deepEqual(await got("/x"), shape(recorded("azure-get.json")));
  assert.deepEqual(await got(""), shape(recorded("azure-list.json")));
  assert.deepEqual(await got("/x/messages"), shape(recorded("azure-messages.json")));
});
