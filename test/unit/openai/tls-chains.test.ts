import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { createServer as createTls } from "node:tls";
import type { ErrorKind } from "../../../src/openai/index.ts";
import { client, failing, get, listen, ok, post, rawTcp } from "./support.ts";

const skip = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not installed";
const curve = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

/** Who signs whom: a root, an authority below it, and servers of the one or the other. */
const servers = {
  leaf: { issuer: "intermediate", key: curve },
  short: { issuer: "root", key: ["rsa:768"] },
  sha1: { issuer: "root", key: curve, digest: "-sha1" },
  client: { issuer: "root", key: curve, use: "clientAuth" },
} satisfies Record<string, { issuer: string; key: readonly string[]; digest?: string; use?: string }>;

describe("a chain of certificates", { skip }, () => {
  let folder = "";
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });

  function issue(
    name: string,
    issuer: string,
    key: readonly string[],
    extensions: string,
    digest = "-sha256",
  ): void {
    openssl(
      ...["req", "-new", "-newkey", ...key, "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`],
      ...["-subj", `/CN=${name}`],
    );
    writeFileSync(file(`${name}.ext`), extensions);
    openssl(
      ...["x509", "-req", "-in", `${name}.csr`, "-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`],
      ...["-CAcreateserial", "-days", "2", digest, "-out", `${name}.pem`, "-extfile", `${name}.ext`],
    );
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "openai-chains-"));
    openssl(
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem"],
      ...["-days", "2", "-subj", "/CN=root", "-addext", "keyUsage=keyCertSign"],
    );
    issue("intermediate", "root", curve, "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n");
    for (const [name, { issuer, key, ...more }] of Object.entries(servers)) {
      const use = "use" in more ? `extendedKeyUsage=${more.use}\n` : "";
      const digest = "digest" in more ? more.digest : undefined;
      issue(name, issuer, key, `subjectAltName=IP:127.0.0.1\n${use}`, digest);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A server with a certificate, and those above it that it sends along; takes what is too weak for a client. */
  async function serve(t: TestContext, name: string, ...above: readonly string[]) {
    const seen: string[] = [];
    const server = createHttps(
      {
        key: readFileSync(file(`${name}.key`)),
        cert: [name, ...above].map((each) => readFileSync(file(`${each}.pem`), "utf8")).join(""),
        ciphers: "DEFAULT:@SECLEVEL=0",
      },
      (request, response) => {
        seen.push(request.method ?? "");
        ok(response, request);
      },
    );
    return { seen, base: `https://127.0.0.1:${await listen(t, server)}/v1` };
  }

  for (const variable of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_DIR"]) {
    it(`is trusted by any part of it that is in ${variable}: the authority between, or the server's own certificate`, async (t) => {
      for (const [trusted, ...sent] of [
        ["intermediate", "intermediate"],
        ["intermediate"],
        ["leaf", "intermediate"],
        ["leaf"],
        ["root", "intermediate"],
      ]) {
        const place = file(`only-${trusted}`);
        execFileSync("mkdir", ["-p", place]);
        writeFileSync(join(place, "ca.pem"), readFileSync(file(`${trusted}.pem`)));
        const env = { [variable]: variable === "SSL_CERT_DIR" ? place : join(place, "ca.pem") };
        const { base } = await serve(t, "leaf", ...sent);
        const response = await client(t, base, { env }).send(get("a"));
        assert.equal(response.status, 200, `${trusted}, sent with ${sent}`);
      }
    });
  }

  it("is not trusted by another certificate of the same authority, nor by nothing", async (t) => {
    const { base, seen } = await serve(t, "leaf", "intermediate");
    for (const env of [{ SSL_CERT_FILE: file("client.pem") }, {}]) {
      const error = await failing(client(t, base, { env }).send(get("a")));
      assert.equal(error.kind, "tls_unknown_authority");
    }
    assert.deepEqual(seen, []);
  });

  const refused: readonly (readonly [keyof typeof servers, ErrorKind, RegExp])[] = [
    ["short", "tls_weak", /refused: .*certificate key too weak$/],
    ["sha1", "tls_weak", /refused: .*digest algorithm too weak$/],
    ["client", "tls_other", /refused: un(?:supported|suitable) certificate purpose$/],
  ];
  for (const [name, kind, why] of refused) {
    it(`that OpenSSL refuses (${name}) is a failure of TLS with its reason: not sent, not repeated`, async (t) => {
      const { base, seen } = await serve(t, name);
      const openai = client(t, base, { env: { SSL_CERT_FILE: file("root.pem") } });
      for (const attempt of [openai.send(get("a")), openai.send(post(new Map([["model", "m"]])))]) {
        const error = await failing(attempt);
        assert.deepEqual([error.kind, error.attempts, error.sent], [kind, 1, false]);
        assert.match(error.message, why);
      }
      assert.deepEqual(seen, []);
    });
  }

  describe("with NODE_TLS_REJECT_UNAUTHORIZED=0", () => {
    before(() => {
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    });
    after(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    });

    it("is verified all the same", async (t) => {
      const { base, seen } = await serve(t, "leaf", "intermediate");
      const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
      const error = await failing(client(t, base, { env }).send(get("a")));
      assert.equal(error.kind, "tls_unknown_authority");
      assert.deepEqual(seen, []);
    });

    it("is verified of a proxy too, and of what is behind one", async (t) => {
      let asked = 0;
      const options = { key: readFileSync(file("leaf.key")), cert: readFileSync(file("leaf.pem")) };
      const proxy = await listen(
        t,
        createTls(options, (socket) => socket.once("data", () => (asked += 1))),
      );
      const stranger = { HTTPS_PROXY: `https://localhost:${proxy}` };
      const error = await failing(
        client(t, "https://api.test/v1", { env: stranger, maxRetries: 0 }).send(get("a")),
      );
      assert.equal(error.sent, false);
      assert.equal(asked, 0, "an unknown proxy hears nothing");
    });
  });
});

describe("an alert in the handshake", () => {
  const alert = (code: number) => Buffer.from([0x15, 3, 1, 0, 2, 2, code]);
  for (const [code, words] of [
    [40, /alert handshake failure$/],
    [70, /alert protocol version$/],
    [116, /certificate required$/],
  ] as const) {
    it(`is a failure of TLS in words, not sent and not repeated: ${words.source}`, async (t) => {
      const port = await rawTcp(t, alert(code));
      const error = await failing(client(t, `https://127.0.0.1:${port}`).send(post(new Map())));
      assert.deepEqual([error.kind, error.attempts, error.sent], ["tls_other", 1, false]);
      assert.match(error.message, words);
    });
  }
});
