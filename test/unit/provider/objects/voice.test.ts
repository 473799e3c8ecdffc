import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { formParts } from "../../../support/openai-server/objects/multipart.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_voice";

function recording(t: TestContext, file = "sample.mp3", content = "ID3"): string {
  const folder = mkdtempSync(join(tmpdir(), "voice-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, file), content);
  return join(folder, file);
}

test("a voice of a recording is sent as a form, with the type of the file and the consent", async (t) => {
  const { server, session } = await place(t);
  const path = recording(t);
  const { state } = keptOf(await session.create(name, { name: "Ada", path, consent: "cons_1" }));
  const [request] = server.requests;
  const parts = formParts(String(request?.headers["content-type"]), request?.bytes ?? Buffer.alloc(0)) ?? [];
  assert.deepEqual(
    parts.map((part) => [part.name, part.filename ?? String(part.content)]),
    [
      ["type", "audio_sample"],
      ["name", "Ada"],
      ["consent", "cons_1"],
      ["audio_sample", "sample.mp3"],
    ],
  );
  assert.match(String(request?.body), /filename="sample\.mp3"\r\nContent-Type: audio\/mpeg/);
  assert.match(String(state.content_sha256), /^[0-9a-f]{64}$/);
  assert.deepEqual([state.type, server.requests.length], ["audio_sample", 1], "nothing is read");
});

test("a voice of a description needs no recording", async (t) => {
  const { server, session } = await place(t);
  const config = { name: "Ada", prompt: "A calm, low voice.", script_hint: "Good evening." };
  const { state } = keptOf(await session.create(name, config));
  assert.match(String(server.requests[0]?.body), /name="type"\r\n\r\nprompt/);
  assert.deepEqual([state.prompt, state.content_sha256], ["A calm, low voice.", null]);
});

test("it is kept from the state, without a request, and cannot be imported", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(name, { name: "Ada", prompt: "calm" }));
  server.control.forgetObject("audio/voices", String(kept.state.id));
  server.control.clearRequests();
  const read = keptOf(await session.refresh(name, kept));
  assert.deepEqual([read.state, server.requests], [kept.state, []]);
  assert.ok((await session.plan(name, kept.config, read)).empty);
  assert.deepEqual((await session.import(name, "voice_1")).titles, ["error: Resource cannot be imported"]);
  const gone = await session.delete(name, kept);
  assert.deepEqual([gone.titles, gone.kept], [[], null], "one that is gone already is no error");
});

test("each change is another voice: another sample of the same path, too", async (t) => {
  const { server, session } = await place(t);
  const path = recording(t);
  const config = { name: "Ada", path, consent: "cons_1" };
  const kept = keptOf(await session.create(name, config));
  assert.ok((await session.plan(name, config, kept)).empty);
  assert.deepEqual((await session.plan(name, { ...config, name: "Eve" }, kept)).replaces, ["name"]);
  writeFileSync(path, "ID3 again");
  assert.deepEqual((await session.plan(name, config, kept)).replaces, ["content_sha256"]);
  const words = await session.plan(name, { name: "Ada", prompt: "calm" }, kept);
  assert.ok(words.replaces.length > 0);
  assert.equal((await session.plan(name, { ...config, path: UNKNOWN }, kept)).replaces[0], "path");
  assert.equal((await session.delete(name, kept)).kept, null);
  assert.deepEqual(server.control.objects.all("audio/voices"), []);
});

for (const [what, file, words] of [
  ["another format", "sample.txt", /goes by the end of the name/],
  ["an empty name of a format", "sample", /goes by the end of the name/],
] as const) {
  test(`${what} is an error at plan`, async (t) => {
    const { server, session } = await place(t);
    const plan = await session.plan(name, { name: "Ada", path: recording(t, file), consent: "cons_1" });
    assert.deepEqual([plan.titles, plan.paths], [["error: Not an audio file"], ["path"]]);
    assert.match(plan.details.join(), words);
    assert.deepEqual(server.requests, []);
  });
}

test("a recording above 10 MiB, or one that is missing, is an error at plan, of a consent too", async (t) => {
  const { server, session } = await place(t);
  const path = recording(t, "consent.wav");
  truncateSync(path, 10 * 1024 * 1024 + 1);
  const consent = { name: "Ada", language: "en-US", path };
  assert.deepEqual((await session.plan("openai_voice_consent", consent)).titles, ["error: File too large"]);
  const missing = await session.plan("openai_voice_consent", { ...consent, path: `${path}.wav` });
  assert.deepEqual([missing.titles.length, missing.paths], [1, ["path"]]);
  const none = await session.plan("openai_voice_consent", { name: "Ada", language: "en-US" });
  assert.deepEqual(none.titles, ["error: Missing argument"]);
  assert.deepEqual(server.requests, []);
});

test("a sample needs its consent, and a description no consent", async (t) => {
  const { session } = await place(t);
  for (const config of [
    { name: "Ada" },
    { name: "Ada", path: "a.mp3" },
    { name: "Ada", prompt: "calm", consent: "cons_1" },
    { name: "Ada", path: "a.mp3", consent: "cons_1", script_hint: "Hi" },
  ])
    assert.ok(session.validate(name, config).titles.length >= 1, JSON.stringify(config));
});
