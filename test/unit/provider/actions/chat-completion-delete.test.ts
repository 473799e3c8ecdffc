import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/framework/index.ts";
import { ProviderSession } from "../../../support/provider-session.ts";
import { asked, pagesOf, placeWith } from "./support.ts";

const name = "openai_chat_completion_delete";
const platform = { metadata: { team: "platform" }, max_deletions: 500 };

test("a plan counts what would be deleted, and deletes nothing", async (t) => {
  const { server, session } = await placeWith(t, 120);
  const { titles, details } = await session.planAction(name, platform);
  assert.deepEqual(titles, ["warning: 120 stored completions to be deleted"]);
  assert.match(details[0] ?? "", /these are deleted: chatcmpl-0, chatcmpl-1, .*chatcmpl-9 and 110 more/);
  assert.match(details[0] ?? "", /cannot be undone/);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
  assert.equal(server.control.ids().length, 125);
});

test("one is named as one, and none is said to be none", async (t) => {
  const { session } = await placeWith(t, 1);
  const one = await session.planAction(name, { metadata: { index: "3" }, max_deletions: 1 });
  assert.deepEqual(one.titles, ["warning: 1 stored completion to be deleted"]);
  const none = await session.planAction(name, { model: "gpt-nothing", max_deletions: 1 });
  assert.deepEqual(none.titles, ["warning: No stored completions to be deleted"]);
  const { progress, titles } = await session.invoke(name, { model: "gpt-nothing", max_deletions: 1 });
  assert.deepEqual([progress, titles], [["There are no stored completions to be deleted."], []]);
});

for (const [allowed, pages] of [
  [3, ["4"]],
  [99, ["100"]],
  [100, ["100", "1"]],
] as const) {
  test(`more than max_deletions = ${allowed} is an error before anything is deleted, after no page too many`, async (t) => {
    const { server, session } = await placeWith(t, 250);
    const config = { ...platform, max_deletions: allowed };
    for (const act of ["planAction", "invoke"] as const) {
      const { titles, details, paths } = await session[act](name, config);
      assert.deepEqual(titles, ["error: More stored completions than max_deletions allows"]);
      assert.deepEqual(paths, ["max_deletions"]);
      assert.match(
        details[0] ?? "",
        new RegExp(`More than ${allowed} stored completions .* Nothing was deleted`),
      );
      assert.deepEqual(pagesOf(server, "/chat/completions"), pages);
      server.control.clearRequests();
    }
    assert.equal(server.control.ids().length, 255);
  });
}

test("as many as max_deletions are deleted, each once, and no other", async (t) => {
  const { server, session } = await placeWith(t, 120);
  const { titles, progress } = await session.invoke(name, { ...platform, max_deletions: 120 });
  assert.deepEqual(titles, []);
  assert.equal(progress[0], "120 stored completions to be deleted.");
  assert.equal(progress.at(-1), "120 of 120 stored completions deleted, 0 left.");
  assert.ok(progress.length > 5 && progress.length < 30, `${progress.length} messages`);
  const deleted = asked(server, "DELETE");
  assert.equal(new Set(deleted).size, deleted.length, "each once");
  assert.equal(deleted.length, 120);
  assert.deepEqual(
    server.control.ids(),
    [120, 121, 122, 123, 124].map((index) => `chatcmpl-${index}`),
  );
});

test("a completion that the list has twice is deleted once, and counts as one", async (t) => {
  const { server, session } = await placeWith(t, 1);
  const item = { id: "chatcmpl-0", model: "gpt-6-luna", metadata: { team: "platform" } };
  server.fault({ method: "GET", status: 200, body: { data: [item, item], has_more: false } });
  const { progress, titles } = await session.invoke(name, platform);
  assert.deepEqual([titles, asked(server, "DELETE")], [[], ["chatcmpl-0"]]);
  assert.equal(progress.at(-1), "1 of 1 stored completion deleted, 0 left.");
});

test("a plan does not count while the provider block is not known, but for keys that it does not need", async (t) => {
  const { session } = await placeWith(t, 2);
  const { titles } = await session.with({ base_url: UNKNOWN }).planAction(name, platform);
  assert.deepEqual(titles, ["warning: Not counted yet what is deleted"]);
  const counted = await session.with({ admin_api_key: UNKNOWN }).planAction(name, platform);
  assert.deepEqual(counted.titles, ["warning: 2 stored completions to be deleted"]);
});

