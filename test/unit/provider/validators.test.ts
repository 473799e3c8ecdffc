import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import {
  baseUrlDetail,
  baseUrlValidator,
  givenUrl,
  headersValidator,
  headerValue,
  isRetryCount,
  pathSegmentValidator,
  queryValidator,
  retryCount,
} from "../../../src/provider/validators.ts";

test("any text but dots and control characters is an ID", () => {
  const { validate } = pathSegmentValidator();
  for (const id of ["chatcmpl-abc123", "a/b c?d#e%", "...", "gw:eu/2026", "чат", "😀", "a..b"]) {
    assert.equal(validate(id), undefined, id);
  }
  for (const id of [".", ".."]) assert.match(validate(id)?.detail ?? "", /only dots/);
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
  const { validate } = baseUrlValidator();
  for (const url of ["https://a.example", "http://a.example", "https://[::1]:8080/v1?x=y"]) {
    assert.equal(validate(url), undefined, url);
  }
  for (const url of ["", "x", "a.example/v1", "file:///etc", "https://", "https://u:p@a.example"]) {
    assert.match(validate(url)?.detail ?? "", /"https:\/\/api\.openai\.com\/v1"\.$/, url);
  }
  assert.match(baseUrlDetail("http"), /allow_http = true/);
});

test("a URL is shown without what may be secret in it", () => {
  assert.equal(givenUrl("https://user:pw@a.example/x?key=1#f"), '"https://…@a.example/x?…"');
  assert.equal(givenUrl("https://a.example/@x"), '"https://a.example/@x"');
  assert.equal(givenUrl("a.example?key=1\nmore"), '"a.example?…"');
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
