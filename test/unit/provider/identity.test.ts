import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { settingsOf } from "../../../src/provider/configure.ts";
import { identityOf } from "../../../src/provider/identity.ts";
import { accessOf, configured, type ProviderConfig, providerConfig } from "./support.ts";

const env = { OPENAI_API_KEY: "sk-env", OPENAI_ORG_ID: "org-env", OPENAI_PROJECT_ID: "proj-env" };
const all = ["sk-env", "org-env", "proj-env"];
const gateway = "https://gateway.example/v1";
const headers = (name: string, value = "x") => new Map([[name, value]]);

/** Key, organization and project that are sent. */
function sent(given: Partial<ProviderConfig>, more: NodeJS.ProcessEnv = {}, ownKey: string | null = null) {
  const settings = settingsOf(providerConfig(given), "1.11.4", { ...env, ...more });
  const identity = identityOf(settings, { key: "project", ownKey });
  const { key, organization, project } = identity;
  return {
    values: [key, organization, project],
    keySource: identity.keySource,
    withheld: identity.withheld,
  };
}

test("the environment's key, organization and project go to OpenAI's hosts", () => {
  for (const given of [
    {},
    { base_url: "https://api.openai.com/v1" },
    { base_url: "https://eu.api.openai.com/v1" },
    { base_url: "https://eu.api.openai.com/v1", headers: headers("X-Company-Token") },
    { query: headers("subscription-key") },
  ])
    assert.deepEqual(sent(given).values, all);
  assert.deepEqual(sent({ api_key: "sk-block" }).values, ["sk-block", "org-env", "proj-env"]);
  assert.deepEqual(sent({}, {}, "sk-own").values, ["sk-own", "org-env", "proj-env"]);
});

test("a header that takes the key has its place, at OpenAI's hosts too", () => {
  for (const name of ["Authorization", "api-key", "x-api-key"]) {
    const { values, keySource } = sent({ headers: headers(name) });
    assert.deepEqual([values[0], keySource], [undefined, "headers"], name);
  }
});

test("they go to a host that stands beside them: in the environment, or in a block that names nothing else", () => {
  assert.deepEqual(sent({}, { OPENAI_BASE_URL: gateway }).values, all);
  assert.deepEqual(sent({}, { OPENAI_API_URL: "https://gateway.example" }).values, all);
  assert.deepEqual(sent({}, { OPENAI_BASE_URL: `${gateway}?key=k` }).values, all);
  assert.deepEqual(sent({ base_url: gateway }).values, all);
  assert.deepEqual(sent({ base_url: gateway, headers: headers("X-Team", "platform") }).values, all);
});

test("none of them goes to another host beside a credential for it", () => {
  for (const [what, given] of Object.entries({
    "another vendor's header": { headers: headers("cf-aig-authorization", "Bearer x") },
    "Azure's": { headers: headers("api-key") },
    "a bearer token in any header": { headers: headers("X-Custom", "Bearer x") },
    "a key in the query": { query: headers("key") },
    "a key in the query of the URL": { base_url: `${gateway}?subscription-key=x` },
  })) {
    for (const [base, more] of [
      [{ base_url: gateway }, {}],
      [{}, { OPENAI_BASE_URL: gateway }],
    ] as const) {
      const { values, keySource, withheld } = sent({ ...base, ...given }, more);
      assert.deepEqual(values, [undefined, undefined, undefined], what);
      assert.match(keySource ?? "", /^(headers|query)$/, what);
      assert.deepEqual(withheld, ["OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"], what);
    }
  }
});

test("organization and project of the environment do not go along with a key for another host", () => {
  for (const api_key of ["sk-vendor", "none"]) {
    const key = api_key === "none" ? undefined : api_key;
    assert.deepEqual(sent({ base_url: gateway, api_key }).values, [key, undefined, undefined]);
  }
  assert.deepEqual(sent({ base_url: gateway }, {}, "sk-own").values, ["sk-own", undefined, undefined]);
  const said = {
    base_url: gateway,
    api_key: "sk-vendor",
    organization: "org-block",
    project: "OPENAI_PROJECT_ID",
  };
  assert.deepEqual(sent(said).values, ["sk-vendor", "org-block", "proj-env"]);
});

test("the block may say that the environment's is for this host, by the variable's name", () => {
  const given = { base_url: gateway, headers: headers("cf-aig-authorization", "Bearer x") };
  const { values, keySource } = sent({ ...given, api_key: "OPENAI_API_KEY" });
  assert.deepEqual([values, keySource], [["sk-env", undefined, undefined], "environment"]);
  assert.deepEqual(sent({ ...given, organization: "OPENAI_ORG_ID" }).values, [
    undefined,
    "org-env",
    undefined,
  ]);
  assert.deepEqual(sent(given, {}, "OPENAI_API_KEY").values[0], "sk-env");
  assert.deepEqual(
    sent({ organization: "OPENAI_API_KEY" }).values[1],
    "OPENAI_API_KEY",
    "of its own variable",
  );
  const errors = accessOf(configured({ ...given, api_key: "OPENAI_API_KEY" }, { OPENAI_API_KEY: " " }));
  assert.ok(Array.isArray(errors));
  assert.match(errors.join(), /^block: OPENAI_API_KEY is not set: /);
});

