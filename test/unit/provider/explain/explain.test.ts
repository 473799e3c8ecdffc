import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "../../../../src/framework/index.ts";
import { type ErrorKind, type Failure, OpenAIError } from "../../../../src/openai/index.ts";
import { topicOf } from "../../../../src/provider/api/object-names.ts";
import { completion } from "../../../../src/provider/chat-completion/completion.ts";
import { explain } from "../../../../src/provider/explain/explain.ts";
import type { Access } from "../../../../src/provider/openai-provider.ts";
import type { KeySource } from "../../../../src/provider/settings.ts";
import { accessOf, configured, type ProviderConfig } from "../support.ts";

/** The title of each kind, and what its remedy must speak of. A kind without a row does not compile. */
const table: Readonly<Record<ErrorKind, readonly [title: string, ...says: (string | RegExp)[]]>> = {
  not_found: [
    "Chat completion not found",
    "store = true",
    "another project",
    "30 days",
    "zero data retention",
    "wait_timeout",
  ],
  wrong_url: ["No stored completions at this URL", "base_url is wrong", "/v1"],
  authentication: ["API key refused", "revoked", "Check that key"],
  missing_scopes: ["API key lacks a permission", "scope", "use another key"],
  ip_not_authorized: ["Request not permitted", "address", "Check what the key"],
  mismatched_organization: [
    "API key belongs to another organization",
    "OPENAI_ORG_ID",
    "remove organization",
  ],
  mismatched_project: ["API key belongs to another project", "OPENAI_PROJECT_ID", "remove project"],
  region: ["API not available from here", "country", "gateway"],
  model_access: ["No access to the model", "Allow the model"],
  permission: ["Request not permitted", "Check what the key"],
  rate_limit: ["Rate limit not lifted in time", "3 attempts in 4.5 s", "timeouts = {", "-parallelism"],
  quota: ["Quota exhausted", "Waiting does not help", "billing"],
  bad_request: ["Request refused by the API", '"chatcmpl-x"', "Check completion_id"],
  conflict: ["Request refused by the API", '"chatcmpl-x"', "Check completion_id"],
  server_error: ["API failed", "3 attempts", "status.openai.com", "max_retries"],
  unexpected_status: ["Unexpected answer from the API", "Is base_url right?"],
  refused: ["Connection refused", "nothing listens", "Check base_url"],
  name_not_found: ["Host not found", "cannot be resolved", "Check base_url"],
  unreachable: ["Host not reachable", "Check base_url", "proxy"],
  reset: ["Connection lost", "before an answer", "Check base_url"],
  connection_failed: ["Connection lost", "Check base_url"],
  tls_expired: ["TLS failure", "expired", "clock"],
  tls_unknown_authority: ["TLS failure", "authority", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"],
  tls_wrong_name: ["TLS failure", "another host name", "base_url"],
  tls_weak: ["TLS failure", "2048 bits", "SHA-256", /^(?!.*http:)/s],
  tls_not_spoken: ["TLS failure", "does not speak TLS", "allow_http = true"],
  tls_other: ["TLS failure", "Check the certificate", /^(?!.*http:)/s],
  proxy: ["Proxy failed", "http://proxy.example:3128", "HTTPS_PROXY", "NO_PROXY"],
  attempt_timeout: ["No answer in time", 'timeout = "120s"'],
  operation_timeout: ["Read not finished in time", "timeouts = {"],
  aborted: ["Read cancelled", "interrupted"],
  invalid_http: ["Unexpected answer from the API", "by the server or a proxy", /^(?!.*base_url right)/s],
  invalid_encoding: ["Unexpected answer from the API", "Is base_url right?"],
  invalid_json: ["Unexpected answer from the API", "Is base_url right?"],
  not_json: ["Unexpected answer from the API", "Is base_url right?", "login page"],
  truncated: ["Answer cut short", "proxy", "Try again"],
  too_large: ["Answer too large", "32 MiB", "Is base_url right?"],
  redirect: ["Redirect refused", "https://elsewhere.example", "set base_url"],
  not_saved: ["Answer not saved", "Check the disk"],
  file_changed: ["File changed while it was sent", "nothing was created"],
  another_object: ["Answer for another object", '"chatcmpl-x"', "cache", "state stays", "must not be cached"],
  unexpected_shape: ["Unexpected answer from the API", "gateway", "report"],
};

function isKind(name: string): name is ErrorKind {
  return Object.hasOwn(table, name);
}

const kinds = Object.keys(table).filter(isKind);
const happened = "something happened";

function failure(kind: ErrorKind, more: Partial<Failure> = {}): Failure {
  return {
    kind,
    message: happened,
    ...(kind === "proxy" ? { proxy: "http://proxy.example:3128" } : {}),
    ...(kind === "redirect" ? { location: "https://elsewhere.example" } : {}),
    ...more,
  };
}

function error(
  first: Failure,
  more: { attempts?: number; last?: Failure; sent?: boolean } = {},
): OpenAIError {
  return new OpenAIError(first, {
    method: "GET",
    origin: "https://gateway.example",
    path: "/api/chat/completions/chatcmpl-x",
    attempts: more.attempts ?? 3,
    elapsedMs: 4500,
    last: more.last,
    sent: more.sent,
  });
}

function access(keySource: KeySource = "provider", base = "https://gateway.example/api"): Access {
  const found = accessOf(configured({ api_key: "sk-hunter22-secret", base_url: base }));
  assert.ok(!Array.isArray(found));
  return { ...found, keySource };
}

function explained(failed: OpenAIError, from = access(), waitMs = 0): Diagnostic {
  return explain(failed, { access: from, topic: topicOf(completion.declaration), id: "chatcmpl-x", waitMs });
}

for (const kind of kinds) {
  test(`${kind} says what happened, why, and what to do`, () => {
    const [title, ...says] = table[kind];
    const { summary, detail, severity } = explained(error(failure(kind)));
    assert.equal(severity, "error");
    assert.equal(summary, title);
    const paragraphs = detail.split("\n\n");
    assert.ok(
      paragraphs.every((text) => text.trim() !== ""),
      detail,
    );
    if (kind !== "aborted") assert.ok(paragraphs.length >= 2, `a remedy: ${detail}`);
    for (const piece of says) {
      assert.ok(piece instanceof RegExp ? piece.test(detail) : detail.includes(piece), `${piece}: ${detail}`);
    }
    assert.doesNotMatch(detail, /undefined|\[object|NaN/);
    assert.doesNotMatch(detail, /hunter22/);
    assert.doesNotMatch(title, /[.!]$/);
  });
}

test("an attempt that was over before a connection stood says that nothing was sent, and names the proxy", () => {
  const proxy = "http://proxy.example:3128";
  const late = failure("attempt_timeout", { proxy });
  const taken = explained(error(late, { sent: true })).detail;
  assert.match(taken, /took the request but sent no whole answer/);
  const unsent = explained(error(late, { sent: false })).detail;
  assert.match(
    unsent,
    /^No connection to https:\/\/gateway\.example through the proxy http:\/\/proxy\.example:3128 was made/,
  );
  assert.match(unsent, /the request was not sent/);
  assert.match(
    explained(error(failure("reset", { proxy }))).detail,
    /through the proxy http:\/\/proxy\.example:3128 ended/,
  );
});

test("a message points at the argument that it is about", () => {
  const path = (kind: ErrorKind, source: KeySource = "provider") =>
    String(explained(error(failure(kind)), access(source)).path ?? "block");
  for (const kind of ["not_found", "bad_request", "conflict"] as const)
    assert.equal(path(kind), "completion_id");
  // A key is not pointed at, since Terraform would print the line that it stands in.
  for (const source of ["object", "provider", "environment"] as const) {
    assert.equal(path("authentication", source), "block");
  }
  assert.equal(path("server_error"), "block");
});

test("whose key was used is reported, in words that lead to it", () => {
  const words: Record<KeySource, string> = {
    object: "the api_key of this data source",
    provider: "the api_key of the provider block",
    environment: "the environment variable OPENAI_API_KEY",
    headers: "the headers of the provider block",
    query: "the query of the provider block or of its base URL",
    none: "nowhere",
  };
  for (const kind of [
    "authentication",
    "missing_scopes",
    "mismatched_project",
    "model_access",
    "permission",
  ] as const) {
    for (const [source, text] of Object.entries(words)) {
      if (source === "none") continue;
      assert.ok(
        explained(error(failure(kind)), access(keySource(source))).detail.includes(text),
        `${kind} ${source}`,
      );
    }
  }
});

function keySource(text: string): KeySource {
  assert.ok(
    text === "object" ||
      text === "provider" ||
      text === "environment" ||
      text === "headers" ||
      text === "query",
  );
  return text;
}

test("a refused credential is named, be it in a header, the query, or beside a key; and so is a key that was not sent", () => {
  const env = { OPENAI_API_KEY: "sk-hunter22-environment" };
  const base_url = "https://gateway.example/v1";
  const cf = new Map([["cf-aig-authorization", "Bearer hunter22"]]);
  const query = new Map([["subscription-key", "hunter22"]]);
  const notSent = 'api_key = "OPENAI_API_KEY"';
  const cases: [Partial<ProviderConfig>, string[], string[]][] = [
    [
      { headers: cf },
      ['the headers of the provider block ("cf-aig-authorization"): it is wrong', notSent],
      [],
    ],
    [{ query }, ['the query of the provider block or of its base URL ("subscription-key")', notSent], []],
    [
      { headers: cf, api_key: "sk-hunter22" },
      ['from the api_key of the provider block, or "cf-aig-authorization" of headers', "Check each"],
      [notSent],
    ],
    [
      { headers: cf, query },
      ['("cf-aig-authorization"), or "subscription-key" of query, is wrong', notSent],
      [],
    ],
    [{}, ["the environment variable OPENAI_API_KEY: it is wrong"], [notSent]],
    [{ api_key: "OPENAI_API_KEY", headers: cf }, ["the environment variable OPENAI_API_KEY, or"], [notSent]],
    [{ api_key: "none" }, ['refuses a request without a key, and "none"', "Set a key"], [notSent, "nowhere"]],
  ];
  for (const [given, says, saysNot] of cases) {
    const from = accessOf(configured({ base_url, ...given }, env));
    assert.ok(!Array.isArray(from));
    const { detail } = explained(error(failure("authentication", { status: 401 })), from);
    for (const text of says) assert.ok(detail.includes(text), `${text}: ${detail}`);
    for (const text of [...saysNot, "hunter22"]) assert.ok(!detail.includes(text), `${text}: ${detail}`);
  }
});

test("the API's own words, the status, the request ID, attempts and time stand at the end", () => {
  const api = {
    envelope: "error_object",
    message: "Slow down.",
    type: null,
    code: null,
    param: null,
  } as const;
  const { detail } = explained(error(failure("server_error", { status: 503, requestId: "req_1", api })));
  assert.ok(
    detail.endsWith("\n\nThe API said:\n  Slow down.\n\nStatus 503, request ID req_1, 3 attempts in 4.5 s"),
    detail,
  );
  const once = explained(error(failure("not_json", { status: 200, firstLine: "<html>" }), { attempts: 1 }));
  assert.ok(once.detail.endsWith("\n\nThe answer begins with:\n  <html>\n\nStatus 200"), once.detail);
  const nothing = explained(error(failure("refused", { systemCode: "ECONNREFUSED" }), { attempts: 1 }));
  assert.ok(nothing.detail.endsWith("(HTTPS_PROXY, NO_PROXY)."), nothing.detail);
  assert.match(nothing.detail, /\(ECONNREFUSED\)/);
});

test("an answer that was too long for the operation's time is not called missing", () => {
  const { summary, detail } = explained(error(failure("operation_timeout", { answered: true })));
  assert.equal(summary, "Read not finished in time");
  assert.match(
    detail,
    /answered, but with so much that it was not read to its end within the time that this read may/,
  );
  assert.match(detail, /timeouts = \{/);
});

test("an operation that ran out of time before a connection stood says so, and names the proxy", () => {
  const late = failure("operation_timeout", { proxy: "http://proxy.example:3128" });
  const { detail } = explained(error(late, { attempts: 1, sent: false }));
  assert.match(
    detail,
    /^No connection to https:\/\/gateway\.example through the proxy http:\/\/proxy\.example:3128 was made, and the request was not sent, within the time that this read may take/,
  );
  // Not of one that waited for a rate limit, of one that was sent, or where a failure before says more.
  const last = failure("server_error", { status: 502 });
  for (const more of [
    { attempts: 0, sent: false },
    { attempts: 1, sent: true },
    { last, sent: false },
  ])
    assert.match(explained(error(late, more)).detail, /^https:\/\/gateway\.example\/api did not answer/);
});

test("an operation that ran out of time says how its last attempt ended", () => {
  const last = failure("server_error", { status: 502, requestId: "req_2", message: "bad gateway" });
  const { summary, detail } = explained(error(failure("operation_timeout"), { last }));
  assert.equal(summary, "Read not finished in time");
  assert.match(detail, /last attempt ended with: bad gateway\./);
  assert.match(detail, /\n\nStatus 502, request ID req_2/);
  const limited = explained(
    error(failure("operation_timeout"), { last: failure("rate_limit", { status: 429 }) }),
  );
  assert.equal(limited.summary, "Rate limit not lifted in time");
});

test("a wait that is longer than the time left is named, with time that is enough for it", () => {
  const of = (kind: ErrorKind, waitMs: number) =>
    explained(error(failure(kind, { waitMs }), { attempts: 1, last: failure("server_error") })).detail;
  const cases: [number, string, RegExp][] = [
    [120_000, "2 minutes", /read = "15m"/],
    [7_200_000, "2 hours", /read = "130m"/],
    [7 * 86_400_000, "7 days", /Run Terraform again after that wait/],
  ];
  for (const [waitMs, words, remedy] of cases) {
    assert.match(
      of("rate_limit", waitMs),
      new RegExp(`wait for it \\(${words}\\) is longer than what is left`),
    );
    assert.match(of("operation_timeout", waitMs), new RegExp(`asks to wait ${words} before another attempt`));
    for (const kind of ["rate_limit", "operation_timeout"] as const) assert.match(of(kind, waitMs), remedy);
  }
});

test("attempts are counted in words that fit one", () => {
  assert.match(explained(error(failure("server_error"), { attempts: 1 })).detail, /last of 1 attempt\./);
  assert.match(explained(error(failure("attempt_timeout"), { attempts: 1 })).detail, /: 1 attempt in 4\.5 s/);
});

test("a completion that was waited for says so, and whose key saw nothing", () => {
  const { detail } = explained(error(failure("not_found")), access("object"), 30_000);
  assert.match(detail, /"chatcmpl-x", also after waiting 30 seconds\./);
  assert.match(detail, /The key is that of this data source\./);
  assert.doesNotMatch(explained(error(failure("not_found"))).detail, /waiting/);
});

test("the hint at a wrong URL fits the URL", () => {
  const hint = (base: string) => explained(error(failure("wrong_url")), access("provider", base)).detail;
  assert.match(
    hint("https://api.openai.com"),
    /needs? the version at its end: https:\/\/api\.openai\.com\/v1/,
  );
  assert.match(hint("https://gateway.example/v1"), /Is the path right/);
  assert.match(hint("https://x.openai.azure.com/openai/v1"), /Is the path right/);
});

test("an ID of the practitioner's is quoted, so that it cannot pass for our own words", () => {
  const evil = 'x"\u001b[31m';
  const { detail } = explain(error(failure("not_found")), {
    access: access(),
    topic: topicOf(completion.declaration),
    id: evil,
    waitMs: 0,
  });
  assert.ok(detail.includes(JSON.stringify(evil)));
  assert.doesNotMatch(detail, /[^\P{Cc}\n]/u);
});
