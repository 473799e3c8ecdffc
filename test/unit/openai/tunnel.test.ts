import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createSecureServer } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { selfSigned } from "../../support/openai-server/certificate.ts";
import { startProxy } from "../../support/proxy.ts";
import { startSocksServer } from "../../support/socks-server.ts";
import { client, failing, get, http, listen, post, QuickClock, replies } from "./support.ts";

const api = selfSigned({ names: ["api.example"], addresses: ["192.0.2.1"] });
const ofProxy = selfSigned({ names: ["proxy.example"], addresses: ["127.0.0.1"] });
const elsewhere = selfSigned({ names: ["elsewhere.example"], addresses: ["192.0.2.9"] });
const folder = mkdtempSync(join(tmpdir(), "tunnel-"));
const SSL_CERT_FILE = join(folder, "ca.pem");
before(() => writeFileSync(SSL_CERT_FILE, [api, ofProxy, elsewhere].map(({ cert }) => cert).join("")));
after(() => rmSync(folder, { recursive: true }));

const json = '{"id":"a"}';

function secureApi(t: TestContext): Promise<number> {
  return listen(
    t,
    createSecureServer({ ...api }, (_, response) => void response.end(json)),
  );
}

async function through<Proxy extends { close(): Promise<void> }>(t: TestContext, proxy: Promise<Proxy>) {
  const started = await proxy;
  t.after(() => started.close());
  return started;
}

describe("user and password of a proxy", () => {
  const cases: readonly (readonly [userinfo: string, credentials: string])[] = [
    ["token", "token:"],
    ["token:", "token:"],
    [":pw", ":pw"],
    ["me:100%", "me:100%"],
    ["DOMAIN\\me:p%40ss", "DOMAIN\\me:p@ss"],
  ];
  for (const [userinfo, credentials] of cases) {
    it(`are sent for ${userinfo}, to a tunnel and with a plain request`, async (t) => {
      const secure = await through(t, startProxy({ to: await secureApi(t), credentials }));
      const plain = await through(
        t,
        startProxy({ to: await http(t, (_, response) => void response.end(json)), credentials }),
      );
      const env = {
        SSL_CERT_FILE,
        HTTPS_PROXY: `http://${userinfo}@127.0.0.1:${secure.port}/path`,
        HTTP_PROXY: `http://${userinfo}@127.0.0.1:${plain.port}`,
      };
      for (const base of ["https://api.example/v1", "http://api.example/v1"])
        assert.equal((await client(t, base, { env }).send(get("a"))).text, json);
      const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
      assert.deepEqual(
        [...secure.requests, ...plain.requests],
        [
          { method: "CONNECT", target: "api.example:443", authorization },
          { method: "GET", target: "http://api.example/v1/chat/completions/a", authorization },
        ],
      );
    });
  }

  it("that a plain request lacks are a refusal of the proxy's: not sent on, not paid, not repeated", async (t) => {
    const proxy = await through(t, startProxy({ to: 1, credentials: "me:secret" }));
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const error = await failing(client(t, "http://api.example/v1", { env }).send(post(new Map())));
    assert.deepEqual([error.kind, error.status, error.sent, error.attempts], ["proxy", 407, false, 1]);
    assert.equal(error.message, "the proxy asks for a user name and password");
    assert.equal(error.failure.proxy, env.HTTP_PROXY);
  });

  it("are not asked for by an API that answers 407 itself", async (t) => {
    const server = await replies(t, (response) => void response.writeHead(407).end());
    const error = await failing(client(t, server.base).send(get("a")));
    assert.deepEqual([error.kind, error.status, error.sent], ["bad_request", 407, true]);
  });
});

