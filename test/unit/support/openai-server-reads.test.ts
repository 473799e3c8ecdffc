import assert from "node:assert/strict";
import { test } from "node:test";
import { ownCompletions } from "../../support/openai-server/completions.ts";
import { createStored, errorOf, get, idsOf, serve } from "./openai-server-client.ts";

const STORED_KEYS =
  "object,id,model,created,request_id,tool_choice,usage,seed,top_p,temperature,presence_penalty,frequency_penalty,system_fingerprint,input_user,service_tier,tools,metadata,choices,response_format";

test("a retrieved completion is compact JSON with the 19 keys of the stored view in order", async (t) => {
  const server = await serve(t);
  const id = await createStored(server);
  const { status, text, headers } = await get(server, `/chat/completions/${id}`);
  assert.equal(status, 200);
  const body = JSON.parse(text);
  assert.equal(Object.keys(body).join(), STORED_KEYS);
  assert.deepEqual(Object.keys(body.usage), ["total_tokens", "completion_tokens", "prompt_tokens"]);
  assert.deepEqual(body.choices, [
    {
      index: 0,
      message: { content: "You said: Hi", role: "assistant", tool_calls: null, function_call: null },
      finish_reason: "stop",
      logprobs: null,
    },
  ]);
  assert.doesNotMatch(text, /\n|": |, "/);
  assert.match(text, /"top_p":1\.0,"temperature":1\.0,"presence_penalty":0\.0,"frequency_penalty":0\.0/);
  assert.equal(headers.get("content-type"), "application/json");
});

test("the seed is a raw integer literal beyond 2^53 in nearly every completion, and negative in some", async (t) => {
  const server = await serve(t);
  const seeds: bigint[] = [];
  for (let count = 0; count < 20; count += 1) {
    const { text } = await get(server, `/chat/completions/${await createStored(server)}`);
    seeds.push(BigInt(/"seed":(-?\d+),/.exec(text)?.[1] ?? "0"));
  }
  assert.ok(seeds.filter((seed) => seed > 2n ** 53n || seed < -(2n ** 53n)).length >= 19, String(seeds));
  assert.ok(seeds.some((seed) => seed < 0n));
  assert.ok(seeds.every((seed) => BigInt.asIntN(64, seed) === seed));
});

test("the request_id of the stored view is the x-request-id of the create request", async (t) => {
  const server = await serve(t);
  const response = await fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sk-test" },
    body: JSON.stringify({ model: "gpt-4o", store: true, messages: [{ role: "user", content: "Hi" }] }),
  });
  const { id } = JSON.parse(await response.text());
  const { text, headers } = await get(server, `/chat/completions/${id}`);
  assert.equal(JSON.parse(text).request_id, response.headers.get("x-request-id"));
  assert.notEqual(headers.get("x-request-id"), response.headers.get("x-request-id"));
});

test("every own completion can be read by its ID and is listed, the 1 MiB answer whole", async (t) => {
  const server = await serve(t, { completions: ownCompletions() });
  const listed = idsOf(await get(server, "/chat/completions?limit=100"));
  assert.deepEqual([...listed].sort(), server.control.ids().sort());
  for (const id of listed) {
    const { status, text } = await get(server, `/chat/completions/${encodeURIComponent(id)}`);
    assert.equal(status, 200, id);
    assert.equal(JSON.parse(text).id, id);
  }
  const { text } = await get(server, "/chat/completions/chatcmpl-1mib");
  assert.equal(JSON.parse(text).choices[0].message.content.length, 1024 * 1024);
});

test("a seeded body is served byte for byte, also in a list", async (t) => {
  const server = await serve(t);
  const body = '{ "object":"chat.completion", "id":"x", "created":1.0e2, "seed":-0 , "a":1,"a":2}';
  server.seed({ id: "x", body });
  assert.equal((await get(server, "/chat/completions/x")).text, body);
  assert.ok((await get(server, "/chat/completions")).text.includes(body));
});

test("an unknown ID gets the 404 of OpenAI, indented by two spaces and without a newline at its end", async (t) => {
  const server = await serve(t);
  const { status, text } = await get(server, "/chat/completions/chatcmpl-no");
  assert.equal(status, 404);
  assert.equal(
    text,
    `{\n  "error": {\n    "message": "Completion chatcmpl-no not found",\n    "type": "invalid_request_error",\n    "param": "completion_id",\n    "code": "not_found"\n  }\n}`,
  );
});

test("lists are newest first unless asked otherwise, and the default can be switched", async (t) => {
  const server = await serve(t);
  server.seed({ id: "a", created: 10 }, { id: "b", created: 30 }, { id: "c", created: 20 });
  assert.deepEqual(idsOf(await get(server, "/chat/completions")), ["b", "c", "a"]);
  assert.deepEqual(idsOf(await get(server, "/chat/completions?order=asc")), ["a", "c", "b"]);
  server.control.settings.listOrder = "asc";
  assert.deepEqual(idsOf(await get(server, "/chat/completions")), ["a", "c", "b"]);
  assert.deepEqual(idsOf(await get(server, "/chat/completions?order=desc")), ["b", "c", "a"]);
});

