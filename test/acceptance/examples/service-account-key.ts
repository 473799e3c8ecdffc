import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { keyValue } from "../../support/openai-server/objects/key-kinds.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import type { Workspace } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

const below = "organization/projects/{project_id}";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** The values of all keys that are alive. */
function keys(server: OpenAIServer): string[] {
  return server.control.objects.all(`${below}/api_keys`).map(({ id }) => keyValue(id));
}

/** What is in the store. */
function stored(server: OpenAIServer): string[] {
  return server.control.objects.all("files").map(({ content }) => String(content));
}

export const scenario: Scenario = {
  needs: ["write-only arguments"],
  server: { completions: [] },
  environment: (server) => ({
    OPENAI_ADMIN_KEY: "sk-admin-example",
    OPENAI_API_KEY: "sk-example",
    OPENAI_BASE_URL: server.url,
  }),
  variables: () => ({ public_key: publicKey, private_key: privateKey }),
  outputs: { role: "member", expires_at: /^20\d\d-\d\d-\d\dT/ },
  async check({ work, server }) {
    const [first] = keys(server);
    assert.deepEqual(stored(server), [first], "the key is in the store");
    const secrets = [first ?? ""];
    // Again with a log that has everything: a new account, and then a new key of it.
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all(`${below}/service_accounts`), []);
    for (const version of ["1", "2"]) {
      const log = join(work.folder, `log-${version}.txt`);
      const env = { TF_LOG: "TRACE", TF_LOG_PATH: log, TF_VAR_key_version: version };
      const planned = await work.run(["plan", `-out=${version}.tfplan`], { env });
      assert.equal(planned.code, 0, planned.output);
      const applied = await work.run(["apply", `${version}.tfplan`], { env });
      assert.equal(applied.code, 0, applied.output);
      const alive = keys(server).filter((each) => stored(server).includes(each));
      assert.equal(alive.length, 1, "the key that is alive is in the store");
      secrets.push(...alive);
      assert.match(readFileSync(log, "utf8"), /request done.*api_keys|api_keys.*request done/);
      for (const text of [planned.output, applied.output]) assertClean("output", Buffer.from(text), secrets);
    }
    assert.equal(new Set(secrets).size, 3);
    searchFolder(work, secrets);
  },
};

/** Searches every file of the folder, and every file in a plan, for keys and the private key. */
function searchFolder({ folder }: Workspace, secrets: readonly string[]): void {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((each) => each.isFile());
  const names = files.map(({ name }) => name);
  for (const name of ["terraform.tfstate", "terraform.tfstate.backup", "1.tfplan", "2.tfplan", "log-2.txt"])
    assert.ok(names.includes(name), name);
  for (const { name, parentPath } of files) {
    const bytes = readFileSync(join(parentPath, name));
    assertClean(name, bytes, secrets);
    if (!name.endsWith(".tfplan")) continue;
    const inside = unzipped(bytes);
    assert.ok(inside.length >= 2, "a plan has files in it");
    for (const each of inside) assertClean(name, each, secrets);
  }
}

function assertClean(what: string, bytes: Buffer, secrets: readonly string[]): void {
  const [, line = ""] = privateKey.split("\n");
  for (const secret of [...secrets, line]) {
    const forms = [secret, Buffer.from(secret).toString("base64").slice(0, -4)];
    for (const form of forms) assert.equal(bytes.indexOf(form), -1, `${what} has a secret`);
  }
}

/** The files in a ZIP archive. */
function unzipped(zip: Buffer): Buffer[] {
  const files: Buffer[] = [];
  const signature = Buffer.from("PK\x01\x02", "latin1");
  for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 4)) {
    const size = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.push(zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
  }
  return files;
}
