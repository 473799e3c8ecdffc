import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/framework/index.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { asked, placeWith } from "./support.ts";

const name = "openai_chat_completion_tag";
const target = { metadata: { team: "platform" }, max_updates: 500 };

async function metadataOf(server: OpenAIServer, id: string): Promise<Record<string, string>> {
  const headers = { authorization: "Bearer sk-test" };
  const answer = await fetch(`${server.url}/chat/completions/${id}`, { headers });
  const body: { metadata: Record<string, string> } = JSON.parse(await answer.text());
  return body.metadata;
}

for (const metadataUpdate of ["replace", "merge"] as const) {
  test(`tags are set on all that match, and the rest of their metadata stays: an API that does ${metadataUpdate}`, async (t) => {
    const { server, session } = await placeWith(t, 110, { metadataUpdate });
    const set_metadata = { run: "nightly", index: "x" };
    const { titles, progress } = await session.invoke(name, { ...target, set_metadata });
    assert.deepEqual(titles, []);
    assert.equal(progress.at(-1), "110 of 110 stored completions tagged, 0 left.");
    assert.deepEqual(asked(server, "POST").length, 110);
    const tagged = { team: "platform", index: "x", run: "nightly" };
    assert.deepEqual(await metadataOf(server, "chatcmpl-100"), tagged);
    assert.deepEqual(await metadataOf(server, "chatcmpl-110"), { team: "other", index: "110" });
  });
}

test("those that have the tags already are left alone, and do not count", async (t) => {
  const { server, session } = await placeWith(t, 10);
  for (let index = 0; index < 7; index += 1)
    server.control.setMetadata(`chatcmpl-${index}`, { team: "platform", run: "nightly" });
  const config = { ...target, set_metadata: { run: "nightly" }, max_updates: 3 };
  const planned = await session.planAction(name, config);
  assert.deepEqual(planned.titles, ["warning: 3 stored completions to be tagged"]);
  assert.match(planned.details[0] ?? "", /7 more have this metadata already/);
  const { titles, progress } = await session.invoke(name, config);
  assert.deepEqual(titles, []);
  assert.match(progress[0] ?? "", /7 more have/);
  assert.deepEqual(asked(server, "POST").sort(), ["chatcmpl-7", "chatcmpl-8", "chatcmpl-9"]);
  const again = await session.invoke(name, config);
  assert.deepEqual([again.titles, asked(server, "POST").length], [[], 3]);
});

test("more than max_updates is an error before anything is changed", async (t) => {
  const { server, session } = await placeWith(t, 250);
  const config = { ...target, set_metadata: { run: "nightly" }, max_updates: 99 };
  for (const act of ["planAction", "invoke"] as const) {
    server.control.clearRequests();
    const { titles, paths } = await session[act](name, config);
    assert.deepEqual(titles, ["error: More stored completions than max_updates allows"]);
    assert.deepEqual(paths, ["max_updates"]);
    assert.equal(server.requests.length, 1, "and the first page shows it");
  }
  assert.deepEqual(asked(server, "POST"), []);
});

test("a completion without room for the tags stops it all before the first change, and is named", async (t) => {
  const { server, session } = await placeWith(t, 5);
  const pairs = Array.from({ length: 15 }, (_, index) => [`k${index}`, "v"]);
  server.control.setMetadata("chatcmpl-3", { ...Object.fromEntries(pairs), team: "platform" });
  const config = { ...target, set_metadata: { run: "nightly" } };
  for (const act of ["planAction", "invoke"] as const) {
    const { titles, details, paths } = await session[act](name, config);
    assert.deepEqual([titles, paths], [["error: No room for the metadata"], ["set_metadata"]]);
    assert.match(details[0] ?? "", /at most 16 keys .*: chatcmpl-3\. Nothing was changed/);
  }
  assert.deepEqual(asked(server, "POST"), []);
  // A key that is there already needs no room.
  const fits = await session.invoke(name, { ...target, set_metadata: { k3: "w" } });
  assert.deepEqual(fits.titles, []);
});

