import type { TestContext } from "node:test";
import type { ServerOptions } from "../../../support/openai-server/options.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { place } from "../objects/support.ts";

/** Completions of two teams: `platform` of the first `count`, `other` of five more. */
export function stored(count: number) {
  return Array.from({ length: count + 5 }, (_, index) => ({
    id: `chatcmpl-${index}`,
    created: 1_738_970_000 + index,
    view: {
      model: "gpt-4o-mini-2024-07-18",
      metadata: { team: index < count ? "platform" : "other", index: String(index) },
    },
  }));
}

/** A server with such completions, and the provider that talks to it. */
export function placeWith(t: TestContext, count: number, options: ServerOptions = {}) {
  return place(t, { completions: stored(count), ...options });
}

/** The IDs that were asked for with a method, in order. */
export function asked(server: OpenAIServer, method: string): string[] {
  return server.requests
    .filter((request) => request.method === method)
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
}

/** How many there are in each page that was asked for. */
export function pagesOf(server: OpenAIServer, path: string): (string | null)[] {
  return server.requests
    .filter((request) => request.method === "GET" && request.path.endsWith(path))
    .map(({ query }) => query.get("limit"));
}
