import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ServerOptions } from "../../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../../support/openai-server/server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Asked {
  readonly key?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Starts a server that ends with the test; without options it is empty. */
export async function serve(test: TestContext, options: ServerOptions = {}): Promise<OpenAIServer> {
  const server = await startOpenAIServer({ completions: [], ...options });
  test.after(() => server.close());
  return server;
}

/** Asks the server's API; `path` follows the base URL. The key is `sk-test` unless given. */
export async function ask(
  server: OpenAIServer,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answer> {
  const { key = "sk-test", headers = {}, body } = asked;
  const response = await fetch(server.url + path, {
    method,
    redirect: "manual",
    headers: { ...(key === "" ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function get(server: OpenAIServer, path: string, asked: Asked = {}): Promise<Answer> {
  return ask(server, "GET", path, asked);
}

/** Creates a stored completion and returns its ID. */
export async function createStored(
  server: OpenAIServer,
  more: object = {},
  asked: Asked = {},
): Promise<string> {
  const body = { model: "gpt-4o-mini", store: true, messages: [{ role: "user", content: "Hi" }], ...more };
  const answer = await ask(server, "POST", "/chat/completions", { ...asked, body });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text).id;
}

/** The error's members, and its status in front. */
export function errorOf(answer: Answer): unknown[] {
  const { type, param, code } = JSON.parse(answer.text).error;
  return [answer.status, type, param, code];
}

/** The IDs of a list's items. */
export function idsOf(answer: Answer): string[] {
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text).data.map((item: { id: string }) => item.id);
}
