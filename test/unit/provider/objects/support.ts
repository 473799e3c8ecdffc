import assert from "node:assert/strict";
import type { TestContext } from "node:test";
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
