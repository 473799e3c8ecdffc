import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { keyValue } from "../support/openai-server/objects/key-kinds.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { unboxed, Workspace } from "../support/terraform.ts";

const keys = "organization/projects/{project_id}/api_keys";
const accounts = "organization/projects/{project_id}/service_accounts";

function account(argument: string): string {
  return `
terraform {
  required_providers {
    openai = { source = "terraform-provider-openai/openai" }
  }
}

variable "pem" {
  type    = string
  default = ""
}

resource "openai_project_service_account" "one" {
  project_id = "proj_default"
  name       = "Deployment"
  api_key    = ${argument}
}
`;
}

async function place(test: TestContext, argument: string) {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const env = { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url, TF_LOG: "TRACE" };
  return { server, work: new Workspace(test, env).write("main.tf", account(argument)) };
}

it("a key that is not encrypted is a sensitive value of the state, and nowhere else", async (test) => {
  const { server, work } = await place(test, "{}");
  const applied = await work.run(["apply", "-auto-approve"]);
  assert.equal(applied.code, 0, applied.output);
  const value = keyValue(server.control.objects.all(keys)[0]?.id ?? "");
  const state = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  assert.equal(state.split(value).length, 2, "state has it once");
  assert.ok(!applied.output.includes(value), "neither output nor log has it");
  const shown = await work.run(["show"], { env: { TF_LOG: undefined } });
  assert.match(shown.output, /api_key_value\s+= \(sensitive value\)/);
  const planned = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(planned.code, 0, planned.output);
  assert.ok(!planned.output.includes(value));
});

it("a private key in place of the public one is refused before anything is made, and is in no output", async (test) => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { server, work } = await place(test, "{ encryption_public_key = var.pem }");
  for (const command of [["plan"], ["apply", "-auto-approve"]]) {
    const refused = await work.run(command, { env: { TF_VAR_pem: privateKey } });
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.output, /private key/);
    for (const line of privateKey.split("\n").filter((each) => each.length > 20 && !each.startsWith("-")))
      assert.ok(!refused.output.includes(line), "it is not shown");
  }
  assert.deepEqual(server.control.objects.all(accounts), []);
});

/** The state of the account, and whether the next apply replaces it. */
function accountIn(work: Workspace) {
  const { resources } = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  const { attributes, status } = resources[0].instances[0];
  return { id: attributes.id, key: attributes.api_key_id, isTainted: status === "tainted" };
}

/** What was sent to make and to delete something. */
function writes(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.split("proj_default/")[1]}`);
}

it("an account whose key failed is not replaced: the plan says that the next apply makes the key, and it alone", async (test) => {
  const { server, work } = await place(test, "{ expires_in_seconds = 3600 }");
  const body = { error: { message: "Try again.", type: "server_error" } };
  server.control.fault({ method: "POST", path: "/api_keys", status: 400, body });
  const failed = await work.run(["apply", "-auto-approve"]);
  assert.equal(failed.code, 0, failed.output);
  assert.match(failed.output, /Service account without its key/);
  const account = accountIn(work);
  assert.deepEqual([account.key, account.isTainted], [null, false]);
  server.control.clearRequests();
  for (const what of ["was not made", "was deleted elsewhere"]) {
    const planned = await work.run(["plan", "-detailed-exitcode"], { env: { TF_LOG: undefined } });
    assert.equal(planned.code, 2, what);
    assert.match(planned.output, /will be updated in-place/, what);
    assert.match(planned.output, /api_key_id\s.*\(known after apply\)/, what);
    assert.match(planned.output, /0 to add, 1 to change, 0 to destroy/, what);
    assert.deepEqual(writes(server), [], "a plan makes nothing");
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(writes(server), [`POST service_accounts/${account.id}/api_keys`], what);
    const { id, key } = accountIn(work);
    assert.deepEqual(
      [id, server.control.objects.all(keys).map((each) => each.id)],
      [account.id, [key]],
      what,
    );
    assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0, what);
    server.control.forgetObject(keys, key);
    server.control.clearRequests();
  }
});

it("Ctrl-C while a key is made waits for it: it is in state, and neither lost nor made again", async (test) => {
  const { server, work } = await place(test, "{ version = 1 }");
  server.control.fault({ method: "POST", path: "/api_keys", delayMs: 3_000 });
  const made = await interrupted(server, work, "apply", "-auto-approve");
  assert.equal(made.code, 1, "Terraform says that it was interrupted");
  const first = accountIn(work);
  assert.deepEqual(first.isTainted, false);
  assert.deepEqual(
    server.control.objects.all(keys).map(({ id }) => id),
    [first.key],
  );
  assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0);

  // In a rotation the new key is kept, and the old one is named where it was not deleted any more.
  work.write("main.tf", account("{ version = 2 }"));
  server.control.fault({ method: "POST", path: "/api_keys", delayMs: 3_000 });
  const rotated = await interrupted(server, work, "apply", "-auto-approve");
  const second = accountIn(work);
  assert.notEqual(second.key, first.key);
  const alive = server.control.objects.all(keys).map(({ id }) => id);
  assert.ok(alive.includes(second.key), "the new key is there");
  if (alive.includes(first.key)) assert.ok(unboxed(rotated.output).includes(first.key), rotated.output);
  assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0);
});

/** Runs Terraform, and interrupts it once a key is being made. */
async function interrupted(server: OpenAIServer, work: Workspace, ...args: string[]) {
  server.control.clearRequests();
  const isMaking = () =>
    server.requests.some(({ method, path }) => method === "POST" && path.endsWith("/api_keys"));
  return work.run(args, {
    started(child) {
      const timer = setInterval(() => {
        if (child.exitCode !== null) return clearInterval(timer);
        if (!isMaking()) return;
        clearInterval(timer);
        child.kill("SIGINT");
      }, 50);
    },
  });
}
