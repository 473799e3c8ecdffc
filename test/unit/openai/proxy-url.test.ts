import assert from "node:assert/strict";
import { it } from "node:test";
import { basicAuthorization, parseProxy } from "../../../src/openai/proxy-url.ts";

/** The place and what is sent as Basic credentials; undefined where there is no proxy. */
function read(text: string): string | undefined {
  const proxy = parseProxy(text);
  if (proxy === undefined) return undefined;
  const { protocol, host, port } = proxy;
  const basic = basicAuthorization(proxy)?.replace(/^Basic /, "");
  const credentials = basic === undefined ? "none" : Buffer.from(basic, "base64").toString("latin1");
  return `${protocol} ${host} ${port} ${credentials}`;
}

const cases: readonly (readonly [string, string | undefined])[] = [
  ["proxy", "http: proxy 80 none"],
  ["proxy:3128", "http: proxy 3128 none"],
  [" http://proxy:3128/ ", "http: proxy 3128 none"],
  ["HTTPS://Proxy", "https: proxy 443 none"],
  ["https://proxy:80", "https: proxy 80 none"],
  ["http://[::1]:8080", "http: ::1 8080 none"],
  ["socks5://proxy", "socks5: proxy 1080 none"],
  ["socks5h://u:p@proxy:1", "socks5: proxy 1 u:p"],
  ["http://token@proxy", "http: proxy 80 token:"],
  ["http://token:@proxy", "http: proxy 80 token:"],
  ["http://:pw@proxy", "http: proxy 80 :pw"],
  ["http://:@proxy", "http: proxy 80 :"],
  ["http://@proxy", "http: proxy 80 none"],
  ["u:p@proxy:1", "http: proxy 1 u:p"],
  ["http://u:p%40s%3As@proxy", "http: proxy 80 u:p@s:s"],
  ["http://u:100%@proxy", "http: proxy 80 u:100%"],
  ["http://u:%zz%4@proxy", "http: proxy 80 u:%zz%4"],
  ["http://u:a@b@proxy", "http: proxy 80 u:a@b"],
  ["http://DOMAIN\\user:p\\w@proxy:1", "http: proxy 1 DOMAIN\\user:p\\w"],
  ["http://u:%ff%00@proxy", "http: proxy 80 u:\u00ff\u0000"],
  ["http://u:\u00fc@proxy", "http: proxy 80 u:\u00c3\u00bc"],
  ["http://u:p@proxy:1/path?query#fragment", "http: proxy 1 u:p"],
  ["http://proxy#fragment", "http: proxy 80 none"],
  // A password that ends before the @, at a place that curl and Go would take for a host.
  ["http://u:p#w@proxy:1", undefined],
  ["http://u:1#w@proxy:1", undefined],
  ["http://u:1/w@proxy:1", undefined],
  ["http://u:1?w@proxy:1", undefined],
  ["http://", undefined],
  ["http://u:p@", undefined],
  ["http://u:p@:1", undefined],
  ["http://proxy:x", undefined],
  ["http://proxy:0", undefined],
  ["http://proxy:99999", undefined],
  ["http://pro xy", undefined],
  ["http://proxy\\evil", undefined],
  ["ftp://proxy", undefined],
  ["socks4://proxy", undefined],
  ["__proto__://proxy", undefined],
  ["constructor://proxy", undefined],
  ["://proxy", undefined],
];

for (const [text, expected] of cases) {
  it(`${JSON.stringify(text)} is ${expected === undefined ? "no proxy" : JSON.stringify(expected)}`, () => {
    assert.equal(read(text), expected);
  });
}

it("what is shown of a proxy has no credentials", () => {
  assert.equal(parseProxy("http://user:secret@proxy:3128/secret")?.origin, "http://proxy:3128");
  assert.equal(parseProxy("socks5h://user:secret@[::1]")?.origin, "socks5h://[::1]");
});
