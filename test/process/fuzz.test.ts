import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { type Client, type ServiceError, status } from "@grpc/grpc-js";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Dice } from "../support/random/dice.ts";
import { mutated } from "../support/random/mutated.ts";
import { BuiltProvider, type StartOptions } from "./support/built-provider.ts";
import { reattach } from "./support/plugin-client.ts";
import { method, methods } from "./support/proto.ts";
import { randomBytes, requestSeed, type Subjects, subjectsOf } from "./support/request-seeds.ts";

/*
 * Broken requests to every RPC of the built executable. FUZZ_CALLS says how many, FUZZ_SEED which ones.
 * A failure prints the seed of its call, which decides all of its bytes.
 */

const calls = Number(process.env.FUZZ_CALLS ?? 3000);
const firstSeed = Number(process.env.FUZZ_SEED ?? 41);
const AT_ONCE = 16;
const DEADLINE_MS = 30_000;
const CANARY = "sk-canary-1f9c2d8e7b6a5";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

interface Outcome {
  readonly code: number;
  /** The status's words, or all responses. */
  readonly text: string;
}

/** Starts the provider and sends it so many broken requests; then it must still read a completion. */
async function fuzz(t: TestContext, count: number, options: StartOptions): Promise<BuiltProvider> {
  const env = { OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: server.url, ...options.env };
  const provider = await BuiltProvider.start(t, { ...options, env, tls: false });
  const subjects = await subjectsOf(provider);
  await provider.configure();
  const { network, address } = provider.client.handshake;
  const connection = reattach(network, address);
  t.after(() => connection.close());

  const outcomes = new Map<string, number>();
  let next = firstSeed;
  const started = performance.now();
  const worker = async () => {
    while (next < firstSeed + count) {
      const kind = await callOnce(connection, subjects, next++);
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  t.diagnostic(`${count} calls from seed ${firstSeed} to ${rpcs.length} RPCs in ${seconds} s`);
  for (const [kind, times] of [...outcomes].sort()) t.diagnostic(`${times} × ${kind}`);

  assert.deepEqual(await provider.configure(), []);
  const { state, diagnostics } = await provider.read({ completion_id: "chatcmpl-abc123" });
  assert.deepEqual(diagnostics, []);
  assert.equal(state?.model, "gpt-4o-mini-2024-07-18");
  return provider;
}

const rpcs = methods("tfplugin6.Provider");

/** Makes the call that the seed determines, and returns what kind of an end it had. */
async function callOnce(connection: Client, subjects: Subjects, seed: number): Promise<string> {
  const dice = new Dice(seed * 7919);
  const rpc = rpcs[dice.below(rpcs.length)];
  assert.ok(rpc);
  const name = `tfplugin6.Provider/${rpc.name}`;
  const requests = Array.from({ length: rpc.requestStream ? 1 + dice.below(3) : 1 }, () => {
    if (dice.once(8)) return randomBytes(dice, 80);
    const valid = method(name).requestSerialize(requestSeed(subjects, dice));
    return dice.once(4) ? mutated(valid, dice) : valid;
  });
  const outcome = await send(connection, name, rpc.responseStream, rpc.requestStream, requests);
  const context = `${name}, seed ${seed}, ${requests.map((bytes) => bytes.toString("hex"))}: ${outcome.text}`;
  check(outcome, context);
  if (BUG.test(outcome.text)) await assertInvalid(connection, rpc.name, requests, context);
  return kindOf(outcome);
}

test("no request, however broken, ends the process or a call without an answer", async (t) => {
  // BuiltProvider asserts at the end that stderr is empty, and that the process ends as it should.
  await fuzz(t, calls, {});
});

test("not even a log of everything has the key in it, whatever the requests", async (t) => {
  const provider = await fuzz(t, Math.ceil(calls / 10), { env: { TF_LOG: "trace" }, talks: true });
  const { stderr } = provider.client.process;
  t.diagnostic(`${stderr.length} characters of log`);
  assert.match(stderr, /Received request/);
  assert.ok(!stderr.includes(CANARY), "the key is in the log");
  assert.doesNotMatch(stderr, /^panic: /m);
});

/** The last answer of each RPC: that with all schemas is long, and always the same. */
const last = new Map<string, { readonly bytes: Buffer; readonly text: string }>();

/** The text of a response, and the same string for the same bytes. */
function textOf(name: string, bytes: Buffer): string {
  const known = last.get(name);
  if (known?.bytes.equals(bytes)) return known.text;
  const text = JSON.stringify(readable(method(name).responseDeserialize(bytes)));
  last.set(name, { bytes, text });
  return text;
}

/** Sends bytes as they are, and waits for the end of the call. */
function send(
  connection: Client,
  name: string,
  responseStream: boolean,
  requestStream: boolean,
  requests: readonly Buffer[],
): Promise<Outcome> {
  const { path } = method(name);
  const raw = (bytes: Buffer) => bytes;
  const options = { deadline: Date.now() + DEADLINE_MS };
  const [first = Buffer.alloc(0)] = requests;
  return new Promise((resolve) => {
    const parts: string[] = [];
    const done = (error: ServiceError | null, response?: Buffer) => {
      if (response !== undefined) parts.push(textOf(name, response));
      resolve(
        error === null ? { code: status.OK, text: parts.join() } : { code: error.code, text: error.details },
      );
    };
    if (responseStream) {
      const stream = connection.makeServerStreamRequest(path, raw, raw, first, options);
      stream.on("data", (bytes: Buffer) => parts.push(textOf(name, bytes)));
      stream.on("error", (error: ServiceError) => done(error)).on("end", () => done(null));
    } else if (requestStream) {
      const stream = connection.makeClientStreamRequest(path, raw, raw, options, done);
      stream.on("error", () => {});
      for (const request of requests) stream.write(request);
      stream.end();
    } else connection.makeUnaryRequest(path, raw, raw, first, options, done);
  });
}

/** With bytes as text, so that a secret in a state is seen. */
function readable(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString("latin1");
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one)]));
}

