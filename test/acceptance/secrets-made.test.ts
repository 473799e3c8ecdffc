import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { block, Expression } from "../support/configurations.ts";
import type { Fault } from "../support/openai-server/faults.ts";
import { adminKeyValue, keyValue } from "../support/openai-server/objects/key-kinds.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";
import { assertClean, searchFolder } from "../support/traces.ts";

/*
 * Keys that the API makes, which the provider does not know before: in the clear they are in the state, as sensitive values,
 * and nowhere else; under a public key they are readable nowhere. The log is at the level that says everything.
 */

const { publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const pem = new Expression("var.pem");
const version = new Expression("var.key_version");

/** Two keys of each kind, one of them encrypted. */
function keys(ending = ""): string {
  return [
    block(`resource "openai_project_service_account" "clear${ending}"`, {
      project_id: "proj_default",
      name: "Clear",
      api_key: new Expression("{ version = var.key_version }"),
    }),
    block(`resource "openai_project_service_account" "encrypted${ending}"`, {
      project_id: "proj_default",
      name: "Encrypted",
      api_key: new Expression("{ version = var.key_version, encryption_public_key = var.pem }"),
    }),
    block(`resource "openai_admin_api_key" "clear${ending}"`, { name: "Clear", version }),
    block(`resource "openai_admin_api_key" "encrypted${ending}"`, {
      name: "Encrypted",
      version,
      encryption_public_key: pem,
    }),
  ].join("");
}

const variables = [
  block('variable "pem"', { type: new Expression("string") }),
  block('variable "key_version"', { default: "1" }),
].join("");

/** The value of a key that the API has made, and of whose creation it answers so. */
const made = "sk-svcacct-CANARYmade7f3a9c51d2e84b06QZ1X";

/** Answers to a creation that have its value in a place where it does not belong. */
const answers: Readonly<Record<string, Fault>> = {
  "a refusal": { status: 400, body: { error: { message: `Not made: ${made}.`, param: made } } },
  "no JSON": { status: 200, body: `made ${made}`, contentType: "text/plain" },
  "a page": { status: 502, body: `<p title="${made}">${made}</p>`, contentType: "text/html" },
  "JSON that is cut": { status: 200, body: `{"value":"${made}`, contentType: "application/json" },
};

it("a key that the API makes is in the state alone, and under a public key it is readable nowhere", async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const env = {
    OPENAI_ADMIN_KEY: "sk-admin-example",
    OPENAI_BASE_URL: server.url,
    OPENAI_MAX_RETRIES: "0",
    TF_LOG: "TRACE",
    TF_VAR_pem: publicKey,
  };
  const work = new Workspace(test, env).write("main.tf", variables + keys());
  const outputs: Buffer[] = [];
  const runIn = async (place: Workspace, ...args: string[]) => {
    const result = await place.run(args);
    outputs.push(Buffer.from(result.output));
    assert.match(result.stderr, /TRACE/, "the log is there");
    return result;
  };
  const run = (...args: string[]) => runIn(work, ...args);
  const pieces = (value: string) => [value, value.slice(12, 32)];
  const clean = (values: readonly string[]) => {
    for (const output of outputs) assertClean("an output or the log", output, values.flatMap(pieces));
  };

  // Each answer is given to two keys of each kind, whichever they are.
  const failing = Object.keys(answers).map((_, index) => keys(`_${index}`));
  const apart = new Workspace(test, env).write("main.tf", variables + failing.join(""));
  for (const path of ["/service_accounts/", "/admin_api_keys"])
    for (const answer of Object.values(answers))
      server.control.fault({ method: "POST", path, times: 2, ...answer });
  const failed = await runIn(apart, "apply", "-auto-approve");
  assert.equal(failed.code, 1, failed.stdout);
  assert.equal(server.control.faults.waiting, 0, "each answer was given");
  clean([made]);
  searchFolder(apart.folder, pieces(made), ["terraform.tfstate"]);

  const applied = await run("apply", "-auto-approve");
  assert.equal(applied.code, 0, applied.stdout);
  const first = valuesIn(work.folder);
  // The old keys stay, and what the API says of it has the keys in it.
  const quoted = { error: { message: `Not deleted: ${Object.values(first).join(" ")}` } };
  server.control.fault({ method: "DELETE", path: "api_keys", times: "always", status: 400, body: quoted });
  const rotated = await run("apply", "-auto-approve", "-var=key_version=2");
  assert.equal(rotated.code, 1, rotated.stdout);
  assert.match(rotated.output, /Not deleted/);
  const read = server.control.fault({ method: "GET", times: "always", status: 400, body: quoted });
  assert.equal((await run("plan")).code, 1);
  read();
  const second = valuesIn(work.folder);
  clean([...Object.values(first), ...Object.values(second)]);

  // In the clear the state has those that are the keys now, each once.
  const state = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  for (const value of [second.account, second.admin]) assert.equal(state.split(value).length, 2);
  assert.ok(!state.includes(first.account), "the old key is not in state any more");
  const encrypted = [first.encryptedAccount, second.encryptedAccount, second.encryptedAdmin];
  assert.equal(new Set(encrypted).size, 3);
  searchFolder(work.folder, encrypted.flatMap(pieces), ["terraform.tfstate", "terraform.tfstate.backup"]);
});

/** The values of the keys that a state names. */
function valuesIn(folder: string) {
  const { resources } = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
  const attributesOf = (type: string, name: string) =>
    resources.find((each: { type: string; name: string }) => each.type === type && each.name === name)
      .instances[0].attributes;
  const account = (name: string) => keyValue(attributesOf("openai_project_service_account", name).api_key_id);
  const admin = (name: string) => adminKeyValue(attributesOf("openai_admin_api_key", name).id);
  return {
    account: account("clear"),
    encryptedAccount: account("encrypted"),
    admin: admin("clear"),
    encryptedAdmin: admin("encrypted"),
  };
}
