import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { PrivateState } from "../../../../src/framework/index.ts";
import type { ServerOptions } from "../../../support/openai-server/options.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { type Kept, type Outcome, ProviderSession } from "../../../support/provider-session.ts";

/** A local server without completions, and the provider that talks to it. */
export async function place(t: TestContext, options: ServerOptions = {}) {
  const server = await startOpenAIServer({ completions: [], ...options });
  t.after(() => server.close());
  const keys = { api_key: "sk-test", admin_api_key: "sk-admin-test" };
  const session = new ProviderSession({ base_url: server.url, ...keys, max_retries: 0 });
  return { server, session };
}

/** What an operation left that must have nothing to say. */
export function keptOf({ kept, titles, details }: Outcome): Kept {
  assert.deepEqual(titles, [], details.join("\n"));
  assert.ok(kept, "there is a state");
  return kept;
}

/** Seconds for which the API may not show, or may show as it was, what was written. */
const unseenSeconds = 15;

/** What was written just now, as if all but a second of the time were over in which reads may lag behind. */
export function almostSeen(kept: Kept): Kept {
  const own = PrivateState.decode(kept.private.encode());
  const since = Number(own.get("unseen_since"));
  assert.ok(since > 0, "it was written, and not read yet");
  own.set("unseen_since", String(since - (unseenSeconds - 1) * 1_000));
  return { ...kept, private: own };
}
