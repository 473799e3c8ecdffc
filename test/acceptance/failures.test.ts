import { it } from "node:test";
import { provider, read } from "../support/configurations.ts";
import { assertError, type Expected, failingApply } from "../support/diagnostics.ts";
import type { Fault } from "../support/openai-server/faults.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

/** An answer that is no completion, and what a practitioner reads. */
interface Row extends Expected {
  readonly when: string;
  readonly fault: Fault;
}

const MIB = 1024 * 1024;
const page = "<html>\n<head><title>\u001b[31m502 Bad\u202e Gateway\u0007</title></head>\n</html>";
const wrongUrl = ["probably base_url is wrong", "not the chat completion missing", "/v1"];
const failed = ["server error", "Try again later", "max_retries", "1 attempt"];
const unusable = ["cannot be used", "base_url", "proxy"];

const rows: readonly Row[] = [
  {
    when: "OpenAI's own 404",
    fault: { error: "not_found" },
    title: "Chat completion not found",
    says: [
      '"row-0"',
      "store = true",
      "another project or organization",
      "deleted",
      "older than 30 days",
      "zero data retention",
      "created seconds ago",
      "wait_timeout",
      "Status 404, request ID req_",
    ],
    at: "completion_id",
  },
  {
    when: "a 404 of a gateway that has no such path",
    fault: { status: 404, body: { detail: "Not Found" } },
    title: "No stored completions at this URL",
    says: [...wrongUrl, "Not Found", "Status 404"],
  },
  {
    when: "a 404 page of a web server",
    fault: { status: 404, body: "<h1>Nothing here</h1>", contentType: "text/html" },
    title: "No stored completions at this URL",
    says: [...wrongUrl, "<h1>Nothing here</h1>"],
  },
  {
    when: "405",
    fault: { error: "method_not_supported" },
    title: "No stored completions at this URL",
    says: [...wrongUrl, "Only POST requests are accepted.", "Status 405, request ID req_"],
  },
  {
    when: "a 403 without a known reason",
    fault: { status: 403, body: { message: "Blocked by policy 7" } },
    title: "Request not permitted",
    says: ["the api_key of the provider block", "Check what the key", "Blocked by policy 7", "Status 403"],
  },
  {
    when: "a 401 page of a gateway",
    fault: { status: 401, body: "<h1>Who are you?</h1>", contentType: "text/html" },
    title: "API key refused",
    says: ["the api_key of the provider block", "credential of another kind", "<h1>Who are you?</h1>"],
  },
  {
    when: "402",
    fault: { status: 402, body: { error: { message: "Top up" } } },
    title: "Quota exhausted",
    says: ["Waiting does not help", "Top up", "Status 402"],
  },
  {
    when: "400",
    fault: { status: 400, body: { error: { message: "Invalid completion ID" } } },
    title: "Request refused by the API",
    says: ["does not accept the request", "Invalid completion ID", "Status 400"],
    at: "completion_id",
  },
  {
    when: "409 to the last attempt",
    fault: { error: "conflict", times: "always" },
    title: "Request refused by the API",
    says: ["being changed by another request", "Status 409"],
    at: "completion_id",
  },
  {
    when: "408",
    fault: { error: "request_timeout" },
    title: "API failed",
    says: [...failed, "Status 408, request ID req_"],
  },
  {
    when: "500",
    fault: { error: "server_error" },
    title: "API failed",
    says: [...failed, "Sorry about that!", "Status 500, request ID req_"],
  },
  {
    when: "a proxy's HTML, with escape sequences in it",
    fault: { status: 502, body: page, contentType: "text/html" },
    title: "API failed",
    says: [...failed, "<html>", "Status 502"],
  },
  {
    when: "text with escape sequences and bidi marks in it",
    fault: {
      status: 503,
      body: "\u001b[31mupstream\u202e down\u0007\r\nsecond line",
      contentType: "text/plain",
    },
    title: "API failed",
    says: [...failed, "  upstream down", "Status 503"],
  },
  {
    when: "a gateway's error as a string",
    fault: { status: 500, body: { error: "out of order" } },
    title: "API failed",
    says: ["out of order", "Status 500"],
  },
  {
    when: "a body that ends too early",
    fault: { cutAfter: 200 },
    title: "Answer cut short",
    says: [
      "ended in the middle of the answer",
      "Try again",
      '{"object":…,"id":…',
      "Status 200, request ID req_",
    ],
  },
  {
    when: "half a body that claims to be whole",
    fault: { mutate: ["half"] },
    title: "Answer cut short",
    says: ["in the middle of its JSON", "Try again", "Status 200, request ID req_"],
  },
  {
    when: "invalid JSON",
    fault: { body: '{"id": nonsense}' },
    title: "Unexpected answer from the API",
    says: [...unusable, "not valid JSON", '{"id": …}', "Status 200, request ID req_"],
  },
  {
    when: "a login page with status 200",
    fault: { body: "<!doctype html>\n<title>Log in</title>", contentType: "text/html" },
    title: "Unexpected answer from the API",
    says: [...unusable, "not JSON", "<!doctype html>", "Status 200"],
  },
  {
    when: "nothing at all with status 200",
    fault: { mutate: ["empty"] },
    title: "Unexpected answer from the API",
    says: [...unusable, "empty", "Status 200"],
  },
  {
    when: "broken gzip",
    fault: { encoding: "bad_gzip" },
    title: "Unexpected answer from the API",
    says: [...unusable, "decompress", "Status 200, request ID req_"],
  },
  {
    when: "another object",
    fault: { body: { object: "response", id: "resp_1" } },
    title: "Unexpected answer from the API",
    says: ["not with a chat completion", "response", "base_url", "request ID req_"],
  },
  {
    when: "a list",
    fault: { body: [1, 2] },
    title: "Unexpected answer from the API",
    says: ["not with a chat completion", "base_url"],
  },
  {
    when: "an error in the body of a success",
    fault: { body: { error: { message: "Who are you?", code: 401 } } },
    title: "API key refused",
    says: ["Who are you?", "Status 401 in the body of an answer with status 200, request ID req_"],
  },
  {
    when: "a detail in the body of a success",
    fault: { body: { detail: "Not here" } },
    title: "Request refused by the API",
    says: ["Not here", "Error in the body of an answer with status 200, request ID req_"],
    at: "completion_id",
  },
  {
    when: "too large a body",
    fault: { mutate: [{ padTo: 33 * MIB }] },
    title: "Answer too large",
    says: ["32 MiB", '{"object":…,"id":…', "base_url", "Status 200, request ID req_"],
  },
  {
    when: "a redirect to another origin",
    fault: { redirect: "https://elsewhere.test/v1?token=secret", body: "Moved\u0007 there" },
    title: "Redirect refused",
    says: [
      "https://elsewhere.test",
      "the key goes nowhere else",
      "set base_url",
      "Moved there",
      "Status 302, request ID req_",
    ],
  },
  {
    when: "an informational or unheard-of status",
    fault: { status: 304 },
    title: "Unexpected answer from the API",
    says: ["status 304", "base_url"],
  },
  {
    when: "an exhausted quota",
    fault: { error: "insufficient_quota" },
    title: "Quota exhausted",
    says: [
      "Waiting does not help",
      "billing",
      "You exceeded your current quota",
      "Status 429, request ID req_",
    ],
  },
  {
    when: "an exhausted credit balance",
    fault: { error: "credit_balance_exhausted" },
    title: "Quota exhausted",
    says: ["Waiting does not help", "no credits remaining"],
  },
];

it("an answer that is no completion is an error with exit code 1, and the state stays as it is", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  for (const [index, { fault }] of rows.entries()) {
    const id = `row-${index}`;
    if (isSpoilt(fault)) server.seed({ id });
    server.fault({ id, ...fault });
  }
  const config = provider({ api_key: "sk-failures", base_url: server.url, max_retries: 0 });
  const reads = rows.map((_, index) => read(`row-${index}`, `row-${index}`));
  const errors = await failingApply(new Workspace(test), config + reads.join(""));

  for (const [index, row] of rows.entries()) {
    await test.test(row.when, () => assertError(errors.get(`row-${index}`), row));
  }
});

/** Whether it is the API's own answer that goes wrong on its way. */
function isSpoilt(fault: Fault): boolean {
  return [fault.mutate, fault.cutAfter, fault.encoding].some((member) => member !== undefined);
}
