import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { encodeMsgpack, objectValue } from "../../src/cty/index.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { BuiltProvider } from "./support/built-provider.ts";
import { bytes, diagnosticsOf, message } from "./support/messages.ts";

const type = "openai_chat_completions";
const count = 10_000;
const budgetMiB = 400;

/** The largest resident set that a process has had, in MiB. Linux only. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

const absent = existsSync("/proc/self/status") ? false : "this system has no /proc";

test(`${count} completions of 2 KiB are read within ${budgetMiB} MiB`, { skip: absent }, async (t) => {
  const content = "A sentence of this answer. ".repeat(80).slice(0, 2048);
  const completions = Array.from({ length: count }, (_, index) => ({
    id: `chatcmpl-${index}`,
    content,
    created: 1738970000 + index,
    view: { metadata: { team: "platform" } },
  }));
  const server = await startOpenAIServer({ completions });
  t.after(() => server.close());
  const provider = await BuiltProvider.start(t, {
    env: { OPENAI_API_KEY: "sk-memory", OPENAI_BASE_URL: server.url },
  });
  assert.deepEqual(await provider.configure(), []);
  const object = provider.schemas.dataSources.get(type);
  assert.ok(object?.kind === "object");
  const nothing = objectValue([...object.attributes.keys()].map((name) => [name, null]));

  const started = performance.now();
  const response = await provider.call("ReadDataSource", {
    type_name: type,
    config: { msgpack: encodeMsgpack(nothing, object) },
  });
  const seconds = (performance.now() - started) / 1000;
  const peak = peakOf(provider.client.process.pid);

  assert.deepEqual(diagnosticsOf(response), []);
  assert.equal(server.requests.length, count / 100);
  const size = bytes(message(response.state).msgpack).length;
  assert.ok(size > count * 2048, "the answers are in the state");
  t.diagnostic(
    `peak ${peak.toFixed(0)} MiB, state ${(size / 2 ** 20).toFixed(1)} MiB as MessagePack, ${seconds.toFixed(1)} s`,
  );
  assert.ok(peak < budgetMiB, `the provider took ${peak.toFixed(0)} MiB`);
});
