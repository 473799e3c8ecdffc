import assert from "node:assert/strict";
import { it, type TestContext } from "node:test";
import { type Arguments, read, through } from "../support/configurations.ts";
import { assertError, type Expected, failingApply } from "../support/diagnostics.ts";
import type { ErrorName } from "../support/openai-server/known-errors.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

/** Why the API refuses a key, and what a practitioner reads. */
interface Refusal extends Expected {
  readonly error: ErrorName;
}

const refusals: readonly Refusal[] = [
  {
    error: "missing_scopes",
    title: "API key lacks a permission",
    says: [
      "restricted",
      "Missing scopes: model.request",
      "project's settings",
      "Status 401, request ID req_",
    ],
  },
  {
    error: "missing_scopes_403",
    title: "API key lacks a permission",
    says: ["restricted", "Missing scopes: api.model.read", "Status 403, request ID req_"],
  },
  {
    error: "ip_not_authorized",
    title: "Request not permitted",
    says: ["does not allow the address", "Your IP address is not authorized", "Status 401, request ID req_"],
  },
  {
    error: "region",
    title: "API not available from here",
    says: ["country, region or territory", "gateway", "Status 403, request ID req_"],
  },
  {
    error: "model_access",
    title: "No access to the model",
    says: ["gpt-4o", "Allow the model", "Status 403, request ID req_"],
  },
  {
    error: "mismatched_organization",
    title: "API key belongs to another organization",
    says: ["OPENAI_ORG_ID", "organization", "Status 401"],
  },
  {
    error: "mismatched_project",
    title: "API key belongs to another project",
    says: ["OPENAI_PROJECT_ID", "project", "Status 401"],
  },
];

const keyOf = (error: ErrorName) =>
  `sk-proj-canary-0123456789-${refusals.findIndex((row) => row.error === error)}`;

async function serverWithKeys(test: TestContext): Promise<OpenAIServer> {
  const refused = refusals.map(({ error }) => [keyOf(error), { refuse: error }] as const);
  const server = await startOpenAIServer({
    keys: { "sk-good": { organization: "org-own", project: "proj_own" }, ...Object.fromEntries(refused) },
  });
  test.after(() => server.close());
  return server;
}

it("a refused key is an error that says why, and whose key it was, and never shows it", async (test) => {
  const server = await serverWithKeys(test);
  const here: Arguments = { base_url: server.url, max_retries: 0 };
  const config = [
    through("provider", { ...here, api_key: "sk-proj-canary-of-the-provider-9876" }),
    through("headers", { ...here, headers: { Authorization: "Bearer sk-proj-canary-of-the-headers-98" } }),
    through("environment", here),
    through("vendor", { ...here, headers: { "cf-aig-authorization": "Bearer sk-proj-canary-of-a-vendor" } }),
    through("none", { ...here, api_key: "none" }),
    through("data", here, "chatcmpl-abc123", { api_key: "sk-proj-canary-of-the-data-source" }),
    through("organization", { ...here, api_key: "sk-good", organization: "org-other" }),
    through("project", { ...here, api_key: "sk-good", project: "proj_other" }),
    ...refusals.map(({ error }) => read(error, "chatcmpl-abc123", { api_key: keyOf(error) })),
  ].join("");
  const env = {
    OPENAI_API_KEY: "sk-proj-canary-of-the-environment",
    OPENAI_BASE_URL: server.url,
    OPENAI_MAX_RETRIES: "0",
  };
  const errors = await failingApply(new Workspace(test, env), config);

  const refused = (whose: string): Expected => ({
    title: "API key refused",
    says: [
      whose,
      "wrong, revoked or expired",
      "Check that key",
      "Incorrect API key provided:",
      "Status 401, request ID req_",
    ],
  });
  const rows: readonly (readonly [string, Expected])[] = [
    ["provider", refused("the api_key of the provider block")],
    ["headers", refused("the headers of the provider block")],
    ["environment", refused("the environment variable OPENAI_API_KEY")],
    ["data", refused("the api_key of this data source")],
    [
      "vendor",
      {
        title: "API key refused",
        says: [
          'the headers of the provider block ("cf-aig-authorization")',
          "OPENAI_API_KEY of the environment was not sent",
          'api_key = "OPENAI_API_KEY"',
          "Status 401",
        ],
      },
    ],
    ["none", { title: "No API key", says: ["refuses a request without a key", "Set a key", "Status 401"] }],
    [
      "organization",
      {
        title: "API key belongs to another organization",
        says: [
          "the api_key of the provider block",
          "Correct or remove organization",
          "should match organization",
        ],
      },
    ],
    [
      "project",
      {
        title: "API key belongs to another project",
        says: ["the api_key of the provider block", "Correct or remove project", "should match project"],
      },
    ],
    ...refusals.map((row): readonly [string, Expected] => [
      row.error,
      // What depends on the place alone does not name a key.
      row.error === "region" ? row : { ...row, says: [...row.says, "the api_key of this data source"] },
    ]),
  ];
  for (const [name, expected] of rows) {
    await test.test(name, () => {
      const error = errors.get(name);
      assertError(error, expected);
      assert.doesNotMatch(JSON.stringify(error), /canary|sk-proj|0123456789/);
    });
  }
});

it("no key at all is an error where it is needed first, and names every way to set one", async (test) => {
  const server = await serverWithKeys(test);
  const config = read("without", "chatcmpl-abc123") + read("own", "chatcmpl-abc123", { api_key: "sk-good" });
  const work = new Workspace(test, { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "  " });
  const errors = await failingApply(work, config);
  assert.deepEqual([...errors.keys()], ["without"], "a data source with its own key needs no other");
  assertError(errors.get("without"), {
    title: "No API key",
    says: [
      "OPENAI_API_KEY",
      "api_key in the provider block",
      "api_key of this data source",
      "headers",
      "Authorization or api-key",
    ],
  });
  assert.deepEqual(
    server.requests.map((request) => request.key),
    ["sk-good"],
  );
});
