import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { againstOutsideData } from "../support/outside-data.ts";

// Recorded bodies of api.openai.com and of Azure's documentation. They are third-party data: read in
// place, never copied into the project, and therefore absent in most checkouts.
let folder = "";
againstOutsideData((data) => {
  folder = join(data, "data", "openai");
});

export type Recorded = ReturnType<typeof JSON.parse>;

export function textOf(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

export function recorded(file: string): Recorded {
  return JSON.parse(textOf(file));
}

/** A test that compares with recorded files, where they are. */
export function compare(name: string, body: (test: TestContext) => Promise<void> | void): void {
  againstOutsideData(() => void test(name, (t) => body(t)));
}

/** Names of all recorded files. */
export function recordedFiles(): string[] {
  return readdirSync(folder).sort();
}

export async function serve(t: TestContext, options: ServerOptions = {}): Promise<OpenAIServer> {
  const server = await startOpenAIServer({ completions: [], ...options });
  t.after(() => server.close());
  return server;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Recorded;
  readonly headers: Headers;
}

export async function ask(
  server: OpenAIServer,
  method: string,
  path: string,
  body?: unknown,
  key = "sk-test",
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text), headers: response.headers };
}

/** The body of a completion created with these parameters beside a model and a message. */
export async function created(t: TestContext, more: object, text = "Hi"): Promise<Recorded> {
  const server = await serve(t);
  const body = { model: "gpt-4o-mini", messages: [{ role: "user", content: text }], ...more };
  return (await ask(server, "POST", "/chat/completions", body)).json;
}

/**
 * A value's keys in their order with the types of their values: `usage.total_tokens number`. Of arrays
 * the first element stands for all. What practitioners and tools fill in freely is a leaf.
 */
export function shape(value: Recorded, path = ""): string[] {
  if (Array.isArray(value))
    return [`${path} array`, ...(value.length === 0 ? [] : shape(value[0], `${path}[]`))];
  const type = value === null ? "null" : typeof value;
  if (type !== "object" || /metadata$|parameters$/.test(path)) return [`${path} ${type}`];
  const members = Object.entries(value).flatMap(([key, member]) =>
    shape(member, path === "" ? key : `${path}.${key}`),
  );
  return [`${path} object`, ...members];
}

/** How a body spells its sampling parameters. */
export function spellings(text: string): string[] {
  const found = text.matchAll(/"(top_p|temperature|presence_penalty|frequency_penalty)": ?([^,\s}]+)/g);
  return [...found].map((match) => `${match[1]} ${match[2]}`);
}
