import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { keyValue } from "../support/openai-server/objects/key-kinds.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Cleanup, unboxed, Workspace } from "../support/terraform.ts";
import { afterAll } from "./resource-support.ts";

const keys = "organization/projects/{project_id}/api_keys";
const accounts = "organization/projects/{project_id}/service_accounts";

const header = `
terraform {
  required_providers {
    openai = { source = "terraform-provider-openai/openai" }
  }
}

variable "pem" {
  type    = string
  default = ""
}
`;

function account(name: string, argument: string): string {
  return `
resource "openai_project_service_account" "${name}" {
  project_id = "proj_default"
  name       = "Deployment ${name}"
  api_key    = ${argument}
}
`;
}

async function place(test: Cleanup, ...accounts: string[]) {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const env = { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url, TF_LOG: "TRACE" };
  return { server, work: new Workspace(test, env).write("main.tf", header + accounts.join("")) };
}

it("a private key in place of the public one is refused before anything is made, and is in no output", async (test) => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { server, work } = await place(test, account("one", "{ encryption_public_key = var.pem }"));
  for (const command of [["plan"], ["apply", "-auto-approve"]]) {
    const refused = await work.run(command, { env: { TF_VAR_pem: privateKey } });
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.output, /private key/);
    for (const line of privateKey.split("\n").filter((each) => each.length > 20 && !each.startsWith("-")))
      assert.ok(!refused.output.includes(line), "it is not shown");
  }
  assert.deepEqual(server.control.objects.all(accounts), []);
});

/** An account in the state, and whether the next apply replaces it. */
function accountIn(work: Workspace, name: string) {
  const { resources } = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  const found = resources.find((each: { name: string }) => each.name === name);
  const { attributes, status } = found.instances[0];
  return { id: attributes.id, key: attributes.api_key_id, isTainted: status === "tainted" };
}

/** What was sent to make and to delete something. */
function writes(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.split("proj_default/")[1]}`);
}

/* These share the runs of Terraform over one configuration. */
describe("the keys of accounts", () => {
  const cleanup = afterAll();
  let seen: Awaited<ReturnType<typeof run>>;
  before(async () => {
    seen = await run();
  });

  async function run() {
    const { server, work } = await place(
      cleanup,
      account("plain", "{}"),
      account("failing", "{ expires_in_seconds = 3600 }"),
      account("deleted", "{ expires_in_seconds = 7200 }"),
    );
    const body = { error: { message: "Try again.", type: "server_error" } };
    server.control.fault({ method: "POST", path: "/api_keys", text: "3600", status: 400, body });
    const applied = await work.run(["apply", "-auto-approve"]);
    assert.equal(applied.code, 0, applied.output);
    const plain = keyValue(accountIn(work, "plain").key);
    const state = readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
    const shown = await work.run(["show"], { env: { TF_LOG: undefined } });
    const first = { failing: accountIn(work, "failing"), deleted: accountIn(work, "deleted") };
    server.control.forgetObject(keys, first.deleted.key);

    server.control.clearRequests();
    const planned = await work.run(["plan", "-detailed-exitcode"], { env: { TF_LOG: undefined } });
    const ofPlan = writes(server);
    await work.ok("apply", "-auto-approve");
    const ofApply = writes(server);
    const second = { failing: accountIn(work, "failing"), deleted: accountIn(work, "deleted") };
    const empty = await work.run(["plan", "-detailed-exitcode"]);
    const alive = server.control.objects.all(keys).map(({ id }) => id);
    return {
      ...{ applied, plain, plainKey: accountIn(work, "plain").key, state, shown, first, planned, ofPlan },
      ...{ ofApply, second, empty, alive },
    };
  }

  it("a key that is not encrypted is a sensitive value of the state, and nowhere else", () => {
    const { applied, plain, state, shown, planned, empty } = seen;
    assert.equal(state.split(plain).length, 2, "state has it once");
    assert.ok(!applied.output.includes(plain), "neither output nor log has it");
    const [, block = ""] =
      /^resource "openai_project_service_account" "plain" \{\n([\s\S]*?)^\}/m.exec(shown.output) ?? [];
    assert.match(block, /api_key_value\s+= \(sensitive value\)/);
    assert.equal(empty.code, 0, empty.output);
    for (const { output } of [planned, empty]) assert.ok(!output.includes(plain));
  });

  it("an account whose key failed is not replaced: the plan says that the next apply makes the key, and it alone", () => {
    const { applied, first, planned, ofPlan, ofApply, second, empty, plainKey, alive } = seen;
    assert.match(applied.output, /Service account without its key/);
    assert.deepEqual([first.failing.key, first.failing.isTainted], [null, false]);
    assert.equal(planned.code, 2);
    for (const name of ["failing", "deleted"] as const) {
      const [, plan = ""] =
        new RegExp(`# openai_project_service_account\\.${name} (will be [\\s\\S]*?)\\n    \\}\\n`).exec(
          planned.output,
        ) ?? [];
      assert.match(plan, /^will be updated in-place/, name);
      assert.match(plan, /api_key_id\s.*\(known after apply\)/, name);
      assert.equal(second[name].id, first[name].id, name);
      assert.ok(second[name].key !== null && second[name].key !== first[name].key, name);
    }
    assert.match(planned.output, /0 to add, 2 to change, 0 to destroy/);
    assert.deepEqual(ofPlan, [], "a plan makes nothing");
    const made = [first.failing, first.deleted].map(({ id }) => `POST service_accounts/${id}/api_keys`);
    assert.deepEqual([...ofApply].sort(), [...made].sort());
    assert.deepEqual([...alive].sort(), [plainKey, second.failing.key, second.deleted.key].sort());
    assert.equal(empty.code, 0);
  });
});

it("Ctrl-C while a key is made waits for it: it is in state, and neither lost nor made again", async (test) => {
  const { server, work } = await place(test, account("one", "{ version = 1 }"));
  server.control.fault({ method: "POST", path: "/api_keys", delayMs: 3_000 });
  const made = await interrupted(server, work, "apply", "-auto-approve");
  assert.equal(made.code, 1, "Terraform says that it was interrupted");
  const first = accountIn(work, "one");
  assert.deepEqual(first.isTainted, false);
  assert.deepEqual(
    server.control.objects.all(keys).map(({ id }) => id),
    [first.key],
  );
  assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0);

  // In a rotation the new key is kept, and the old one is named where it was not deleted any more.
  work.write("main.tf", header + account("one", "{ version = 2 }"));
  server.control.fault({ method: "POST", path: "/api_keys", delayMs: 3_000 });
  const rotated = await interrupted(server, work, "apply", "-auto-approve");
  const second = accountIn(work, "one");
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