test("pages have 20 items by default, and after is exclusive and follows the order", async (t) => {
  const server = await serve(t);
  server.seed(...Array.from({ length: 45 }, (_, index) => ({ id: `c${index}`, created: index })));
  const seen: string[] = [];
  const flags: boolean[] = [];
  for (let after = ""; ; ) {
    const answer = await get(server, `/chat/completions?order=asc${after}`);
    const body = JSON.parse(answer.text);
    seen.push(...idsOf(answer));
    flags.push(body.has_more);
    assert.deepEqual([body.first_id, body.last_id], [body.data[0].id, body.data.at(-1).id]);
    if (!body.has_more) break;
    after = `&after=${body.last_id}`;
  }
  assert.deepEqual(flags, [true, true, false]);
  assert.deepEqual(seen, server.control.ids());
  assert.deepEqual(idsOf(await get(server, "/chat/completions?limit=2&after=c40")), ["c39", "c38"]);
});

test("an empty list has null for its first and last ID", async (t) => {
  const server = await serve(t);
  const { text } = await get(server, "/chat/completions");
  assert.equal(text, '{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}');
});

test("all metadata filters must match, and the model is compared with its resolved name", async (t) => {
  const server = await serve(t);
  const one = await createStored(server, { metadata: { team: "a", "k[x]=&": "ü" } });
  const two = await createStored(server, { model: "gpt-4o", metadata: { team: "a" } });
  const list = async (query: string) => idsOf(await get(server, `/chat/completions?order=asc&${query}`));
  assert.deepEqual(await list("metadata[team]=a"), [one, two]);
  assert.deepEqual(await list(`metadata[team]=a&metadata[${encodeURIComponent("k[x]=&")}]=%C3%BC`), [one]);
  assert.deepEqual(await list("metadata[team]=b"), []);
  assert.deepEqual(await list("metadata[toString]=a"), []);
  assert.deepEqual(await list("model=gpt-4o"), []);
  assert.deepEqual(await list("model=gpt-4o-2024-08-06"), [two]);
});

for (const [query, error] of [
  ["limit=0", ["limit", "integer_below_min_value"]],
  ["limit=101", ["limit", "integer_above_max_value"]],
  ["limit=abc", ["limit", "invalid_type"]],
  ["order=newest", ["order", "invalid_value"]],
  ["after=chatcmpl-no", ["after", "invalid_value"]],
] as const) {
  test(`?${query} is refused, in lists of completions and of messages`, async (t) => {
    const server = await serve(t);
    server.seed({ id: "x" });
    for (const path of ["/chat/completions", "/chat/completions/x/messages"]) {
      assert.deepEqual(errorOf(await get(server, `${path}?${query}`)), [
        400,
        "invalid_request_error",
        ...error,
      ]);
    }
  });
}

test("messages are the inputs only, oldest first, with flattened content and parts of five keys", async (t) => {
  const server = await serve(t, { completions: ownCompletions() });
  const { text } = await get(server, "/chat/completions/chatcmpl-messages/messages");
  const { data, ...envelope } = JSON.parse(text);
  assert.deepEqual(envelope, {
    object: "list",
    first_id: "chatcmpl-messages-0",
    last_id: "chatcmpl-messages-4",
    has_more: false,
  });
  assert.deepEqual(
    data.map((message: { role: string; content: unknown; name: unknown }) => [
      message.role,
      message.content,
      message.name,
    ]),
    [
      ["developer", "Be brief.", null],
      ["user", "Hello", "olena"],
      ["assistant", null, null],
      ["tool", '{"found":1}', null],
      ["user", "What is this?   ", null],
    ],
  );
  assert.deepEqual(Object.keys(data[0]), ["id", "role", "content", "content_parts", "name"]);
  assert.equal(data[0].content_parts, null);
  assert.deepEqual(data[4].content_parts, [
    { type: "text", text: "What is this?", image_url: null, input_audio: null, file: null },
    {
      type: "image_url",
      text: null,
      image_url: { url: "https://example.com/cat.png", detail: "low" },
      input_audio: null,
      file: null,
    },
    {
      type: "input_audio",
      text: null,
      image_url: null,
      input_audio: { data: "UklGRg==", format: "wav" },
      file: null,
    },
    {
      type: "file",
      text: null,
      image_url: null,
      input_audio: null,
      file: { file_id: "file-abc", filename: "cat.pdf" },
    },
  ]);
});

test("messages are paged like completions", async (t) => {
  const server = await serve(t, { completions: ownCompletions() });
  const path = "/chat/completions/chatcmpl-messages/messages";
  assert.deepEqual(idsOf(await get(server, `${path}?limit=2&after=chatcmpl-messages-1`)), [
    "chatcmpl-messages-2",
    "chatcmpl-messages-3",
  ]);
  assert.equal(idsOf(await get(server, `${path}?order=desc`))[0], "chatcmpl-messages-4");
  assert.equal((await get(server, "/chat/completions/no/messages")).status, 404);
});
