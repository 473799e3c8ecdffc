import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, type ServiceError, status } from "@grpc/grpc-js";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Dice } from "../support/random/dice.ts";
import { mutated } from "../support/random/mutated.ts";
import { BuiltProvider } from "./support/built-provider.ts";
import { reattach } from "./support/plugin-client.ts";
import { method, methods } from "./support/proto.ts";
import { randomBytes, requestSeed, subjectsOf } from "./support/request-seeds.ts";

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

test("no request, however broken, ends the process or a call without an answer", async (t) => {
  const env = { OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env, tls: false });
  const subjects = await subjectsOf(provider);
  await provider.configure();
  const { network, address } = provider.client.handshake;
  const connection = reattach(network, address);
  t.after(() => connection.close());

  const rpcs = methods("tfplugin6.Provider");
  const outcomes = new Map<string, number>();
  const run = async (seed: number) => {
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
    const kind = kindOf(outcome);
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
  };

  let next = firstSeed;
  const started = performance.now();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    while (next < firstSeed + calls) await run(next++);
  });
  await Promise.all(workers);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  t.diagnostic(`${calls} calls from seed ${firstSeed} to ${rpcs.length} RPCs in ${seconds} s`);
  for (const [kind, count] of [...outcomes].sort()) t.diagnostic(`${count} × ${kind}`);

  assert.deepEqual(await provider.configure(), []);
  const read = await provider.read({ completion_id: "chatcmpl-abc123" });
  assert.deepEqual(read.diagnostics, []);
  assert.equal(read.state?.id !== null && read.state?.model, "gpt-4o-mini-2024-07-18");
  // BuiltProvider asserts at the end that stderr is empty, and that the process ends as it should.
});

/** Sends bytes as they are, and waits for the end of the call. */
function send(
  connection: Client,
  name: string,
  responseStream: boolean,
  requestStream: boolean,
  requests: readonly Buffer[],
): Promise<Outcome> {
  const { path, responseDeserialize } = method(name);
  const raw = (bytes: Buffer) => bytes;
  const options = { deadline: Date.now() + DEADLINE_MS };
  const [first = Buffer.alloc(0)] = requests;
  return new Promise((resolve) => {
    const parts: string[] = [];
    const done = (error: ServiceError | null, response?: Buffer) => {
      if (response !== undefined) parts.push(JSON.stringify(readable(responseDeserialize(response))));
      resolve(
        error === null ? { code: status.OK, text: parts.join() } : { code: error.code, text: error.details },
      );
    };
    if (responseStream) {
      const stream = connection.makeServerStreamRequest(path, raw, raw, first, options);
      stream.on("data", (bytes: Buffer) => parts.push(JSON.stringify(readable(responseDeserialize(bytes)))));
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

function check({ code, text }: Outcome, context: string): void {
  assert.ok(!text.includes(CANARY), `the key is in an answer: ${context}`);
  assert.doesNotMatch(text, /\n\s+at |\\n\s+at |node:internal|\.cjs:\d|file:\/\//, `a stack: ${context}`);
  assert.doesNotMatch(text, /undefined|\[object /, `a gap in the words: ${context}`);
  if (code === status.OK) return;
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
 * validation, or a state with an ID that the provider would not have written.
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
    assert.match(context, /the ID cannot be part of a path/);
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
