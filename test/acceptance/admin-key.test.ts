import assert from "node:assert/strict";
import { afterEach, beforeEach, it, type TestContext } from "node:test";
import { failingApply } from "../support/diagnostics.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

let server: OpenAIServer;
beforeEach(async () => {
  server = await startOpenAIServer();
});
afterEach(() => server.close());

const projects = 'data "openai_projects" "all" {}\n';
const file = 'data "openai_files" "all" {}\n';

/** The provider block of openai/openai, with all that it has, and what it has to do with the environment. */
const official = `
variable "admin_key" {
  type      = string
  sensitive = true
}

provider "openai" {
  admin_api_key = var.admin_key
  base_url      = "BASE"
  organization  = "org-a"
  project       = "proj_a"
}
`;

function workspace(test: TestContext, config: string, env: Record<string, string> = {}): Workspace {
  return new Workspace(test, env).write("main.tf", config.replace("BASE", server.url));
}

it("a provider block that was written for openai/openai works unchanged", async (test) => {
  await workspace(test, official + projects, { TF_VAR_admin_key: "sk-admin-variable" }).ok(
    "apply",
    "-auto-approve",
  );
  const [request] = server.requests;
  assert.equal(request?.key, "sk-admin-variable");
  assert.equal(request?.headers["openai-organization"], "org-a");
  assert.equal(request?.headers["openai-project"], undefined);
});

it("without a block OPENAI_ADMIN_KEY is enough for the organization, beside a project's key for its own", async (test) => {
  const env = { OPENAI_ADMIN_KEY: "sk-admin-a", OPENAI_API_KEY: "sk-a", OPENAI_BASE_URL: server.url };
  await workspace(test, projects + file, env).ok("plan");
  const sent = new Map(server.requests.map(({ path, key }) => [path, key]));
  assert.deepEqual(
    sent,
    new Map([
      ["/v1/organization/projects", "sk-admin-a"],
      ["/v1/files", "sk-a"],
    ]),
  );
});

it("a missing admin key names both places, and a project's key is not sent in its place", async (test) => {
  const work = workspace(test, projects, { OPENAI_API_KEY: "sk-a", OPENAI_BASE_URL: server.url });
  const error = (await failingApply(work, projects)).get("all");
  assert.equal(error?.summary, "No admin API key");
  assert.match(error?.detail ?? "", /environment variable OPENAI_ADMIN_KEY/);
  assert.match(error?.detail ?? "", /admin_api_key in the provider block/);
  assert.equal(server.requests.length, 0);
});

it("a project's key in the place of the admin key is the API's error, with what belongs there", async (test) => {
  const work = workspace(test, projects, { OPENAI_ADMIN_KEY: "sk-proj-a", OPENAI_BASE_URL: server.url });
  const error = (await failingApply(work, projects)).get("all");
  assert.equal(error?.summary, "API key lacks a permission");
  assert.match(error?.detail ?? "", /OPENAI_ADMIN_KEY/);
  assert.match(error?.detail ?? "", /begins with sk-admin-/);
});
