import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ErrorKind } from "../../../src/openai/index.ts";
import { client, failing, get, json, ok, post, replies } from "./support.ts";

/** A body with status 200, and what it is an error of: the kind, the API's message, the status that it names. */
const errors: readonly (readonly [string, ErrorKind, string | null, number?])[] = [
  ['{"error":{"message":"Slow down","code":401}}', "authentication", "Slow down", 401],
  ['{"error":{"message":"No such key","code":"invalid_api_key"}}', "authentication", "No such key"],
  ['{"error":{"message":"No","type":"authentication_error"}}', "authentication", "No"],
  ['{"error":{"message":"No funds","code":402}}', "quota", "No funds", 402],
  ['{"error":{"message":"No funds","code":"insufficient_quota"}}', "quota", "No funds"],
  ['{"error":{"message":"No","code":403}}', "permission", "No", 403],
  ['{"error":{"message":"No model","code":"model_not_found"}}', "model_access", "No model"],
  ['{"error":{"message":"Bad","status":422}}', "bad_request", "Bad", 422],
  ['{"error":"Bad","status_code":"400"}', "bad_request", "Bad", 400],
  ['{"error":true,"message":"Bad"}', "bad_request", "Bad"],
  ['{"detail":"Bad"}', "bad_request", "Bad"],
  ['{"detail":[{"loc":["body","model"],"msg":"unknown"}]}', "bad_request", "body.model: unknown"],
  ['{"message":"Bad","code":404}', "wrong_url", "Bad", 404],
  ['{"object":"error","message":"Bad","type":"BadRequestError","code":40303}', "bad_request", "Bad"],
  ['{"success":false,"message":"Bad"}', "bad_request", "Bad"],
  ['{"success":false,"errors":[{"code":401,"message":"Who?"}],"result":null}', "authentication", "Who?", 401],
  ['{"success":false}', "bad_request", null],
  ['{"id":"err-1","error":{"message":"Bad","code":400}}', "bad_request", "Bad", 400],
  ['{"object":"list","data":[],"error":{"message":"Bad","code":400}}', "bad_request", "Bad", 400],
  [
    '{"choices":[{"finish_reason":"error","error":{"message":"Gone","code":400}}]}',
    "bad_request",
    "Gone",
    400,
  ],
  ['{"object":"chat.completion","choices":[{"finish_reason":"error"}]}', "bad_request", null],
  [
    '[{"error":{"code":400,"message":"API key not valid","status":"INVALID"}}]',
    "bad_request",
    "API key not valid",
    400,
  ],
  ['[{"error":{"code":401,"message":"Who?"}}]', "authentication", "Who?", 401],
  ['[{"detail":"Bad"}]', "bad_request", "Bad"],
  [
    '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}',
    "model_access",
    "The model `x` does not exist.",
    404,
  ],
];

describe("an error in the body of a success", () => {
  for (const [body, kind, message, status] of errors) {
    it(`is that error: ${body}`, async (test) => {
      const { seen, base } = await replies(test, json(200, body));
      const error = await failing(client(test, base).send(post(new Map())));
      assert.deepEqual(
        [error.kind, error.api?.message, error.status, error.failure.outerStatus, error.requestId],
        [kind, message, status, 200, "req_test"],
      );
      assert.equal(seen.length, 1);
    });
  }

  it("that names a rate limit is waited for, of a creation too", async (test) => {
    for (const limit of [
      '{"error":{"message":"m","code":429}}',
      '{"error":{"code":"rate_limit_exceeded"}}',
    ]) {
      const { seen, base } = await replies(test, json(200, limit), ok);
      const { body } = await client(test, base).send(post(new Map()));
      assert.equal(body.get("id"), "chatcmpl-1");
      assert.equal(seen.length, 2);
    }
  });

  it("that names a failure of the server repeats a read, and never a creation", async (test) => {
    for (const failure of ['{"error":{"message":"m","code":502}}', '{"error":{"type":"overloaded_error"}}']) {
      const { seen, base } = await replies(test, json(200, failure), ok);
      const openai = client(test, base);
      assert.equal((await failing(openai.send(post(new Map())))).kind, "server_error");
      assert.equal(seen.length, 1);
      const again = await replies(test, json(200, failure), ok);
      await client(test, again.base).send(get("x"));
      assert.equal(again.seen.length, 2);
    }
  });

  it("is cleaned of secrets", async (test) => {
    const key = "sk-test-0123456789abcdef";
    const { base } = await replies(
      test,
      json(200, JSON.stringify({ error: { message: `Not ${key}`, code: 401 } })),
    );
    const error = await failing(client(test, base).send(get("x")));
    assert.equal(error.kind, "authentication");
    assert.doesNotMatch(JSON.stringify(error), new RegExp(key));
  });

  for (const [body, message] of [
    ['{"id":"x","choices":[],"error":{"message":"Cut","code":502}}', "Cut"],
    ['{"id":"x","choices":[{"finish_reason":"error"}]}', null],
    ['{"id":"x","choices":[{"finish_reason":"stop"},{"error":{"message":"Cut"}}]}', "Cut"],
    ['{"id":"x","object":"chat.completion","error":"Cut"}', "Cut"],
    [
      '{"id":"resp_1","object":"response","status":"failed","error":{"message":"Cut","code":"server_error"}}',
      "Cut",
    ],
  ] as const) {
    it(`beside a result comes with it: ${body}`, async (test) => {
      const { base } = await replies(test, json(200, body));
      const { api } = await client(test, base).send(post(new Map()));
      assert.ok(api);
      assert.equal(api.message, message);
    });
  }

  for (const body of [
    '{"id":"x","choices":[{"finish_reason":"stop"}],"error":null}',
    '{"id":"x","choices":[],"error":{},"detail":"d","message":"m"}',
    '{"id":"x","object":"chat.completion","error":"","errors":[]}',
    '{"object":"chat.completion.deleted","id":"x","deleted":true,"message":"done"}',
    '{"success":true}',
    '{"data":[],"detail":""}',
    "{}",
  ]) {
    it(`is not seen where there is none: ${body}`, async (test) => {
      const { base } = await replies(test, json(200, body));
      const { api } = await client(test, base).send(get("x"));
      assert.equal(api, undefined);
    });
  }
});

it("a stream that nobody asked for is reported as one", async (test) => {
  for (const type of ["text/event-stream", "application/json"]) {
    const stream = 'data: {"id":"x","choices":[]}\n\ndata: [DONE]\n\n';
    const { base } = await replies(test, json(200, stream, { "content-type": type }));
    const error = await failing(client(test, base).send(post(new Map())));
    assert.deepEqual(
      [error.kind, error.failure.message],
      ["not_json", "the answer is a stream of events, though none was asked for"],
    );
  }
});