test("what fails is listed, what is gone is counted, and the rest is tagged", async (t) => {
  const { server, session } = await placeWith(t, 20);
  server.fault({ method: "POST", id: "chatcmpl-4", status: 500, body: { error: { message: "No." } } });
  const config = { ...target, set_metadata: { run: "nightly" } };
  const { titles, details, progress } = await session.invoke(name, config, () => {
    server.control.forget("chatcmpl-19");
  });
  assert.equal(progress.at(-1), "18 of 20 stored completions tagged, 1 was gone already, 1 left.");
  assert.equal(titles.at(-1), "error: 1 of 20 stored completions not tagged");
  assert.match(details.at(-1) ?? "", /chatcmpl-4: No\./);
});

test("an API that accepts the metadata and does not keep it is an error", async (t) => {
  const { server, session } = await placeWith(t, 1);
  const body = { id: "chatcmpl-0", object: "chat.completion", metadata: { team: "platform" } };
  server.fault({ method: "POST", status: 200, body });
  const { titles, details } = await session.invoke(name, { ...target, set_metadata: { run: "nightly" } });
  assert.deepEqual(titles, ["error: 1 of 1 stored completion not tagged"]);
  assert.match(details[0] ?? "", /its answer does not have it/);
});

test("what set_metadata_wo sets is set, and shows in no message", async (t) => {
  const { server, session } = await placeWith(t, 2);
  const message = "The value canary-run is refused.";
  server.fault({ method: "POST", id: "chatcmpl-1", status: 400, body: { error: { message } } });
  const config = { ...target, set_metadata: { run: "nightly" }, set_metadata_wo: { token: "canary-run" } };
  const { titles, details, progress } = await session.invoke(name, config);
  assert.equal(titles.at(-1), "error: 1 of 2 stored completions not tagged");
  assert.doesNotMatch([...details, ...progress].join(), /canary-run/);
  assert.deepEqual(await metadataOf(server, "chatcmpl-0"), {
    team: "platform",
    index: "0",
    run: "nightly",
    token: "canary-run",
  });
});

for (const [what, config, path] of [
  ["no target", { set_metadata: { a: "b" }, max_updates: 5 }, ""],
  ["an empty target", { metadata: {}, set_metadata: { a: "b" }, max_updates: 5 }, "metadata"],
  ["nothing to set", { model: "gpt-4o-mini", max_updates: 5 }, ""],
  ["empty metadata to set", { model: "gpt-4o-mini", set_metadata: {}, max_updates: 5 }, "set_metadata"],
  [
    "a key that is too long",
    { model: "gpt-4o-mini", set_metadata: { ["k".repeat(65)]: "v" }, max_updates: 5 },
    `set_metadata["${"k".repeat(65)}"]`,
  ],
  [
    "17 keys in two places",
    {
      model: "gpt-4o-mini",
      set_metadata: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, "v"])),
      set_metadata_wo: { one: "more" },
      max_updates: 5,
    },
    "set_metadata",
  ],
  ["no max_updates", { model: "gpt-4o-mini", set_metadata: { a: "b" } }, "max_updates"],
] as const) {
  test(`${what} is an error, at validate and before an invocation asks anything`, async (t) => {
    const { server, session } = await placeWith(t, 3);
    const { titles, paths } = session.validateAction(name, config);
    assert.deepEqual([titles.length, paths], [1, [path]], titles.join());
    assert.deepEqual((await session.invoke(name, config)).titles, titles);
    assert.deepEqual(server.requests, []);
  });
}

test("in a plan that lacks ephemeral values nothing is counted; when it is invoked, they are there", async (t) => {
  const { server, session } = await placeWith(t, 2);
  for (const set_metadata_wo of [null, { run: null }, { run: UNKNOWN }, UNKNOWN]) {
    const { titles } = await session.planAction(name, { ...target, set_metadata_wo });
    assert.deepEqual(titles, ["warning: Not counted yet what is tagged"]);
  }
  assert.deepEqual(server.requests, []);
  const invoked = await session.invoke(name, { ...target, set_metadata_wo: { run: "nightly" } });
  assert.deepEqual([invoked.titles, asked(server, "POST").length], [[], 2]);
});