test("model and metadata together are both heeded", async (t) => {
  const { server, session } = await placeWith(t, 3);
  server.control.seed({
    id: "chatcmpl-x",
    view: { model: "gpt-6-luna-2026-10-01", metadata: { team: "platform" } },
  });
  const config = { ...platform, model: "gpt-6-luna-2026-10-01" };
  assert.deepEqual((await session.invoke(name, config)).titles, []);
  assert.deepEqual(asked(server, "DELETE"), ["chatcmpl-x"]);
});

test("an API that does not heed the filter has nothing deleted", async (t) => {
  const { server, session } = await placeWith(t, 3);
  const headers = { authorization: "Bearer sk-test" };
  const all = await fetch(`${server.url}/chat/completions?limit=20`, { headers });
  server.fault({ path: "/chat/completions", status: 200, body: await all.text(), times: "always" });
  for (const config of [platform, { model: "gpt-6-luna", max_deletions: 50 }]) {
    for (const act of ["planAction", "invoke"] as const) {
      const { titles, details } = await session[act](name, config);
      assert.deepEqual(titles, ["error: Unexpected answer from the API"]);
      assert.match(details[0] ?? "", /does not heed the filter/);
    }
  }
  assert.deepEqual(asked(server, "DELETE"), []);
});

test("a list that breaks half-way has nothing deleted", async (t) => {
  const { server, session } = await placeWith(t, 150);
  server.fault({ method: "GET", skip: 1, error: "missing_scopes", times: "always" });
  const { titles } = await session.invoke(name, platform);
  assert.deepEqual(titles, ["error: API key lacks a permission"]);
  assert.deepEqual(asked(server, "DELETE"), []);
});

test("what is gone already is counted, and no error", async (t) => {
  const { server, session } = await placeWith(t, 12);
  const { titles, progress } = await session.invoke(name, platform, () => {
    for (const index of [10, 11]) server.control.forget(`chatcmpl-${index}`);
  });
  assert.deepEqual(titles, []);
  assert.equal(progress.at(-1), "10 of 12 stored completions deleted, 2 were gone already, 0 left.");
});

test("a deletion whose answer is lost is tried again, and counts as one", async (t) => {
  const { server } = await placeWith(t, 3);
  const session = new ProviderSession({ base_url: server.url, api_key: "sk-test", max_retries: 2 });
  server.fault({ method: "DELETE", id: "chatcmpl-1", reset: "headers", carryOut: true });
  const { titles, progress } = await session.invoke(name, platform);
  assert.deepEqual(titles, []);
  assert.equal(progress.at(-1), "3 of 3 stored completions deleted, 0 left.");
  assert.equal(server.control.ids().length, 5);
});

test("what fails is listed, the others are deleted, and the end says how many are left", async (t) => {
  const { server, session } = await placeWith(t, 40);
  for (const id of ["chatcmpl-7", "chatcmpl-21"])
    server.fault({ method: "DELETE", id, status: 500, body: { error: { message: `No for ${id}` } } });
  const { titles, details, progress } = await session.invoke(name, platform);
  assert.equal(progress.at(-1), "38 of 40 stored completions deleted, 2 left.");
  assert.equal(titles.at(-1), "error: 2 of 40 stored completions not deleted");
  assert.match(details.at(-1) ?? "", /chatcmpl-7: No for chatcmpl-7\n {2}chatcmpl-21: No for chatcmpl-21/);
  assert.match(details.at(-1) ?? "", /Invoke the action again/);
  assert.equal(titles.length, 2, "and the first failure is explained");
  const again = await session.invoke(name, platform);
  assert.deepEqual([again.titles, again.progress.at(-1)], [[], "2 of 2 stored completions deleted, 0 left."]);
});

