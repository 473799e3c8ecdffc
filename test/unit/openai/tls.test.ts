import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import type { ErrorKind } from "../../../src/openai/index.ts";
import type { Environment } from "../../../src/openai/proxy.ts";
import { client, failing, get, listen, ok, rawTcp } from "./support.ts";

const skip = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not installed";

describe("https", { skip }, () => {
  let folder = "";
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "openai-tls-"));
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl(
      "req",
      "-x509",
      ...curve,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "2",
      "-subj",
      "/CN=test authority",
    );
    for (const [name, names, start, end] of [
      ["good", "IP:127.0.0.1,DNS:localhost", "20200101000000Z", "20991231235959Z"],
      ["wrong", "DNS:elsewhere.example", "20200101000000Z", "20991231235959Z"],
      ["expired", "IP:127.0.0.1", "20200101000000Z", "20200102000000Z"],
    ] as const) {
      writeFileSync(file(`${name}.cnf`), caConfig(names));
      writeFileSync(file("index.txt"), "");
      writeFileSync(file("serial"), "01\n");
      openssl(
        "req",
        "-new",
        ...curve,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.csr`,
        "-subj",
        `/CN=${name}`,
      );
      const dates = ["-startdate", start, "-enddate", end];
      openssl(
        "ca",
        "-batch",
        "-notext",
        "-config",
        `${name}.cnf`,
        ...dates,
        "-in",
        `${name}.csr`,
        "-out",
        `${name}.pem`,
      );
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function caConfig(names: string): string {
    return `[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key
default_md=sha256\npolicy=p\nx509_extensions=x\nunique_subject=no\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=${names}\n`;
  }

  async function serve(t: TestContext, name: string): Promise<string> {
    const server = createHttps(
      { key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.pem`)) },
      (request, response) => ok(response, request),
    );
    return `https://127.0.0.1:${await listen(t, server)}/v1`;
  }

  for (const variable of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`takes an authority from ${variable}`, async (t) => {
      const response = await client(t, await serve(t, "good"), {
        env: { [variable]: file("ca.pem") },
      }).send(get("a"));
      assert.equal(response.status, 200);
    });
  }

  it("takes authorities from SSL_CERT_DIR, with other files among them", async (t) => {
    const response = await client(t, await serve(t, "good"), {
      env: { SSL_CERT_DIR: `/nowhere:${folder}` },
    }).send(get("a"));
    assert.equal(response.status, 200);
  });

  it("reports what is wrong with a certificate, and does not try again", async (t) => {
    const trusted: Environment = { SSL_CERT_FILE: file("ca.pem") };
    const cases: [string, Environment, ErrorKind][] = [
      ["good", {}, "tls_unknown_authority"],
      ["wrong", trusted, "tls_wrong_name"],
      ["expired", trusted, "tls_expired"],
    ];
    for (const [name, env, kind] of cases) {
      const error = await failing(client(t, await serve(t, name), { env }).send(get("a")));
      assert.deepEqual([error.kind, error.attempts], [kind, 1], name);
      assert.ok(error.failure.systemCode);
    }
  });

  it("goes on with what it has where a variable points nowhere or to rubbish, and logs the variable", async (t) => {
    writeFileSync(file("rubbish.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const warned: unknown[] = [];
    const env = { NODE_EXTRA_CA_CERTS: file("absent.pem"), SSL_CERT_DIR: folder };
    const openai = client(t, await serve(t, "good"), {
      env,
      log: (level, _, fields) => level === "warn" && warned.push(fields().variable),
    });
    assert.equal((await openai.send(get("a"))).status, 200);
    assert.deepEqual(warned, ["NODE_EXTRA_CA_CERTS"]);
  });
});

describe("a connection", () => {
  const kindOf = async (t: TestContext, base: string, timeoutMs = 5_000) => {
    const error = await failing(client(t, base, { maxRetries: 1, timeoutMs }).send(get("a")));
    assert.equal(error.origin, new URL(base).origin);
    return [error.kind, error.attempts];
  };

  it("that is refused says so", async (t) => {
    assert.deepEqual(await kindOf(t, "http://127.0.0.1:1/v1"), ["refused", 2]);
    assert.deepEqual(await kindOf(t, "http://localhost:1/v1"), ["refused", 2]);
  });

  it("to a name that does not exist says so", async (t) => {
    assert.deepEqual(await kindOf(t, "http://no-such-host.invalid/v1"), ["name_not_found", 2]);
  });

  it("that is closed before an answer is reset", async (t) => {
    const port = await listen(
      t,
      createTcp((socket) => socket.once("data", () => socket.destroy())),
    );
    assert.deepEqual(await kindOf(t, `http://127.0.0.1:${port}`), ["reset", 2]);
  });

  it("that answers something else than HTTP is invalid HTTP", async (t) => {
    assert.deepEqual(await kindOf(t, `http://127.0.0.1:${await rawTcp(t, "SSH-2.0-x\r\n")}`), [
      "invalid_http",
      1,
    ]);
  });

  it("with https to a server that does not speak TLS says so", async (t) => {
    for (const answer of ["HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n"]) {
      const port = await rawTcp(t, answer);
      assert.deepEqual(await kindOf(t, `https://127.0.0.1:${port}`), ["tls_not_spoken", 1], answer);
    }
  });
});
