import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { keyValue } from "../support/openai-server/objects/key-kinds.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

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
