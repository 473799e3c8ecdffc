import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { againstOutsideData } from "../support/outside-data.ts";
import { ProviderSession } from "../support/provider-session.ts";
import { recordedBodies } from "../support/recorded-bodies.ts";

/** A recorded answer, the data source that reads one like it, and the arguments that it takes. */
const reads: readonly [names: RegExp, source: string, given: Readonly<Record<string, string>>][] = [
  [/^(get-containers-id|post-containers)\.200/, "openai_container", { id: "cntr_1" }],
  [
    /^(get-containers-id-files-id|post-containers-id-files)\.200/,
    "openai_container_file",
    { container_id: "cntr_1", id: "cfile_1" },
  ],
  [
    /^(get-conversations-id|post-conversations|post-conversations-id)\.200/,
    "openai_conversation",
    { id: "conv_1" },
  ],
  [
    /^get-conversations-id-items-id\.200/,
    "openai_conversation_item",
    { conversation_id: "conv_1", id: "msg_1" },
  ],
  [
    /^post-vector_stores-id-file_batches\.200/,
    "openai_vector_store_file_batch",
    { vector_store_id: "vs_1", id: "vsfb_1" },
  ],
  [/^(get-responses-id|post-responses|post-responses-id-cancel)\.200/, "openai_response", { id: "resp_1" }],
  [/^get-containers\.200/, "openai_containers", {}],
  [/^get-containers-id-files\.200/, "openai_container_files", { container_id: "cntr_1" }],
  [/^get-conversations-id-items\.200/, "openai_conversation_items", { conversation_id: "conv_1" }],
  [/^get-responses-id-input_items\.200/, "openai_response_input_items", { response_id: "resp_1" }],
];

/** Attributes of other names than their members. */
const renamed: Readonly<Record<string, string>> = { path: "container_path" };

againstOutsideData((folder) => {
  for (const [names, source, given] of reads) {
    test(`${source}: every recorded answer ends in state, leaf by leaf`, async (t) => {
      for (const body of recordedBodies(folder, names)) {
        const { data, ...object } = JSON.parse(body);
        // An answer for another object than the one asked for is an error.
        const asked = given.id === undefined ? given : { ...given, id: object.id };
        const { state, titles } = await readOf(t, body, source, asked);
        assert.deepEqual(titles, []);
        const plural = source.replace("openai_", "");
        if (data === undefined) covers(state, { ...object, ...asked }, source);
        else covers(state, { [plural]: data }, source);
      }
    });
  }
});

async function readOf(t: TestContext, body: string, source: string, given: Readonly<Record<string, string>>) {
  const server = await startOpenAIServer({ completions: [] });
  t.after(() => server.close());
  const session = new ProviderSession({ base_url: server.url, api_key: "sk-test", max_retries: 0 });
  const page = JSON.parse(body);
  // What was kept of a page says that there is more.
  server.fault({ body: JSON.stringify(page.data === undefined ? page : { ...page, has_more: false }) });
  const { kept, titles } = await session.read(source, given);
  return { state: kept?.state, titles };
}

/** Whether a state has all that an answer has, and null for nothing else. */
function covers(held: unknown, answer: unknown, at: string): void {
  const state = typeof held === "string" && typeof answer === "object" ? JSON.parse(held) : held;
  if (Array.isArray(answer)) {
    assert.ok(Array.isArray(state) && state.length === answer.length, at);
    for (const [index, each] of answer.entries()) covers(state[index], each, `${at}[${index}]`);
    return;
  }
  if (typeof answer !== "object" || answer === null) {
    assert.deepEqual(state ?? null, answer, at);
    return;
  }
  for (const [name, value] of Object.entries(answer)) {
    const there = state instanceof Map ? state.get(name) : memberOf(state, name, value);
    covers(there, value, `${at}.${name}`);
  }
}

/** What a state has of a member: whole as JSON text, or by itself. */
function memberOf(state: unknown, name: string, value: unknown): unknown {
  const object = Object(state);
  const whole: unknown = Reflect.get(object, `${name}_json`);
  return typeof whole === "string" && value !== null ? whole : Reflect.get(object, renamed[name] ?? name);
}
