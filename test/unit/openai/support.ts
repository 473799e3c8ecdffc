import assert from "node:assert/strict";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import type { TestContext } from "node:test";
import type { Clock } from "../../../src/openai/clock.ts";
import { type ClientOptions, type JsonObject, OpenAI, OpenAIError } from "../../../src/openai/index.ts";

/** Starts a listening server that ends, with its sockets, when the test does; returns its port. */
export async function listen(
  context: TestContext,
  server: Server | ReturnType<typeof createTcpServer>,
): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address: AddressInfo | string | null = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

export function http(context: TestContext, handler: RequestListener): Promise<number> {
  return listen(context, createServer(handler));
}

/** A server that answers each connection with these bytes, once something has come, and then closes it. */
export function rawTcp(context: TestContext, answer: string | Buffer): Promise<number> {
  return listen(
    context,
    createTcpServer((socket) => socket.once("data", () => socket.end(answer))),
  );
}

/** Answers the n-th request with the n-th of these, and all later ones with the last. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export async function replies(context: TestContext, ...list: Reply[]) {
  const seen: IncomingMessage[] = [];
  const port = await http(context, (request, response) => {
    seen.push(request);
    const reply = list[Math.min(seen.length, list.length) - 1];
    request.resume().on("end", () => reply?.(response, request));
  });
  return { seen, base: `http://127.0.0.1:${port}/v1` };
}

export function json(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response
      .writeHead(status, { "content-type": "application/json", "x-request-id": "req_test", ...headers })
      .end(body);
  };
}

export const ok = json(200, '{"id":"chatcmpl-1","object":"chat.completion"}');

export function errorBody(fields: Record<string, unknown>): string {
  return JSON.stringify({
    error: { message: "no", type: "invalid_request_error", param: null, code: null, ...fields },
  });
}

/** A clock whose sleeps end at once, but for long ones (deadlines), and which notes them. */
export class QuickClock implements Clock {
  readonly slept: number[] = [];
  #now = 0;
  readonly deadlineMs: number;
  constructor(deadlineMs = 100_000) {
    this.deadlineMs = deadlineMs;
  }
  now = () => this.#now;
  date = () => Date.UTC(2026, 10, 20, 12, 0, 0) + this.#now;
  random = () => 0;
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms >= this.deadlineMs) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return;
    }
    this.slept.push(ms);
    this.#now += ms;
  }
}

/** A client of its own environment, closed when the test ends. */
export function client(context: TestContext, base: string, options: Partial<ClientOptions> = {}): OpenAI {
  const made = new OpenAI({
    baseUrl: new URL(base),
    apiKey: "sk-test-0123456789abcdef",
    userAgent: "test/1",
    env: {},
    clock: new QuickClock(),
    ...options,
  });
  context.after(() => made.close());
  return made;
}

export async function failing(promise: Promise<unknown>): Promise<OpenAIError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof OpenAIError, String(error));
    return error;
  }
  throw new Error("nothing was thrown");
}

const completions = ["chat", "completions"];

/** GET of one object. */
export function get(id: string) {
  return { method: "GET", path: [...completions, id] } as const;
}

/** POST of a new object. */
export function post(body: JsonObject) {
  return { method: "POST", path: completions, body } as const;
}

/** POST that changes an object, and may be sent again. */
export function update(id: string, metadata: ReadonlyMap<string, string>) {
  const body = new Map([["metadata", metadata]]);
  return { method: "POST", path: [...completions, id], body, policy: "repeatable" } as const;
}

/** DELETE of one object. */
export function remove(id: string) {
  return { method: "DELETE", path: [...completions, id] } as const;
}

/** GET of a page. */
export function list(...query: readonly (readonly [string, string])[]) {
  return { method: "GET", path: completions, query } as const;
}
