import assert from "node:assert/strict";
import type { Arguments, StartOptions } from "../process/support/built-provider.ts";
import type { Seed } from "../support/openai-server/seed.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Session } from "./session.ts";
import { COMPLETION, type Fixture, LISTED, READ_ID } from "./steps.ts";

interface Hooks {
  after(last: () => void | Promise<void>): void;
}

/** A server with 201 completions of one model and one of 150 messages, a provider, and a completion of its own. */
export async function makePlace(hooks: Hooks, options: StartOptions = {}): Promise<Fixture> {
  const server = await startOpenAIServer({ completions: seeds() });
  hooks.after(() => server.close());
  const session = await Session.start(hooks, options);
  await session.configure(configuration(server.url, "sk-first"));
  const { kept, titles } = await session.create(COMPLETION);
  assert.deepEqual(titles, []);
  assert.ok(kept);
  const stored = await textOf(`${server.url}/chat/completions/${kept.id}`);
  const body = { model: "gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] };
  const other = await textOf(`${server.url}/chat/completions`, JSON.stringify(body));
  const created = other.replace(/"id":\s*"[^"]+"/, `"id":"${kept.id}"`);
  return { server, session, kept, stored, created };
}

/** Of a provider block that keeps a test short. Each key has rate limits of its own. */
export function configuration(url: string, key: string, more: Arguments = {}): Arguments {
  return { api_key: key, base_url: url, timeout: "10s", max_retries: 1, ...more };
}

async function textOf(url: string, body?: string): Promise<string> {
  const init = { headers: { authorization: "Bearer sk-first" } };
  const response = await fetch(url, body === undefined ? init : { ...init, method: "POST", body });
  assert.equal(response.status, 200);
  return await response.text();
}

function seeds(): Seed[] {
  const listed = Array.from({ length: 201 }, (_, index): Seed => {
    const id = `chatcmpl-faults-${String(index).padStart(3, "0")}`;
    return { id, created: 1_738_000_000 + index, view: { model: LISTED } };
  });
  const messages = Array.from({ length: 150 }, (_, index) => ({ role: "user", content: `Message ${index}` }));
  return [...listed, { id: READ_ID, messages }];
}