/** Answers that were checked. */
const checked = new Set<string>();

function check({ code, text }: Outcome, context: string): void {
  if (code === status.OK && checked.has(text)) return;
  assert.ok(!text.includes(CANARY), `the key is in an answer: ${context}`);
  assert.doesNotMatch(text, /\n\s+at |\\n\s+at |node:internal|\.cjs:\d|file:\/\//, `a stack: ${context}`);
  assert.doesNotMatch(text, /undefined|\[object /, `a gap in the words: ${context}`);
  if (code === status.OK) {
    checked.add(text);
    return;
  }
  // As gRPC's server in Go answers bytes that are no message; Terraform shows the words.
  assert.equal(code, status.INTERNAL, context);
  assert.match(text, /^Error deserializing request/, context);
}

/** The diagnostic for an exception. */
const BUG = /The provider failed unexpectedly/;

/** The RPC that Terraform calls before, whose request begins with the same two fields. */
const VALIDATED_BY: Readonly<Record<string, string>> = {
  ReadDataSource: "ValidateDataResourceConfig",
  OpenEphemeralResource: "ValidateEphemeralResourceConfig",
};

/**
 * Asserts that an exception came of what Terraform never sends: a configuration that does not pass
 * validation, or a state that the provider would not have written.
 */
async function assertInvalid(
  connection: Client,
  rpc: string,
  [request = Buffer.alloc(0)]: readonly Buffer[],
  context: string,
): Promise<void> {
  const validate = VALIDATED_BY[rpc];
  if (validate === undefined) {
    assert.match(rpc, /^(ReadResource|ApplyResourceChange)$/, context);
    // A state has no unknown values: the headers of extensions, whose bytes UTF-8 text seldom has, show them.
    if ([0xc7, 0xd4].some((header) => request.includes(header))) return;
    // Nor does one have an ID that no ID looks like, or null where validation allows none.
    assert.match(context, /the ID cannot be part of a path|Cannot read properties of null/);
    return;
  }
  const { text } = await send(connection, `tfplugin6.Provider/${validate}`, false, false, [request]);
  assert.match(text, /"severity":"ERROR"/, `validation lets pass what fails then: ${context}`);
  assert.doesNotMatch(text, BUG, context);
}

function kindOf({ code, text }: Outcome): string {
  if (code !== status.OK) return "status INTERNAL: bytes that are no message";
  if (BUG.test(text)) return "the diagnostic of an exception, for what validation had refused";
  if (/"severity":"ERROR"|"error":\{|"Error":"[^"]/.test(text)) return "an error as a diagnostic";
  return "an answer";
}
