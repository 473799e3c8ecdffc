import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import {
  baseUrlDetail,
  givenUrl,
  givenUrlParagraph,
  headersValidator,
  headerValue,
  isRetryCount,
  pathSegmentValidator,
  queryValidator,
  retryCount,
} from "../../../src/provider/http-validators.ts";

test("any text but dots, slashes and control characters is an ID", () => {
  const { validate } = pathSegmentValidator();
  for (const id of ["chatcmpl-abc123", "ab c?d#e%", "...", "gw:eu:2026", "чат", "😀", "a..b"]) {
    assert.equal(validate(id), undefined, id);
  }
  for (const id of [".", "..", "..;", "..;x=y"]) assert.match(validate(id)?.detail ?? "", /only dots/);
  for (const id of ["a/b", "../x", "a\\b", "a%2fb"]) {
    const problem = validate(id);
    assert.match(problem?.detail ?? "", /slash or a backslash.*URL or a path\?/, id);
    assert.equal(problem?.given, JSON.stringify(id));
  }
  for (const id of ["a\n", "\u0000", "a\u007fb", "a\u0085", "\ud83d"]) {
    const problem = validate(id);
    assert.match(problem?.detail ?? "", /control character.*trimspace\(\)/, JSON.stringify(id));
    assert.ok(problem?.given?.startsWith('"'));
  }
  assert.equal(validate(" "), undefined, "a blank ID is another validator's business, which says so once");
});

test("a key that no header can carry is refused with a remedy", () => {
  const { validate } = headerValue();
  for (const value of ["sk-abc", "org-ü", "a b"]) assert.equal(validate(value), undefined, value);
  for (const value of ["sk-abc\n", "\tsk-abc", "sk abc ", "a\r\nX: y", "ключ", "a\u0000"]) {
    assert.match(validate(value)?.detail ?? "", /HTTP header.*trimspace\(\)/, JSON.stringify(value));
  }
});

test("base URLs are refused with what is accepted", () => {
  const reasons = ["blank", "not_absolute", "scheme", "host", "port", "userinfo", "fragment"] as const;
  for (const reason of reasons)
    assert.match(baseUrlDetail(reason), /"https:\/\/api\.openai\.com\/v1"\.$/, reason);
  assert.match(baseUrlDetail("http"), /allow_http = true/);
});

test("of a refused URL the host is shown, and nothing where it may be part of a password", () => {
  const shown: [string, string][] = [
    ["https://user:pw@a.example/x?key=1#f", "https://a.example/…"],
    ["https://user:p@w@a.example", "https://a.example/…"],
    ["http://a.example:8080/token/v1", "http://a.example/…"],
    [" HTTPS://A.example ", "https://a.example/…"],
    ["https://sk-proj-abcdef", "https://[redacted]"],
  ];
  for (const [given, host] of shown) assert.equal(givenUrl(given), JSON.stringify(host), given);
  const hidden = [
    "https:user:pw@a.example/v1",
    "user:pw@a.example/v1",
    "https://user:pw/more@a.example/v1",
    "https://user:12/pw@a.example/v1",
    "https://user:12#pw@a.example",
    "https://user:12?pw@a.example",
    "https://user:12\\pw@a.example",
    "a.example?key=1\nmore",
    "sk-proj-abcdef",
    "https://",
    "data:text/plain,secret",
  ];
  for (const given of hidden) assert.equal(givenUrl(given), undefined, given);
  assert.equal(givenUrlParagraph(" "), "");
  assert.equal(
    givenUrlParagraph("u:pw@h", " in X"),
    "The URL given in X is not shown: it may hold a secret.",
  );
  assert.equal(givenUrlParagraph("ftp://h/x"), 'Given: "ftp://h/…"');
});

test("headers must have names and values that HTTP allows, none of ours, and none twice", () => {
  const problem = (...headers: [string, string][]) => headersValidator().validate(new Map(headers));
  assert.equal(
    problem(["X-Team", "a"], ["Authorization", "b"], ["user-agent", "c"], ["api-key", ""]),
    undefined,
  );
  const cases: [[string, string][], RegExp][] = [
    [[["", "a"]], /no header name.*"X-Gateway-Token"/],
    [[["X Team", "a"]], /no header name/],
    [[["X-Team:", "a"]], /no header name/],
    [[["Content-Length", "1"]], /provider's own/],
    [[["openai-organization", "org"]], /there are arguments/],
    [[["X-Team", "hunter22\n"]], /line break.*trimspace\(\)/],
    [
      [
        ["X-Team", "a"],
        ["x-team", "b"],
      ],
      /there twice/,
    ],
  ];
  for (const [headers, detail] of cases) {
    const found = problem(...headers);
    assert.match(found?.detail ?? "", detail);
    assert.doesNotMatch(JSON.stringify(found), /hunter22/);
    assert.deepEqual(found?.at, [headers.at(-1)?.[0]]);
  }
});

test("headers that are not known yet are not judged", () => {
  const headers = new Map<string, string>([["X-Team", "a"]]);
  // The type says string: what Terraform sends may be unknown inside a known map.
  Reflect.apply(Map.prototype.set, headers, ["bad name", UNKNOWN]);
  assert.equal(headersValidator().validate(headers), undefined);
});

test("query parameters need a name", () => {
  const { validate } = queryValidator();
  assert.equal(validate(new Map([["api-version", ""]])), undefined);
  assert.match(validate(new Map([[" ", "a"]]))?.detail ?? "", /blank name.*api-version/);
});

test("retries are whole numbers from 0 to 20", () => {
  for (const count of [0, 4, 20])
    assert.ok(isRetryCount(count) && retryCount().validate(count) === undefined);
  for (const count of [-1, 21, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.ok(!isRetryCount(count), String(count));
    assert.deepEqual(retryCount().validate(count), {
      detail: "The number of retries must be from 0 to 20, for example 4.",
      given: String(count),
    });
  }
});