test("a key that may not delete is refused once, and not for each completion", async (t) => {
  const { server, session } = await placeWith(t, 100);
  server.fault({ method: "DELETE", error: "missing_scopes", times: "always" });
  const { titles, progress } = await session.invoke(name, platform);
  assert.deepEqual(titles, [
    "error: API key lacks a permission",
    "error: 100 of 100 stored completions not deleted",
  ]);
  assert.ok(asked(server, "DELETE").length <= 4, "those that were under way");
  assert.equal(progress.at(-1), "0 of 100 stored completions deleted, 100 left.");
});

test("an API in trouble is left alone after some failures in a row", async (t) => {
  const { server, session } = await placeWith(t, 100);
  server.fault({ method: "DELETE", error: "server_error", times: "always" });
  const { titles } = await session.invoke(name, platform);
  assert.equal(titles.at(-1), "error: 100 of 100 stored completions not deleted");
  assert.ok(asked(server, "DELETE").length <= 14);
});

test("an interrupt lets end what is under way, begins no more, and says how far it came", async (t) => {
  const { server, session } = await placeWith(t, 200);
  const { titles, details } = await session.invoke(name, platform, (text) => {
    if (/^20 of/.test(text)) session.stop();
  });
  assert.match(titles.at(-1) ?? "", /^error: 1\d\d of 200 stored completions not deleted$/);
  assert.match(
    details.at(-1) ?? "",
    /Terraform was interrupted\. \d+ of 200 stored completions deleted, 1\d\d left/,
  );
  const left = Number(/(\d+) left/.exec(details.at(-1) ?? "")?.[1]);
  assert.equal(server.control.ids().length, left + 5, "what is said to be left is left");
  assert.ok(left >= 170);
});

test("an interrupt before anything is deleted deletes nothing", async (t) => {
  const { server, session } = await placeWith(t, 20);
  session.stop();
  const { titles } = await session.invoke(name, platform);
  assert.equal(titles.length, 1);
  assert.equal(server.control.ids().length, 25);
});

test("the time for the deletions bounds them all together", async (t) => {
  const { server, session } = await placeWith(t, 20);
  server.fault({ method: "DELETE", skip: 4, delayMs: 60_000, times: "always" });
  const { titles, details } = await session.invoke(name, { ...platform, timeouts: { delete: "700ms" } });
  assert.equal(titles[0], "error: Deletion not finished in time");
  assert.match(details[0] ?? "", /timeouts = \{ delete = "15m" \}/);
  assert.match(titles.at(-1) ?? "", /of 20 stored completions not deleted/);
});

for (const [what, config, path] of [
  ["no target", { max_deletions: 5 }, ""],
  ["an empty target", { metadata: {}, max_deletions: 5 }, "metadata"],
  ["a blank model", { model: " ", max_deletions: 5 }, "model"],
  ["no max_deletions", { model: "gpt-4o-mini" }, "max_deletions"],
  ["max_deletions = 0", { model: "gpt-4o-mini", max_deletions: 0 }, "max_deletions"],
] as const) {
  test(`${what} is an error, at validate and before an invocation asks anything`, async (t) => {
    const { server, session } = await placeWith(t, 3);
    const { titles, paths } = session.validateAction(name, config);
    assert.deepEqual([titles.length, paths], [1, [path]], titles.join());
    const invoked = await session.invoke(name, config);
    assert.deepEqual(invoked.titles, titles);
    assert.deepEqual(server.requests, []);
  });
}

for (const [what, config] of [
  ["a filter that is not known", { metadata: { team: UNKNOWN }, max_deletions: 5 }],
  ["a model that is not known", { model: UNKNOWN, metadata: { team: "platform" }, max_deletions: 5 }],
  ["metadata that are not known", { metadata: UNKNOWN, max_deletions: 5 }],
  ["a bound that is not known", { ...platform, max_deletions: UNKNOWN }],
  ["a filter that a host has emptied", { max_deletions: 5 }],
  ["a value that a host has emptied", { metadata: { team: null }, max_deletions: 5 }],
] as const) {
  test(`a plan with ${what} says that it cannot count yet, and asks nothing`, async (t) => {
    const { server, session } = await placeWith(t, 3);
    const { titles } = await session.planAction(name, config);
    assert.deepEqual(titles, ["warning: Not counted yet what is deleted"]);
    assert.deepEqual(server.requests, []);
  });
}
