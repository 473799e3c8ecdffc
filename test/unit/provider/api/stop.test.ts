import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Attributes, Diagnostics, PrivateState, string } from "../../../../src/framework/index.ts";
import { idArgument } from "../../../../src/provider/api/arguments.ts";
import type { ApiObject, ResourceDeclaration, Stop } from "../../../../src/provider/api/declaration.ts";
import { stopObject } from "../../../../src/provider/api/stop.ts";
import { silent } from "../../../support/fake-provider.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { configured } from "../support.ts";

/* What is ended in place of a deletion, below a project that is archived: no object of the API's is so yet. */

const stop: Stop<Attributes> = { post: "cancel", unasked: true };
const resource: ResourceDeclaration<Attributes> = { description: "It runs.", gone: stop };
const run: ApiObject = {
  name: "openai_project_run",
  noun: "project run",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/runs",
  id: "run_abc123",
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    name: string({ required: true, description: "Its name." }),
  },
  resource,
};

async function stopped(t: TestContext, message: string, of: ApiObject = run) {
  const server = await startOpenAIServer({ completions: [] });
  t.after(() => server.close());
  server.fault({ status: 400, body: { error: { message, type: "invalid_request_error" } }, times: "always" });
  const diagnostics = new Diagnostics();
  const provider = configured({ base_url: server.url, admin_api_key: "sk-admin-test", max_retries: 0 });
  const state = { id: "run_1", project_id: "proj_1", name: "Nightly" };
  const signal = new AbortController().signal;
  const request = { state, provider, diagnostics, signal, log: silent, private: PrivateState.empty() };
  await stopObject(of, resource, stop, request);
  return [...diagnostics].map(({ summary }) => summary);
}

test("what belongs to an archived project does nothing any more: ending it is no error", async (t) => {
  assert.deepEqual(await stopped(t, "'proj_1' is archived, and cannot be changed."), []);
});

test("another refusal to end it is an error, and so is one of what belongs to no project", async (t) => {
  assert.deepEqual(await stopped(t, "No."), ["Request refused by the API"]);
  const alone = { ...run, path: "organization/runs" };
  assert.deepEqual(await stopped(t, "It is archived.", alone), ["Request refused by the API"]);
});
