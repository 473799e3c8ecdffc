import assert from "node:assert/strict";
import { it, type TestContext } from "node:test";
import { type Arguments, through } from "../support/configurations.ts";
import { assertError, failingApply } from "../support/diagnostics.ts";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type ForwardProxy, startProxy } from "../support/proxy.ts";
import { Workspace } from "../support/terraform.ts";

const certificate = selfSigned({ names: ["api.openai.test"] });
const secure = reading("secure", "https://api.openai.test/v1");
const plain = reading("plain", "http://gateway.test/v1");

function reading(name: string, baseUrl: string): string {
  const values: Arguments = { api_key: "sk-proxy", base_url: baseUrl, allow_http: true, max_retries: 0 };
  return through(name, values);
}

/** A server, https or not, and a proxy that leads every name to it. */
async function behindProxy(
  test: TestContext,
  options: { readonly tls?: boolean; readonly credentials?: string } = {},
): Promise<{ server: OpenAIServer; proxy: ForwardProxy }> {
  const server = await startOpenAIServer(options.tls === true ? { tls: certificate } : {});
  const { credentials } = options;
  const proxy = await startProxy({ to: server.port, ...(credentials === undefined ? {} : { credentials }) });
  test.after(() => Promise.all([proxy.close(), server.close()]));
  return { server, proxy };
}

/** A workspace that trusts the certificate. */
function workspace(test: TestContext, config: string, env: Readonly<Record<string, string>>): Workspace {
  const all: Record<string, string> = { ...env };
  const work = new Workspace(test, all).write("ca.pem", certificate.cert).write("main.tf", config);
  all.SSL_CERT_FILE = `${work.folder}/ca.pem`;
  return work;
}

for (const name of ["HTTPS_PROXY", "https_proxy"]) {
  it(`https goes through a tunnel of ${name}, which sees neither key nor path`, async (test) => {
    const { proxy, server } = await behindProxy(test, { tls: true });
    await workspace(test, secure, { [name]: `http://127.0.0.1:${proxy.port}` }).ok("plan");
    assert.deepEqual(proxy.requests, [
      { method: "CONNECT", target: "api.openai.test:443", authorization: undefined },
    ]);
    assert.deepEqual(
      server.requests.map((request) => [request.path, request.key]),
      [["/v1/chat/completions/chatcmpl-abc123", "sk-proxy"]],
    );
  });
}

for (const name of ["HTTP_PROXY", "http_proxy"]) {
  it(`http goes through ${name} as a whole, with the proxy's user and password`, async (test) => {
    const { proxy, server } = await behindProxy(test, { credentials: "user:p@ss" });
    await workspace(test, plain, { [name]: `user:p%40ss@127.0.0.1:${proxy.port}` }).ok("plan");
    assert.deepEqual(
      proxy.requests.map(({ method, target }) => [method, target]),
      [["GET", "http://gateway.test/v1/chat/completions/chatcmpl-abc123"]],
    );
    assert.equal(
      server.requests[0]?.headers["proxy-authorization"] ?? "not passed on by this proxy",
      basic("user:p@ss"),
    );
  });
}

for (const name of ["NO_PROXY", "no_proxy"]) {
  it(`hosts in ${name}, and this machine, are asked directly`, async (test) => {
    const { proxy, server } = await behindProxy(test);
    const url = `http://127.0.0.1:${proxy.port}`;
    const work = workspace(test, "", {
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      [name]: "other.test, .openai.test,gateway.test:80",
    });
    const errors = await failingApply(work, secure + plain + reading("local", server.url));
    for (const direct of ["secure", "plain"]) {
      assertError(errors.get(direct), { title: "Host not found", says: ["cannot be resolved"] });
    }
    assert.equal(errors.get("local"), undefined);
    assert.deepEqual([proxy.requests.length, server.requests.length], [0, 1]);
  });
}

it("a proxy that fails is an error that names it without its password, and says which variable to correct", async (test) => {
  const { proxy } = await behindProxy(test, { tls: true, credentials: "user:password" });
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      `http://user:wr0ng-secret@127.0.0.1:${proxy.port}`,
      [`http://127.0.0.1:${proxy.port}`, "asks for a user name and password"],
    ],
    ["http://user:wr0ng-secret@127.0.0.1:1", ["http://127.0.0.1:1", "refused"]],
    ["ftp://user:wr0ng-secret@proxy.test", ["HTTPS_PROXY does not hold the URL of a proxy"]],
  ];
  for (const [url, says] of cases) {
    await test.test(says.at(-1), async (one) => {
      const errors = await failingApply(workspace(one, "", { HTTPS_PROXY: url }), secure);
      assertError(errors.get("secure"), {
        title: "Proxy failed",
        says: ["https://api.openai.test", "HTTPS_PROXY", "NO_PROXY", ...says],
      });
      assert.doesNotMatch(JSON.stringify([...errors]), /wr0ng|secret/);
    });
  }
});

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}
