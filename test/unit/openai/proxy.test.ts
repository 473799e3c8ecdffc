import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { type Environment, proxyFor } from "../../../src/openai/proxy.ts";
import { client, failing, get, listen, ok, replies } from "./support.ts";

function chosen(origin: string, env: Environment): string | undefined {
  const choice = proxyFor(new URL(origin), env);
  if (choice === undefined) return undefined;
  return "proxy" in choice ? `${choice.proxy.origin}/` : `invalid ${choice.invalid}`;
}

const proxy = { HTTPS_PROXY: "http://p.example:3128", HTTP_PROXY: "http://q.example:3128" };

describe("the proxy for an origin", () => {
  it("comes from the variable of the scheme, upper case first, either case", () => {
    assert.equal(chosen("https://api.example", proxy), "http://p.example:3128/");
    assert.equal(chosen("http://api.example", proxy), "http://q.example:3128/");
    assert.equal(
      chosen("https://api.example", { https_proxy: "low.example:1", HTTP_PROXY: "http://q" }),
      "http://low.example:1/",
    );
    assert.equal(
      chosen("https://api.example", { HTTPS_PROXY: "up.example", https_proxy: "low.example" }),
      "http://up.example/",
    );
    assert.equal(
      chosen("https://api.example", { HTTPS_PROXY: "", https_proxy: "low.example" }),
      "http://low.example/",
    );
    assert.equal(chosen("https://api.example", { HTTP_PROXY: "http://q" }), undefined);
  });

  it("comes from ALL_PROXY, either case, where the scheme has no variable of its own", () => {
    const all = { ALL_PROXY: "socks5h://a.example", all_proxy: "http://low.example" };
    assert.equal(chosen("https://api.example", all), "socks5h://a.example/");
    assert.equal(chosen("http://api.example", { ...all, https_proxy: "h" }), "socks5h://a.example/");
    assert.equal(chosen("https://api.example", { ...all, https_proxy: "h" }), "http://h/");
    assert.equal(chosen("https://api.example", { ...all, ALL_PROXY: "" }), "http://low.example/");
    assert.equal(chosen("https://api.example", { ...all, NO_PROXY: "api.example" }), undefined);
    assert.equal(chosen("https://api.example", { ALL_PROXY: "socks4://a" }), "invalid ALL_PROXY");
  });

  it("is none for loopback", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
      assert.equal(chosen(`https://${host}:8443`, proxy), undefined, host);
    }
  });

  it("is named invalid without its value where it is no URL of a proxy", () => {
    assert.equal(
      chosen("https://api.example", { HTTPS_PROXY: "http://user:secret@:x" }),
      "invalid HTTPS_PROXY",
    );
    assert.equal(
      chosen("https://api.example", { HTTPS_PROXY: "ftp://user:secret@h" }),
      "invalid HTTPS_PROXY",
    );
  });

  const direct = (origin: string, list: string) => chosen(origin, { ...proxy, NO_PROXY: list }) === undefined;
  const cases: [string, string, boolean][] = [
    ["https://api.example", "*", true],
    ["https://api.example", "other.example, api.example", true],
    ["https://sub.api.example", "api.example", true],
    ["https://xapi.example", "api.example", false],
    ["https://api.example", ".example", true],
    ["https://example", ".example", false],
    ["https://sub.example", "*.example", true],
    ["https://API.example", "Api.Example", true],
    ["https://api.example", "api.example:443", true],
    ["https://api.example:8443", "api.example:443", false],
    ["https://api.example:8443", "api.example:8443", true],
    ["https://10.1.2.3", "10.0.0.0/8", true],
    ["https://11.1.2.3", "10.0.0.0/8", false],
    ["https://10.1.2.3", "10.1.2.3", true],
    ["https://10.1.2.3:99", "10.1.2.3:98", false],
    ["https://110.1.2.3", "10.1.2.3", false],
    ["https://[fd00::1]", "fd00::/8", true],
    ["https://[fd00::1]", "fd00::1", true],
    ["https://[fd00::1]:9", "[fd00::1]:9", true],
    ["https://[fd00::1]", "10.0.0.0/8,nonsense/x,", false],
    ["https://api.example", "", false],
  ];
  for (const [origin, list, expected] of cases) {
    it(`is ${expected ? "none" : "used"} for ${origin} with NO_PROXY ${JSON.stringify(list)}`, () => {
      assert.equal(direct(origin, list), expected);
      assert.equal(chosen(origin, { ...proxy, no_proxy: list }) === undefined, expected);
    });
  }
});