describe("an https proxy", () => {
  it("by its address makes tunnels and takes plain requests, and its certificate is checked", async (t) => {
    const secure = await through(t, startProxy({ to: await secureApi(t), tls: ofProxy }));
    const plain = await through(
      t,
      startProxy({ to: await http(t, (_, response) => void response.end(json)), tls: ofProxy }),
    );
    const env = {
      SSL_CERT_FILE,
      HTTPS_PROXY: `https://127.0.0.1:${secure.port}`,
      HTTP_PROXY: `https://127.0.0.1:${plain.port}`,
    };
    for (const base of ["https://api.example/v1", "https://192.0.2.1/v1", "http://api.example/v1"]) {
      const openai = client(t, base, { env });
      for (const id of ["a", "b"]) assert.equal((await openai.send(get(id))).text, json);
    }
    assert.deepEqual(
      secure.requests.map(({ target }) => target),
      ["api.example:443", "192.0.2.1:443"],
    );
    assert.equal(plain.requests.length, 2);
  });

  it("whose certificate is not valid is a failure of the proxy, and not repeated", async (t) => {
    const wrong = await through(t, startProxy({ to: 1, tls: elsewhere }));
    const env = { HTTPS_PROXY: `https://127.0.0.1:${wrong.port}` };
    const openai = client(t, "https://api.example/v1", { env: { ...env, SSL_CERT_FILE } });
    const error = await failing(openai.send(post(new Map())));
    assert.deepEqual([error.kind, error.sent, error.attempts], ["proxy", false, 1]);
    assert.match(error.message, /secure connection to the proxy .*for another name/);
    const unknown = await failing(client(t, "https://api.example/v1", { env }).send(get("a")));
    assert.deepEqual([unknown.kind, unknown.attempts], ["proxy", 1]);
    assert.match(unknown.message, /secure connection to the proxy .*self-signed/);
  });

  it("that does not speak TLS is a failure of the proxy", async (t) => {
    const proxy = await through(t, startProxy({ to: 1 }));
    const env = { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` };
    const error = await failing(client(t, "https://api.example/v1", { env }).send(get("a")));
    assert.deepEqual([error.kind, error.sent, error.attempts], ["proxy", false, 1]);
  });
});

describe("a SOCKS proxy", () => {
  for (const [variable, scheme] of [
    ["HTTPS_PROXY", "socks5"],
    ["ALL_PROXY", "socks5h"],
    ["all_proxy", "socks5"],
  ] as const) {
    it(`of ${variable}=${scheme}:// looks names up itself, and sees neither key nor path`, async (t) => {
      const proxy = await through(t, startSocksServer({ to: await secureApi(t) }));
      const env = { SSL_CERT_FILE, [variable]: `${scheme}://127.0.0.1:${proxy.port}` };
      const openai = client(t, "https://api.example/v1", { env });
      for (const id of ["a", "b"]) assert.equal((await openai.send(get(id))).text, json);
      assert.deepEqual(proxy.requests, ["api.example 443"]);
    });
  }

  it("gets user and password, and addresses as such", async (t) => {
    const port = await http(t, (_, response) => void response.end(json));
    const proxy = await through(t, startSocksServer({ to: port, credentials: "me:p@ss" }));
    const env = { HTTP_PROXY: `socks5://me:p%40ss@127.0.0.1:${proxy.port}` };
    for (const host of ["gateway.example", "192.0.2.7:81", "[2001:db8::1:0:2]", "[::ffff:c000:201]"])
      assert.equal((await client(t, `http://${host}`, { env }).send(get("a"))).text, json);
    assert.deepEqual(proxy.requests, [
      "me:p@ss@gateway.example 80",
      "me:p@ss@IPv4 c0000207 81",
      "me:p@ss@IPv6 20010db8000000000000000100000002 80",
      "me:p@ss@IPv6 00000000000000000000ffffc0000201 80",
    ]);
  });

  const failure = async (t: TestContext, userinfo: string, port: number) => {
    const clock = new QuickClock();
    const env = { HTTP_PROXY: `socks5://${userinfo}127.0.0.1:${port}` };
    const openai = client(t, "http://api.example", { env, clock, maxRetries: 1 });
    const error = await failing(openai.send(post(new Map())));
    assert.deepEqual([error.kind, error.sent], ["proxy", false]);
    assert.doesNotMatch(JSON.stringify(error), /secret/);
    return [error.message, error.attempts];
  };

  it("that wants credentials, or others, says so and is asked once", async (t) => {
    const proxy = await through(t, startSocksServer({ to: 1, credentials: "me:pw" }));
    assert.deepEqual(await failure(t, "", proxy.port), [
      "the SOCKS proxy asks for a user name and password",
      1,
    ]);
    assert.deepEqual(await failure(t, "me:secret@", proxy.port), [
      "the SOCKS proxy does not accept the user name and password",
      1,
    ]);
    assert.deepEqual(await failure(t, `me:${"secret".repeat(50)}@`, proxy.port), [
      "the user name or password is longer than SOCKS allows",
      1,
    ]);
  });

  for (const [reply, message, attempts] of [
    [1, "the SOCKS proxy failed", 2],
    [2, "the SOCKS proxy's rules do not allow the connection", 1],
    [4, "the SOCKS proxy cannot reach the host", 2],
    [5, "the host refuses the SOCKS proxy's connection", 2],
    [200, "the SOCKS proxy refused to connect", 1],
  ] as const) {
    it(`that replies ${reply} is reported in words, and asked ${attempts === 1 ? "once" : "again"}`, async (t) => {
      const proxy = await through(t, startSocksServer({ to: 1, reply }));
      assert.deepEqual(await failure(t, "", proxy.port), [message, attempts]);
    });
  }

  it("that is none says so", async (t) => {
    const other = createServer((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert.deepEqual(await failure(t, "", await listen(t, other)), [
      "what answers at the proxy's port does not speak SOCKS 5",
      1,
    ]);
  });
});