test("none can be said of each, in the block, in the environment and by an object", () => {
  assert.deepEqual(sent({ api_key: "none", organization: "none", project: "none" }).values, [
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(sent({ api_key: "none" }).keySource, "none");
  assert.equal(
    sent({ base_url: gateway, api_key: "none", headers: headers("X-Token") }).keySource,
    "headers",
  );
  assert.equal(sent({}, { OPENAI_API_KEY: "none" }).keySource, "none");
  assert.deepEqual(sent({}, { OPENAI_ORG_ID: "none" }).values, ["sk-env", undefined, "proj-env"]);
  assert.deepEqual(sent({}, {}, "none").values[0], undefined);
  assert.equal(sent({ api_key: "sk-a" }, {}, "none").keySource, "none");
});

test("a credential in a header or in the query is enough", () => {
  for (const given of [
    { headers: headers("cf-aig-authorization", "Bearer x") },
    { query: headers("key") },
    { base_url: "https://gateway.example/v1?key=x" },
    { api_key: "none" },
  ])
    assert.ok(!Array.isArray(accessOf(configured({ base_url: gateway, ...given }))));
});

/** Key, organization and project that are sent with the admin key. */
function sentAsAdmin(given: Partial<ProviderConfig>, more: NodeJS.ProcessEnv = {}) {
  const settings = settingsOf(providerConfig(given), "1.11.4", {
    ...env,
    OPENAI_ADMIN_KEY: "sk-admin-env",
    ...more,
  });
  const { key, organization, project, keySource, withheld } = identityOf(settings, { key: "admin" });
  return { values: [key, organization, project], keySource, withheld };
}

test("the admin key goes to OpenAI's hosts with the organization, and without a project", () => {
  assert.deepEqual(sentAsAdmin({ project: "proj-block" }), {
    values: ["sk-admin-env", "org-env", undefined],
    keySource: "environment",
    withheld: [],
  });
  const given = { api_key: "sk-block", admin_api_key: "sk-admin-block" };
  assert.deepEqual(sentAsAdmin(given).values, ["sk-admin-block", "org-env", undefined]);
  assert.deepEqual(sent(given).values, ["sk-block", "org-env", "proj-env"], "and the project's as before");
  assert.equal(sentAsAdmin(given).keySource, "provider");
  assert.deepEqual(
    sentAsAdmin({}, { OPENAI_ADMIN_KEY: " " }).keySource,
    undefined,
    "no project's key in its place",
  );
});

test("the environment's admin key goes to another host only where nothing in the block is a credential for it", () => {
  assert.equal(sentAsAdmin({}, { OPENAI_BASE_URL: gateway }).values[0], "sk-admin-env");
  assert.equal(sentAsAdmin({ base_url: gateway }).values[0], "sk-admin-env");
  for (const given of [
    { api_key: "sk-vendor" },
    { api_key: UNKNOWN },
    { api_key: "none" },
    { headers: headers("cf-aig-authorization", "Bearer x") },
    { query: headers("key") },
  ]) {
    const { values, withheld } = sentAsAdmin({ base_url: gateway, ...given });
    assert.deepEqual(values, [undefined, undefined, undefined]);
    assert.deepEqual(withheld, ["OPENAI_ADMIN_KEY", "OPENAI_ORG_ID"]);
    const said = { base_url: gateway, ...given, admin_api_key: "OPENAI_ADMIN_KEY" };
    assert.equal(sentAsAdmin(said).values[0], "sk-admin-env");
  }
});

test("a block's admin key is a credential too: nothing of the environment's goes to the block's host beside it", () => {
  for (const admin_api_key of ["sk-admin-vendor", UNKNOWN]) {
    const { values, withheld } = sent({ base_url: gateway, admin_api_key });
    assert.deepEqual(values, [undefined, undefined, undefined]);
    assert.deepEqual(withheld, ["OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"]);
  }
  assert.equal(sentAsAdmin({ base_url: gateway, admin_api_key: "sk-admin-vendor" }).values[1], undefined);
});

test("a header that has the project's key is no admin key, and a gateway's own credential is enough", () => {
  for (const name of ["Authorization", "api-key", "x-api-key"]) {
    const given = { headers: headers(name, "Bearer sk-project") };
    assert.equal(sentAsAdmin(given, { OPENAI_ADMIN_KEY: "" }).keySource, undefined, name);
    assert.deepEqual(sentAsAdmin(given).keySource, "environment", name);
  }
  const gatewayToken = { base_url: gateway, headers: headers("cf-aig-authorization", "Bearer x") };
  assert.equal(sentAsAdmin(gatewayToken).keySource, "headers");
});

test("none can be said of the admin key", () => {
  assert.deepEqual(sentAsAdmin({ admin_api_key: "none" }).values[0], undefined);
  assert.equal(sentAsAdmin({ admin_api_key: "none" }).keySource, "none");
  assert.equal(sentAsAdmin({}, { OPENAI_ADMIN_KEY: "none" }).keySource, "none");
  assert.equal(sentAsAdmin({ api_key: "none" }).keySource, "environment");
});
