import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "./objects/support.ts";

const name = "openai_chat_completion";

/** Completions of two teams, made as the resource makes them. */
const completions = Array.from({ length: 130 }, (_, index) => ({
  id: `chatcmpl-${String(index).padStart(3, "0")}`,
  content: `Answer ${index}.`,
  created: 1_738_970_000 + index,
  view: {
    model: "gpt-4o-mini-2024-07-18",
    temperature: 0.2,
    metadata: { team: index % 2 === 0 ? "a" : "b" },
  },
  messages: [{ role: "user", content: `Question ${index}?` }],
}));

test("completions are found by model and metadata, one page at a time, without their messages", async (t) => {
  const { server, session } = await place(t, { completions });
  const events = await session.list(name, { metadata: { team: "b" }, order: "asc" }, { limit: 3 });
  assert.deepEqual(
    events.map(({ found }) => [found?.identity.id, found?.displayName, found?.state]),
    ["001", "003", "005"].map((id) => [`chatcmpl-${id}`, "gpt-4o-mini-2024-07-18", undefined]),
  );
  assert.equal(server.requests.length, 1);
  const [request] = server.requests;
  assert.deepEqual(Object.fromEntries(request?.query ?? []), {
    "metadata[team]": "b",
    order: "asc",
    limit: "3",
  });
  server.control.clearRequests();
  assert.equal((await session.list(name, { model: "gpt-5" })).length, 0);
  assert.equal((await session.list(name, {}, { limit: 130 })).length, 130);
  assert.equal(server.requests.length, 3);
});

test("a listed completion has the state of an import, whose generated configuration plans no change", async (t) => {
  const { server, session } = await place(t, { completions });
  const [event] = await session.list(name, {}, { limit: 1, includeResource: true });
  assert.deepEqual([...(event?.diagnostics ?? [])], []);
  const state = event?.found?.state;
  assert.ok(state);
  assert.equal(server.requests.length, 2, "the page, and the messages");
  const imported = keptOf(await session.import(name, { id: "chatcmpl-129" }));
  assert.deepEqual(state, keptOf(await session.import(name, "chatcmpl-129")).state);
  const generated = session.generate(name, { ...imported, state });
  assert.deepEqual(Object.keys(generated).sort(), ["messages", "metadata", "model", "temperature"]);
  assert.deepEqual(session.validate(name, generated).titles, []);
  const plan = await session.plan(name, generated, imported);
  assert.deepEqual([plan.titles, plan.replaces, plan.empty], [[], [], true]);
  assert.equal(server.counts.paidCreates, 0);
});

test("what the resource made is imported by what is generated of it, whatever arguments it had", async (t) => {
  const { server, session } = await place(t);
  const given = {
    model: "gpt-4o-mini",
    messages: [
      { role: "developer", content: "Be brief." },
      {
        role: "user",
        name: "ada",
        content_parts: [
          { type: "text", text: "What is this?" },
          { type: "text", text: "?" },
        ],
      },
    ],
    metadata: { team: "platform" },
    temperature: 0.2,
    top_p: 0.9,
    max_completion_tokens: 50,
    stop: ["END"],
    user: "u-1",
    tools: [{ type: "function", function: { name: "get_weather", parameters_json: '{"type":"object"}' } }],
  };
  const kept = keptOf(await session.create(name, given));
  const [event] = await session.list(name, {}, { includeResource: true });
  const imported = keptOf(await session.import(name, { id: String(kept.state.id) }));
  const generated = session.generate(name, { ...imported, state: event?.found?.state ?? kept.state });
  assert.deepEqual(session.validate(name, generated).titles, []);
  const plan = await session.plan(name, generated, imported);
  assert.deepEqual([plan.titles, plan.replaces, plan.empty], [[], [], true]);
  assert.equal(server.counts.paidCreates, 1);
});

test("an odd completion among others is shown with a warning, and one whose messages fail ends the list", async (t) => {
  const { server, session } = await place(t, { completions: completions.slice(0, 3) });
  server.control.seed({ id: "chatcmpl-odd", created: 1_738_980_000, view: { usage: "much" } });
  const events = await session.list(name, {}, { includeResource: true });
  assert.equal(events.length, 4);
  const said = events.map(({ diagnostics }) => [...diagnostics].map(({ severity }) => severity));
  assert.deepEqual(said, [["warning"], [], [], []]);
  server.fault({ id: "chatcmpl-001", status: 500, times: "always" });
  const failing = await session.list(name, {}, { includeResource: true });
  assert.deepEqual(
    failing.map(({ found, diagnostics }) => [found?.identity.id, diagnostics.hasError]),
    [
      ["chatcmpl-odd", false],
      ["chatcmpl-002", false],
      [undefined, true],
    ],
  );
});

test("states are read four at once, and no more until the first is there", async (t) => {
  const { server, session } = await place(t, { completions });
  server.fault({ path: "chatcmpl-129/messages", delayMs: 60_000 });
  const listing = session.list(name, {}, { limit: 6, includeResource: true });
  for (let waited = 0; server.requests.length < 5 && waited < 4_000; waited += 1)
    await new Promise((wait) => setTimeout(wait, 5));
  await new Promise((wait) => setTimeout(wait, 50));
  assert.equal(server.requests.length, 5, "the page, and four of six");
  session.stop();
  await listing;
});

test("states come in the order of the list, and none beyond the limit", async (t) => {
  const { server, session } = await place(t, { completions });
  // The first waits for longer than the others take.
  server.fault({ path: "chatcmpl-129/messages", delayMs: 300 });
  const events = await session.list(name, {}, { limit: 6, includeResource: true });
  assert.deepEqual(
    events.map(({ found }) => found?.identity.id),
    [129, 128, 127, 126, 125, 124].map((index) => `chatcmpl-${index}`),
  );
  assert.equal(server.requests.length, 7);
});

test("a state that cannot be read is an error in its place, after those before it", async (t) => {
  const { server, session } = await place(t, { completions });
  server.fault({ path: "chatcmpl-127/messages", error: "no_api_key" });
  const events = await session.list(name, {}, { limit: 6, includeResource: true });
  assert.deepEqual(
    events.slice(0, 2).map(({ found }) => found?.identity.id),
    ["chatcmpl-129", "chatcmpl-128"],
  );
  const titles = [...(events[2]?.diagnostics ?? [])].map(({ summary }) => summary);
  assert.deepEqual([titles, events[2]?.found], [["API key refused"], undefined]);
});