/** A proxy that sends everything to one port of this machine, whatever was asked for. */
async function proxyServer(t: Parameters<typeof listen>[0], target: number, auth?: string) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"] ?? "-"}`);
    if (auth !== undefined && request.headers["proxy-authorization"] !== auth) response.writeHead(407).end();
    else response.end('{"via":"proxy"}');
  });
  server.on("connect", (request, socket) => {
    seen.push(`CONNECT ${request.url} ${request.headers["proxy-authorization"] ?? "-"}`);
    if (auth !== undefined && request.headers["proxy-authorization"] !== auth)
      return void socket.end("HTTP/1.1 407 No\r\n\r\n");
    if (target === 0) return void socket.end("HTTP/1.1 503 No\r\n\r\n");
    const out = connect(target, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(out).pipe(socket);
    });
    out.on("error", () => socket.destroy());
    socket.on("error", () => out.destroy());
    return undefined;
  });
  return { seen, port: await listen(t, server) };
}

describe("a request through a proxy", () => {
  it("to http goes to the proxy whole, with its user and password", async (t) => {
    const via = await proxyServer(t, 0);
    const env = { HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${via.port}` };
    const response = await client(t, "http://api.example/v1", { env }).send(get("a"));
    assert.equal(response.body.get("via"), "proxy");
    const auth = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    assert.deepEqual(via.seen, [`GET http://api.example/v1/chat/completions/a ${auth}`]);
  });

  it("to https asks the proxy for a tunnel, and its refusals are distinguished", async (t) => {
    const strict = await proxyServer(t, 0, "Basic x");
    const error = async (port: number) => {
      const env = { HTTPS_PROXY: `http://me:secret@127.0.0.1:${port}` };
      return failing(client(t, "https://api.example/v1", { env, maxRetries: 1 }).send(get("a")));
    };
    const first = await error(strict.port);
    assert.deepEqual([first.kind, first.status, first.attempts], ["proxy", 407, 1]);
    assert.equal(first.failure.proxy, `http://127.0.0.1:${strict.port}`);
    assert.match(strict.seen[0] ?? "", /^CONNECT api\.example:443 Basic /);
    const broken = await proxyServer(t, 0);
    const second = await error(broken.port);
    assert.deepEqual([second.kind, second.status, second.attempts], ["proxy", 503, 2]);
    const refused = await error(1);
    assert.deepEqual(
      [refused.kind, refused.failure.proxy, refused.attempts],
      ["refused", "http://127.0.0.1:1", 2],
    );
    assert.doesNotMatch(JSON.stringify([first, second, refused]), /secret|me:/);
  });

  it("is not made for loopback", async (t) => {
    const via = await proxyServer(t, 0);
    const server = await replies(t, ok);
    await client(t, server.base, {
      env: { HTTP_PROXY: `http://127.0.0.1:${via.port}` },
    }).send(get("a"));
    assert.deepEqual([server.seen.length, via.seen.length], [1, 0]);
  });

  it("names a variable that holds no proxy, not its value", async (t) => {
    const env = { HTTPS_PROXY: "gopher://me:secret@h" };
    const error = await failing(client(t, "https://api.example/v1", { env }).send(get("a")));
    assert.deepEqual([error.kind, error.attempts], ["proxy", 1]);
    assert.match(error.message, /HTTPS_PROXY.*accepted are http:\/\/, https:\/\/, socks5:\/\/ and socks5h:/);
    assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
  });
});
