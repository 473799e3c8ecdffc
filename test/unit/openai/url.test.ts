import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  hiddenParts,
  isLoopback,
  parseBaseUrl,
  pathSegment,
  requestTarget,
  shownPath,
  shownTarget,
} from "../../../src/openai/url.ts";

function accepted(text: string, allowHttp = false): string {
  const result = parseBaseUrl(text, { allowHttp });
  assert.ok(result.ok, JSON.stringify(result));
  return result.url.href;
}

describe("a base URL", () => {
  it("is accepted with slashes collapsed and its query kept", () => {
    assert.equal(accepted("https://api.openai.com/v1"), "https://api.openai.com/v1");
    assert.equal(accepted(" https://api.openai.com//v1// "), "https://api.openai.com/v1");
    assert.equal(
      accepted("https://h.example/openai/?api-version=2"),
      "https://h.example/openai?api-version=2",
    );
    assert.equal(accepted("https://h.example"), "https://h.example/");
    assert.equal(accepted("https://h.example:8443/"), "https://h.example:8443/");
  });

  it("may be http for loopback, and elsewhere where that is allowed", () => {
    for (const host of ["localhost:1", "127.0.0.1", "127.9.9.9", "[::1]:8000"]) accepted(`http://${host}/v1`);
    assert.equal(accepted("http://10.0.0.1:4000", true), "http://10.0.0.1:4000/");
    for (const host of [
      "10.0.0.1",
      "localhost.example.com",
      "127.0.0.1.example.com",
      "[::2]",
      "a.localhost",
      "localhost.",
    ]) {
      assert.deepEqual(parseBaseUrl(`http://${host}`), { ok: false, reason: "http" }, host);
    }
  });

  const refused: [string, string][] = [
    ["", "blank"],
    ["  ", "blank"],
    ["api.openai.com/v1", "not_absolute"],
    ["/v1", "not_absolute"],
    ["https:api.openai.com", "not_absolute"],
    ["ftp://h.example", "scheme"],
    ["https://user@h.example", "userinfo"],
    ["https://user:secret@h.example", "userinfo"],
    ["https://h.example/v1#x", "fragment"],
    ["https://h.example:0", "port"],
    ["https://h.example:99999", "port"],
    ["https://", "host"],
    ["https://h example", "characters"],
    ["https:\\\\h.example", "characters"],
    ["https://h.example/\u0000", "characters"],
  ];
  for (const [text, reason] of refused) {
    it(`is refused as ${reason}: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseBaseUrl(text), { ok: false, reason });
    });
  }

  it("knows loopback by any spelling URL gives", () => {
    for (const name of ["LOCALHOST", "127.0.0.1", "127.255.255.254", "[::1]", "::1"])
      assert.ok(isLoopback(name), name);
    // DNS may send these anywhere.
    for (const name of ["128.0.0.1", "x.localhost", "localhost.", "localhost.localhost", "1.127.0.0.1"])
      assert.ok(!isLoopback(name), name);
  });
});

describe("a path segment", () => {
  it("escapes everything that could leave the segment", () => {
    const escaped = (id: string) => {
      const result = pathSegment(id);
      assert.ok(result.ok);
      return result.segment;
    };
    assert.equal(escaped("chatcmpl-Az09._~"), "chatcmpl-Az09._~");
    assert.equal(escaped("ab?c#d%2e e%"), "ab%3Fc%23d%252e%20e%25");
    assert.equal(escaped("!$&'()*+,;=:@"), "!$&'()*+,;=:@");
    assert.equal(escaped('é[]"<>'), "%C3%A9%5B%5D%22%3C%3E");
    for (const id of ["..a", "...", "a..b", "a;b", "a..;"]) assert.equal(escaped(id), id);
  });

  it("refuses what no ID can be", () => {
    const reason = (id: string) => {
      const result = pathSegment(id);
      return result.ok ? "accepted" : result.reason;
    };
    assert.deepEqual(
      [reason(""), reason(" \t"), reason("."), reason("..")],
      ["blank", "blank", "dots", "dots"],
    );
    for (const id of ["..;", ".;", ";", "..;a=b", ";a", "%2e%2e", ".%2E", "%252e.", "%2e;"])
      assert.equal(reason(id), "dots", id);
    for (const id of [
      "../x",
      "a/b",
      "/",
      "a\\b",
      "..\\x",
      "a%2fb",
      "a%5Cb",
      "a%252Fb",
      "%2e%2e%2fx",
      "a%25255cb",
    ])
      assert.equal(reason(id), "slash", id);
    assert.equal(reason("a%0ab"), "characters");
    assert.deepEqual(
      [reason("a\nb"), reason("a\u007f"), reason("\ud800")],
      ["characters", "characters", "characters"],
    );
  });
});

describe("a request target", () => {
  it("joins base, segments and both queries", () => {
    const target = (base: string, query: [string, string][]) =>
      requestTarget(new URL(base), ["a", "b"], query);
    assert.equal(target("https://h.example", []), "/a/b");
    assert.equal(target("https://h.example/v1", [["metadata[k e]", "v&"]]), "/v1/a/b?metadata%5Bk+e%5D=v%26");
    assert.equal(
      target("https://h.example/o?api-version=1", [["after", "x"]]),
      "/o/a/b?api-version=1&after=x",
    );
  });
});

describe("a base URL's path, where it is shown", () => {
  const cases: [string, string, string[]][] = [
    ["https://h.example", "", []],
    ["https://h.example/v1", "/v1", []],
    ["https://h.example/OpenAI/v1beta", "/OpenAI/v1beta", []],
    ["https://h.example/tok-8f7a6b5c/v1", "/…/v1", ["tok-8f7a6b5c"]],
    ["https://h.example/hunter/openai/deployments/gpt", "/…/openai/deployments/…", ["hunter", "gpt"]],
    ["https://h.example/v1234567/v1", "/…/v1", ["v1234567"]],
    ["https://h.example/api/apikey%2Fx", "/api/…", ["apikey%2Fx"]],
  ];
  for (const [url, shown, hidden] of cases) {
    it(`is ${JSON.stringify(shown)} of ${url}`, () => {
      const base = new URL(url);
      assert.equal(shownPath(base), shown);
      assert.deepEqual(hiddenParts(base), hidden);
      const target = requestTarget(base, ["chat", "completions"], [["a", "b"]]);
      assert.equal(shownTarget(base, target), `${shown}/chat/completions`);
    });
  }
});
