import { setMaxListeners } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTLSServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { keyOf } from "./access.ts";
import { endpointOf, isAdminPath } from "./admin.ts";
import { type APIState, type Outcome, perform } from "./api.ts";
import { Clock } from "./clock.ts";
import { ownCompletions } from "./completions.ts";
import { Control } from "./control.ts";
import { CONTROL_PATH, controlReply } from "./control-http.ts";
import { Counts } from "./counts.ts";
import { APIError, renderError } from "./errors.ts";
import { type Fault, isCarriedOut } from "./faults.ts";
import { apiHeaders } from "./headers.ts";
import { Identifiers } from "./identifiers.ts";
import { stringify } from "./json.ts";
import { knownError } from "./known-errors.ts";
import { seedModels } from "./objects/seed-models.ts";
import { seedProject } from "./objects/seed-project.ts";
import { StoredObjects } from "./objects/stored-objects.ts";
import { initialSettings, type ServerOptions } from "./options.ts";
import type { RecordedRequest } from "./recorded.ts";
import type { Reply } from "./reply.ts";
import { basePath, belowBase } from "./routes.ts";
import type { Seed } from "./seed.ts";
import { faultAnswer, spoil } from "./spoil.ts";
import { Store } from "./store.ts";
import { send } from "./transport.ts";

/** A running server, on the loopback interface only. */
export interface OpenAIServer {
  /** The API's base URL, such as `http://127.0.0.1:40123/v1`. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly controlURL: string;
  readonly control: Control;
  /** The requests seen so far; the same array for the server's life. */
  readonly requests: readonly RecordedRequest[];
  readonly counts: Counts;
  /** Short for `control.seed`. */
  seed(...seeds: readonly Seed[]): void;
  /** Short for `control.fault`. */
  fault(fault: Fault): () => void;
  /** Ends everything at once, open connections too. */
  close(): Promise<void>;
}

/** Starts a server. Rejects where the port is taken. */
export async function startOpenAIServer(options: ServerOptions = {}): Promise<OpenAIServer> {
  const clock = new Clock();
  const settings = initialSettings(options);
  const state: APIState = {
    options,
    settings,
    clock,
    store: new Store(clock, settings),
    ids: new Identifiers(),
    objects: new StoredObjects(clock, settings),
    counts: new Counts(),
  };
  const control = new Control(state);
  control.seed(...(options.completions ?? ownCompletions()));
  seedModels(state.objects);
  seedProject(state.objects);
  const ending = new AbortController();
  // Every answer that is held back listens.
  setMaxListeners(0, ending.signal);
  const listener: RequestListener = (request, response) => {
    // A client that goes away in the middle is nothing to report.
    response.on("error", () => {});
    handle(state, control, request, response, ending.signal).catch(() => response.destroy());
  };
  const { tls } = options;
  const server = tls === undefined ? createServer(listener) : createTLSServer({ ...tls }, listener);
  // Longer than any test's pause, so that no request meets a connection that is just being closed.
  server.keepAliveTimeout = 60_000;
  const sockets = track(server);
  const port = await listen(server, options.port ?? 0);
  const origin = `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  return {
    url: origin + basePath(options),
    origin,
    port,
    controlURL: origin + CONTROL_PATH,
    control,
    requests: control.requests,
    counts: state.counts,
    seed: (...seeds) => control.seed(...seeds),
    fault: (fault) => control.fault(fault),
    close: () => {
      ending.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

async function handle(
  state: APIState,
  control: Control,
  message: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const bytes = await readBody(message);
  const method = message.method ?? "GET";
  const [path = "", ...search] = (message.url ?? "").split("?");
  response.sendDate = false;
  if (path.startsWith(`${CONTROL_PATH}/`)) {
    return send(response, controlReply(control, method, path, bytes.toString()), {}, signal);
  }
  const request: RecordedRequest = {
    method,
    path,
    query: new URLSearchParams(search.join("?")),
    headers: message.headers,
    rawHeaders: message.rawHeaders,
    body: bytes.toString(),
    bytes,
    key: keyOf(message.headers, state.options.mode ?? "openai"),
    at: Date.now(),
    status: undefined,
    abandoned: false,
  };
  control.requests.push(request);
  response.once("close", () => {
    request.abandoned = !response.writableFinished;
  });
  const fault = control.faults.take(request) ?? {};
  const reply = spoil(answer(state, control, request, fault), fault);
  if (fault.reset !== "before") request.status = reply.status;
  if (bytes.length > mostRecorded) Object.assign(request, { body: "", bytes: Buffer.alloc(0) });
  state.options.log?.(`${method} ${path} ${request.status ?? "reset"}`);
  await send(response, reply, fault, signal);
}

/** The answer in full but for what the fault does to it afterwards. */
function answer(state: APIState, control: Control, request: RecordedRequest, fault: Fault): Reply {
  const requestID = state.ids.request();
  const { envelope } = state.settings;
  const below = belowBase(state.options, request.path);
  const throttled =
    isAdminPath(below) &&
    control.throttled?.take(request.key ?? "", endpointOf(request.method, below)) === false;
  const limited = throttled ? {} : control.limiter?.take(request.key ?? "");
  const reached = isCarriedOut(fault) && limited === undefined;
  if (!reached) state.counts.intercepted += 1;
  const outcome = reached ? perform(state, { ...request, requestID }) : undefined;
  const own = outcome === undefined ? undefined : render(outcome, envelope);
  const refusal =
    limited === undefined
      ? undefined
      : renderError(knownError(throttled ? "slow_down" : "rate_limit"), envelope);
  const reply = faultAnswer(fault, envelope) ?? refusal ?? own ?? EMPTY;
  const headers = apiHeaders({
    method: request.method,
    status: reply.status,
    requestID,
    caller: outcome === undefined ? NOBODY : outcome.caller,
    clock: state.clock,
    mode: state.options.mode ?? "openai",
  });
  return { ...reply, headers: { ...headers, ...reply.headers, ...limited } };
}

const EMPTY: Reply = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** Stands for the caller in answers that the API did not give. */
const NOBODY = { key: "", plane: "project", organization: "org-local", project: "proj_local" } as const;

function render({ result, status = 200 }: Outcome, envelope: ServerOptions["envelope"]): Reply {
  if (result instanceof APIError) return renderError(result, envelope ?? "openai");
  if (Buffer.isBuffer(result))
    return { status: 200, headers: { "content-type": "application/octet-stream" }, body: result };
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(stringify(result)),
  };
}

const mostRecorded = 8 * 1024 * 1024;

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function track(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A reset is what many tests are about.
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  return sockets;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === "string") reject(new Error("the server has no port"));
      else resolve(address.port);
    });
  });
}
