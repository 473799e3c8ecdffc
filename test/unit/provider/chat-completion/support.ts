import type { TestContext } from "node:test";
import type { ServerOptions } from "../../../support/openai-server/options.ts";
import type { Given, Kept } from "../../../support/provider-session.ts";
import { keptOf, place } from "../objects/support.ts";

export const type = "openai_chat_completion";
export const prompt = [{ role: "user", content: "Hello" }];
export const config: Given = { model: "gpt-4o-mini", messages: prompt, metadata: { team: "docs" } };

/** A server with one completion that the resource has created, and no requests yet. */
export async function created(t: TestContext, options: ServerOptions = {}, given = config) {
  const { server, session } = await place(t, options);
  const kept = keptOf(await session.create(type, given));
  server.control.clearRequests();
  const asked = () =>
    server.requests.map(({ method, path }) => `${method} ${path.replace(idOf(kept), "ID")}`);
  return { server, session, kept, id: idOf(kept), asked };
}

export function idOf({ state }: Kept): string {
  return String(state.id);
}
