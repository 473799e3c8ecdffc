import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Diagnostic } from "../../../../src/framework/index.ts";
import { type Failure, OpenAIError } from "../../../../src/openai/index.ts";
import { topicOf } from "../../../../src/provider/api/object-names.ts";
import { explain } from "../../../../src/provider/explain/explain.ts";
import type { Access } from "../../../../src/provider/openai-provider.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { againstOutsideData } from "../../../support/outside-data.ts";
import { client, failing, replies } from "../../openai/support.ts";
import { accessOf, configured, type ProviderConfig } from "../support.ts";

const topic = topicOf({
  name: "openai_project",
  noun: "project",
  subcategory: "",
  path: "organization/projects",
  id: "proj_1",
  attributes: {},
});

function access(given: Partial<ProviderConfig>, env: NodeJS.ProcessEnv = {}): Access {
  const found = accessOf(configured(given, { NO_PROXY: "*", ...env }), null, "admin");
  assert.ok(!Array.isArray(found), String(found));
  return found;
}

const block = { admin_api_key: "sk-admin-hunter22", base_url: "https://gateway.example/v1" };

function explained(failure: Failure, of = access(block), id: string | undefined = "proj_1"): Diagnostic {
  const context = { method: "GET", origin: "https://gateway.example", path: "/v1/organization/projects" };
  const error = new OpenAIError(failure, { ...context, attempts: 3, elapsedMs: 4_500 });
  return explain(error, { access: of, topic, id });
}

/** What a read with an admin key says of what really came back. */
async function answered(t: TestContext, status: number, body: string): Promise<Diagnostic> {
  const server = await replies(t, (response) => void response.writeHead(status).end(body));
  const used = access({ ...block, base_url: server.base });
  const openai = client(t, server.base, { plane: "admin" });
  const request = { method: "GET", path: ["organization", "projects", "proj_1"] } as const;
  const error = await failing(openai.send(request));
  return explain(error, { access: used, topic, id: "proj_1" });
}

test("a refused admin key is named by its place, with the kind of key that it must be", () => {
  const refused = { kind: "authentication", message: "no", status: 401 } as const;
  const { summary, detail } = explained(refused);
  assert.equal(summary, "API key refused");
  assert.match(detail, /came from the admin_api_key of the provider block/);
  assert.match(detail, /begins with sk-admin-: the Administration API refuses the key of a project/);
  const fromEnvironment = access({}, { OPENAI_ADMIN_KEY: "sk-admin-hunter22" });
  assert.match(
    explained(refused, fromEnvironment).detail,
    /came from the environment variable OPENAI_ADMIN_KEY/,
  );
  assert.doesNotMatch(detail, /hunter22|OPENAI_API_KEY/);
});

test("an admin key of the environment that was withheld is named as such", () => {
  const headers = new Map([["cf-aig-authorization", "Bearer x"]]);
  const withheld = access({ base_url: block.base_url, headers }, { OPENAI_ADMIN_KEY: "sk-admin-hunter22" });
  const { detail } = explained({ kind: "authentication", message: "no", status: 401 }, withheld);
  assert.match(
    detail,
    /OPENAI_ADMIN_KEY of the environment was not sent[\s\S]*admin_api_key = "OPENAI_ADMIN_KEY"/,
  );
});

test("what else is refused speaks of the organization, and not of a project", () => {
  for (const [failure, says] of [
    [{ kind: "permission", message: "no", status: 403 }, /role of the key's owner in the organization/],
    [
      { kind: "ip_not_authorized", message: "no", status: 401 },
      /its organization does not allow the address/,
    ],
    [{ kind: "not_found", message: "no", status: 404 }, /belongs to another organization than the key/],
    [
      { kind: "rate_limit", message: "no", status: 429 },
      /Something else may use all that the organization is granted/,
    ],
    [
      { kind: "redirect", message: "elsewhere it goes", location: "https://gateway.example" },
      /elsewhere it goes/,
    ],
  ] as const)
    assert.match(explained(failure).detail, says, failure.kind);
});

test("a project's key in the place of an admin key: the API's error is explained", async (t) => {
  const server = await startOpenAIServer();
  t.after(() => server.close());
  const used = access({ base_url: server.url, admin_api_key: "sk-proj-hunter22" });
  t.after(() => used.openai.close());
  const error = await failing(used.openai.page({ method: "GET", path: ["organization", "projects"] }));
  const { summary, detail } = explain(error, { access: used, topic, list: true });
  assert.equal(summary, "API key lacks a permission");
  assert.match(detail, /restricted admin key, or it is none/);
  assert.match(detail, /Missing scopes: api\.management\.read/);
});

againstOutsideData((folder) => {
  for (const [file, status, title] of [
    ["err-403-missing-scopes-admin.json", 403, "API key lacks a permission"],
    ["err-403-missing-scopes-admin.json", 401, "API key lacks a permission"],
    ["err-403-missing-scopes-string-envelope.json", 403, "API key lacks a permission"],
    ["err-429-admin-slow-down.json", 429, "Rate limit not lifted in time"],
    ["err-401-invalid-api-key.json", 401, "API key refused"],
  ] as const)
    test(`${file} with status ${status} is "${title}"`, async (t) => {
      const { summary, detail } = await answered(
        t,
        status,
        readFileSync(join(folder, "data/openai", file), "utf8"),
      );
      assert.equal(summary, title);
      assert.match(detail, /The API said:/);
    });
});
