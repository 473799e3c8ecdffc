import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { classify } from "../../../src/openai/classify.ts";
import { parseErrorBody, readErrorBody, showErrorBody } from "../../../src/openai/error-body.ts";
import type { ApiErrorBody, ErrorKind } from "../../../src/openai/index.ts";
import { Redactor } from "../../../src/openai/redact.ts";
import { againstOutsideData } from "../../support/outside-data.ts";

const none = new Redactor([]);
const read = (text: string) => readErrorBody(text, none);

describe("an error body", () => {
  const nothing = { message: null, type: null, code: null, param: null };
  const cases: [string, string, Partial<ApiErrorBody>][] = [
    [
      "OpenAI's envelope",
      '{"error":{"message":"m","type":"t","param":"p","code":"c"}}',
      { envelope: "error_object", message: "m", type: "t", param: "p", code: "c" },
    ],
    [
      "a code that is a number",
      '{"error":{"message":"m","code":404}}',
      { envelope: "error_object", message: "m", code: "404" },
    ],
    ["an error that is a string", '{"error":"m"}', { envelope: "error_string", message: "m" }],
    [
      "an error that is a string beside a message",
      '{"error":"Unauthorized","message":"m"}',
      { envelope: "error_string", message: "m" },
    ],
    ["a detail", '{"detail":"Method Not Allowed"}', { envelope: "detail", message: "Method Not Allowed" }],
    [
      "FastAPI's list",
      '{"detail":[{"loc":["query","limit"],"msg":"too big","type":"v"},{"msg":"b"}]}',
      { envelope: "detail", message: "query.limit: too big; b" },
    ],
    ["a message alone", '{"message":"m","code":"x"}', { envelope: "message", message: "m", code: "x" }],
    ["a list around it", '[{"error":{"message":"m"}}]', { envelope: "error_object", message: "m" }],
    ["other JSON", '{"a":1.0}', { envelope: "text", message: '{"a":1.0}' }],
    ["HTML", "\n<!DOCTYPE html>\n<p>502</p>", { envelope: "html", message: "<!DOCTYPE html>" }],
    [
      "text",
      "upstream connect error\u001b[2J\nmore",
      { envelope: "text", message: "upstream connect error" },
    ],
    ["nothing", " \n", { envelope: "empty" }],
    ["a byte order mark", '\ufeff{"error":{"message":"m"}}', { envelope: "error_object", message: "m" }],
    [
      "hostile keys",
      '{"error":{"__proto__":{"message":"x"},"message":"m"}}',
      { envelope: "error_object", message: "m" },
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`is read with ${name}`, () => assert.deepEqual(read(text), { ...nothing, ...expected }));
  }

  it("is cleaned, redacted and capped in every field", () => {
    const redactor = new Redactor(["topsecret-value"]);
    const body = JSON.stringify({
      error: { message: `a\u0007 top\u0000secret-value ${"x".repeat(9_000)}`, code: "topsecret-value" },
    });
    const found = readErrorBody(body, redactor);
    assert.match(found.message ?? "", /^a \[redacted\] x+…$/);
    assert.equal(found.message?.length, 1_000);
    assert.equal(found.code, "[redacted]");
  });
});

describe("an error body of many elements", () => {
  const many = (count: number, element: string) => Array(count).fill(element).join(",");

  for (const [name, body] of [
    ["details", `{"detail":[${many(100_000, '{"loc":["body","x"],"msg":"wrong"}')}]}`],
    ["elements of nothing that is known", `{"x":[${many(100_000, "1")}]}`],
    ["lists", `[${many(100_000, "[]")}]`],
    ["elements of which nothing is shown", `{"x":[${many(15_000, "7")},"\u009d",${many(50_000, "7")}]}`],
    ["errors, and text after them", `{"errors":[${many(100_000, '{"message":"m"}')}],"message":"n"}`],
    ["elements, of which the last is broken", `{"detail":[${many(100_000, "{}")},x]}`],
    ["elements, before the message", `{"error":{"x":[${many(100_000, "{}")}],"message":"m"}}`],
  ] as const) {
    it(`reads as it would in one piece: ${name}`, async () => {
      assert.deepEqual(showErrorBody(await parseErrorBody(body), none), read(body));
    });
  }

  it("takes no memory for those that nobody will see", async () => {
    const body = `{"detail":[${many(400_000, '{"msg":[]}')}]}`;
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    });
    await parseErrorBody(body).finally(() => clearInterval(timer));
    assert.ok(most < 40 * 1024 * 1024, `${Math.round(most / 1024 / 1024)} MiB`);
  });
});

const openai = (fields: Record<string, unknown>) => JSON.stringify({ error: fields });

const refusal = { type: "invalid_request_error", code: null };

