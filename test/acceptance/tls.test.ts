import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, it, type TestContext } from "node:test";
import { type Arguments, through } from "../support/configurations.ts";
import { assertError, failingApply } from "../support/diagnostics.ts";
import { type Certificate, selfSigned } from "../support/openai-server/certificate.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

const hour = 3_600_000;
/** Each is its own authority; the names differ, so that none is taken for another's issuer. */
const certificates = {
  good: selfSigned({ names: ["good.test"] }),
  expired: selfSigned({ names: ["expired.test"], notAfter: new Date(Date.now() - hour / 2) }),
  future: selfSigned({ names: ["future.test"], notBefore: new Date(Date.now() + hour / 2) }),
  name: selfSigned({ names: ["elsewhere.test"], addresses: ["192.0.2.1"] }),
  stranger: selfSigned({ names: ["stranger.test"] }),
} satisfies Record<string, Certificate>;

const servers = new Map<string, OpenAIServer>();
before(async () => {
  for (const [name, tls] of Object.entries(certificates)) servers.set(name, await startOpenAIServer({ tls }));
  servers.set("plain", await startOpenAIServer());
});
after(() => Promise.all([...servers.values()].map((server) => server.close())));

function server(name: string): OpenAIServer {
  const found = servers.get(name);
  assert.ok(found);
  return found;
}

function reading(...names: readonly string[]): string {
  return names
    .map((name) => {
      const url = server(name).url.replace(/^http:/, "https:");
      const values: Arguments = { api_key: "sk-tls", base_url: url, max_retries: 0 };
      return through(name, values);
    })
    .join("");
}

/** A workspace with a file of certificates, whose path is given to `env`. */
function trusting(
  test: TestContext,
  trusted: readonly (keyof typeof certificates)[],
  env: (file: string, folder: string) => Record<string, string>,
): Workspace {
  const places: Record<string, string> = {};
  const work = new Workspace(test, places);
  work.write("trust/ca.pem", trusted.map((name) => certificates[name].cert).join("\n"));
  Object.assign(places, env(join(work.folder, "trust/ca.pem"), join(work.folder, "trust")));
  return work;
}

it("a certificate that cannot be trusted is an error that names the origin and says why", async (test) => {
  const work = trusting(test, ["good", "expired", "future", "name"], (file) => ({ SSL_CERT_FILE: file }));
  const errors = await failingApply(work, reading("good", "expired", "future", "name", "stranger", "plain"));

  const title = "TLS failure";
  const rows = {
    expired: ["has expired", "CERT_HAS_EXPIRED", "Renew it", "clock"],
    future: ["not valid yet", "CERT_NOT_YET_VALID", "clock"],
    name: ["for another host name", "ERR_TLS_CERT_ALTNAME_INVALID", "Use the name", "base_url"],
    stranger: ["authority that is not trusted", "SELF_SIGNED", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"],
    plain: ["No secure connection", "does not speak TLS", "http://", "allow_http"],
  };
  assert.equal(errors.get("good"), undefined, "the certificate in SSL_CERT_FILE is trusted");
  for (const [name, says] of Object.entries(rows)) {
    const origin = server(name).origin.replace(/^http:/, "https:");
    await test.test(name, () => assertError(errors.get(name), { title, says: [origin, ...says] }));
  }
});

it("without a variable the certificate of an own authority is not trusted, whatever Node's own settings say", async (test) => {
  const env = { SSL_CERT_FILE: "", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
  const before = server("good").requests.length;
  const errors = await failingApply(new Workspace(test, env), reading("good"));
  assert.equal(server("good").requests.length, before);
  assertError(errors.get("good"), { title: "TLS failure", says: ["authority that is not trusted"] });
});

for (const [variable, env] of Object.entries({
  SSL_CERT_DIR: (_: string, folder: string) => ({ SSL_CERT_DIR: `/nowhere:${folder}` }),
  NODE_EXTRA_CA_CERTS: (file: string) => ({ NODE_EXTRA_CA_CERTS: file }),
})) {
  it(`certificates in ${variable} are trusted`, async (test) => {
    const before = server("good").requests.length;
    const work = trusting(test, ["good"], env).write("main.tf", reading("good"));
    await work.ok("plan");
    assert.equal(server("good").requests.length, before + 1);
  });
}
