import assert from "node:assert/strict";
import { test } from "node:test";
import { againstOutsideData } from "../../../support/outside-data.ts";
import { recordedBodies } from "../../../support/recorded-bodies.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_conversation";
const items = "conversations/{conversation_id}/items";

test("its items are sent as written, and another value is another conversation", async (t) => {
  const { server, session } = await place(t);
  const items_json = '[{"type":"message","role":"user","content":"Hi","n":1.50}]';
  const kept = keptOf(await session.create(name, { items_json, metadata: { a: "b" } }));
  assert.match(server.requests[0]?.body ?? "", /"n":1\.50/);
  assert.ok((await session.plan(name, { items_json: ` ${items_json}`, metadata: { a: "b" } }, kept)).empty);
  assert.deepEqual((await session.plan(name, { items_json: "[]" }, kept)).replaces, ["items_json"]);
});

test("a creation whose answer is lost says that there is no list to find it in", async (t) => {
  const { server, session } = await place(t);
  server.fault({ method: "POST", reset: "headers" });
  const { details } = await session.create(name, {});
  assert.match(details[0] ?? "", /no list of conversations/);
});

test("bad arguments are errors on them, at validate", async (t) => {
  const { session } = await place(t);
  const many = JSON.stringify(Array.from({ length: 21 }, () => ({ type: "message" })));
  for (const items_json of ["{}", "[1]", "[", many]) {
    const { titles, paths } = session.validate(name, { items_json });
    assert.deepEqual([titles.length, paths], [1, ["items_json"]], items_json.slice(0, 20));
  }
});

const odd = [
  {
    id: "msg_1",
    type: "message",
    role: "assistant",
    status: "completed",
    content: [
      { type: "output_text", text: "One. ", annotations: [] },
      { type: "output_text", text: "Two." },
      { type: "refusal", refusal: "No." },
    ],
  },
  {
    id: "fc_1",
    type: "function_call",
    call_id: "call_1",
    name: "sum",
    arguments: '{"a":1.0}',
    status: "completed",
  },
  {
    id: "fco_1",
    type: "function_call_output",
    call_id: "call_1",
    output: [{ type: "input_text", text: "2" }],
  },
  { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "thought" }], content: null },
  { id: "new_1", type: "of_tomorrow", content: { nested: true }, role: 7, status: ["x"], output: 2.5 },
];

test("items of every type are read, typed where common and whole always", async (t) => {
  const { server, session } = await place(t);
  const conversation_id = server.control.addObject("conversations", {}).id;
  for (const item of odd) server.control.addObject(items, item, { conversation_id });
  const { state } = keptOf(
    await session.read("openai_conversation_items", { conversation_id, order: "asc" }),
  );
  const all = Array.isArray(state.conversation_items) ? state.conversation_items.map(Object) : [];
  assert.deepEqual(
    all.map(({ id }) => id),
    odd.map(({ id }) => id),
  );
  for (const [index, { item_json }] of all.entries()) {
    const item = JSON.parse(item_json);
    assert.deepEqual({ ...item, ...odd[index] }, item, "the item is whole");
  }
  const [message, call, output, reasoning, unknown] = all;
  assert.deepEqual(
    [message.role, message.text, message.content[2].refusal],
    ["assistant", "One. Two.", "No."],
  );
  assert.deepEqual([call.call_id, call.name, call.arguments], ["call_1", "sum", '{"a":1.0}']);
  assert.deepEqual([output.call_id, output.output, reasoning.content], ["call_1", null, null]);
  assert.deepEqual([unknown.type, unknown.role, unknown.content], ["of_tomorrow", null, null]);
  const one = keptOf(await session.read("openai_conversation_item", { conversation_id, id: "fc_1" }));
  assert.deepEqual([one.state.name, JSON.parse(String(one.state.item_json)).call_id], ["sum", "call_1"]);
});

test("items are read page by page, and what include names is asked for", async (t) => {
  const { server, session } = await place(t);
  const conversation_id = server.control.addObject("conversations", {}).id;
  for (let count = 0; count < 150; count += 1)
    server.control.addObject(items, { id: `msg_${count}`, type: "message" }, { conversation_id });
  const include = ["message.input_image.image_url", "web_search_call.action.sources"];
  const { state } = keptOf(await session.read("openai_conversation_items", { conversation_id, include }));
  assert.equal(Array.isArray(state.ids) && state.ids.length, 150);
  assert.equal(server.requests.length, 2);
  for (const { query } of server.requests) assert.deepEqual(query.getAll("include[]"), include);
});

againstOutsideData((folder) => {
  test("recorded items end in state", async (t) => {
    const { server, session } = await place(t);
    const conversation_id = server.control.addObject("conversations", {}).id;
    for (const body of recordedBodies(folder, /^get-conversations-id-items\.200/)) {
      server.fault({ body });
      const { state } = keptOf(await session.read("openai_conversation_items", { conversation_id }));
      const read = Array.isArray(state.conversation_items) ? state.conversation_items.map(Object) : [];
      assert.deepEqual(
        read.map(({ item_json }) => JSON.parse(item_json)),
        JSON.parse(body).data,
      );
    }
  });
});