describe("a status and its body mean", () => {
  const cases: [number, string, ErrorKind][] = [
    [
      404,
      openai({ message: "Completion chatcmpl-x not found", param: "completion_id", code: "not_found" }),
      "not_found",
    ],
    [404, openai({ message: "Invalid URL (GET /v1/v1/x)", code: null }), "wrong_url"],
    [404, openai({ code: "404", message: "Resource not found" }), "wrong_url"],
    [404, openai({ message: "The model `x` does not exist", code: "model_not_found" }), "model_access"],
    [
      404,
      '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}',
      "model_access",
    ],
    [404, '{"error":"model \'x\' not found, try pulling it first"}', "model_access"],
    [404, '{"error":{"message":"model \\"x:7b\\" not found","type":"api_error"}}', "model_access"],
    [404, '{"message":"no model endpoint is not found here"}', "wrong_url"],
    [404, openai({ ...refusal, message: "No such File object: file-x", param: "id" }), "not_found"],
    [404, openai({ ...refusal, message: "No vector store found with id 'vs_x'." }), "not_found"],
    [404, openai({ ...refusal, message: "Response with id 'resp_x' not found." }), "not_found"],
    [404, openai({ ...refusal, message: "Unknown request URL: GET /v1/fles." }), "wrong_url"],
    [404, openai({ ...refusal, message: "Invalid URL (GET /v1/v1/files)" }), "wrong_url"],
    [404, '{"error":{"message":"no such thing"}}', "wrong_url"],
    [404, '{"message":"no such thing","code":"not_found"}', "not_found"],
    [404, "<html>not_found</html>", "wrong_url"],
    [404, "", "wrong_url"],
    [405, '{"detail":"Method Not Allowed"}', "wrong_url"],
    [401, openai({ message: "Incorrect", code: "invalid_api_key" }), "authentication"],
    [401, "", "authentication"],
    [
      401,
      openai({ message: "You have insufficient permissions. Missing scopes: model.request." }),
      "missing_scopes",
    ],
    [403, '{"error":"Missing scopes: api.model.read."}', "missing_scopes"],
    [401, openai({ message: "x", code: "mismatched_organization" }), "mismatched_organization"],
    [
      401,
      openai({ message: "OpenAI-Organization header should match organization for API key" }),
      "mismatched_organization",
    ],
    [401, openai({ message: "x", code: "mismatched_project" }), "mismatched_project"],
    [
      401,
      openai({ message: "Your IP address is not authorized to access this project" }),
      "ip_not_authorized",
    ],
    [
      403,
      openai({ message: "Country", type: "request_forbidden", code: "unsupported_country_region_territory" }),
      "region",
    ],
    [403, openai({ message: "Project `p` does not have access to model `m`" }), "model_access"],
    [403, openai({ message: "no" }), "permission"],
    [429, openai({ message: "slow", code: "rate_limit_exceeded" }), "rate_limit"],
    [429, openai({ message: "x", type: "insufficient_quota" }), "quota"],
    [429, openai({ message: "x", code: "credit_balance_exhausted" }), "quota"],
    [402, "", "quota"],
    [400, openai({ message: "x" }), "bad_request"],
    [422, openai({ message: "x" }), "bad_request"],
    [409, "", "conflict"],
    [408, "", "server_error"],
    [500, "", "server_error"],
    [599, "<html>", "server_error"],
    [304, "", "unexpected_status"],
  ];
  for (const [status, body, kind] of cases) {
    it(`${kind}: ${status} ${body.slice(0, 60)}`, () => assert.equal(classify(status, read(body)), kind));
  }
});

againstOutsideData((data) => {
  const folder = `${data}/data/openai`;
  const recorded: Record<string, ErrorKind> = {
    "err-400-metadata-needs-store": "bad_request",
    "err-401-invalid-api-key": "authentication",
    "err-401-mismatched-organization": "mismatched_organization",
    "err-401-missing-scopes": "missing_scopes",
    "err-401-no-key": "authentication",
    "err-403-missing-scopes-admin": "missing_scopes",
    "err-403-missing-scopes-string-envelope": "missing_scopes",
    "err-403-model-access": "model_access",
    "err-403-region": "region",
    "err-404-completion-nonexistent": "not_found",
    "rec-get-404-not-yet-indexed": "not_found",
    "err-404-invalid-url": "wrong_url",
    "err-404-model": "model_access",
    "err-405-method-not-supported": "wrong_url",
    "err-429-admin-slow-down": "rate_limit",
    "err-429-credit-balance-exhausted": "quota",
    "err-429-insufficient-quota": "quota",
    "err-429-rate-limit": "rate_limit",
    "err-500-server-error": "server_error",
  };
  for (const [name, kind] of Object.entries(recorded)) {
    const file = `${folder}/${name}.json`;
    it(`the recorded ${name} means ${kind}`, () => {
      const body = read(readFileSync(file, "utf8"));
      assert.equal(classify(Number(/\d{3}/.exec(name)?.[0]), body), kind);
      assert.ok(body.message);
      assert.doesNotMatch(body.message, /\*{3}|sk-/);
    });
  }

  const answers = `${folder}/recorded`;
  for (const file of readdirSync(answers).filter((name) => name.includes(".404."))) {
    const kind = file.includes("models") ? "model_access" : "not_found";
    it(`the recorded ${file} means ${kind}`, () => {
      const { response } = JSON.parse(readFileSync(`${answers}/${file}`, "utf8"));
      assert.equal(classify(response.status, read(JSON.stringify(response.body))), kind);
    });
  }
});
