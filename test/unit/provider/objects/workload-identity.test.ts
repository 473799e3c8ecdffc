import assert from "node:assert/strict";
import { it } from "node:test";
import { ProviderSession } from "../../../support/provider-session.ts";

const session = new ProviderSession({ admin_api_key: "sk-admin-test" });
const provider = { name: "Builds", issuer: "https://token.example.com", audience: "api" };
const rule = {
  workload_identity_provider_id: "wip_1",
  project_id: "proj_1",
  service_account_id: "svcacct_1",
};
const jwks_json = '{"keys":[]}';

for (const [verification, title] of [
  [{ type: "uploaded_jwks" }, "error: Verification without keys"],
  [{ type: "discovery", jwks_json }, "error: Verification does not fit its type"],
  [
    { type: "uploaded_jwks", jwks_json, discovery_url: "https://token.example.com" },
    "error: Verification does not fit its type",
  ],
] as const) {
  it(`a provider's verification ${JSON.stringify(verification)} is refused before anything is sent`, () => {
    const { titles } = session.validate("openai_workload_identity_provider", { ...provider, verification });
    assert.deepEqual(titles, [title]);
  });
}

it("a provider is asked over TLS alone", () => {
  const plain = session.validate("openai_workload_identity_provider", {
    ...provider,
    issuer: "http://token.example.com",
  });
  assert.equal(plain.titles.length, 1);
  assert.match(plain.details.join(), /begins with https/);
  assert.deepEqual(session.validate("openai_workload_identity_provider", provider).titles, []);
});

for (const [more, title] of [
  [{ permissions: { type: "restricted" } }, "error: Permissions do not fit their type"],
  [
    { permissions: { type: "service_account_default", scopes: ["api.model.request"] } },
    "error: Permissions do not fit their type",
  ],
  [{ attribute_matchers_json: "{}" }, "warning: Every token matches"],
] as const) {
  it(`a rule with ${JSON.stringify(more)}: ${title}`, () => {
    const given = { ...rule, attribute_matchers_json: '{"sub":"a"}', ...more };
    assert.deepEqual(session.validate("openai_workload_identity_federation_rule", given).titles, [title]);
  });
}

it("an attribute of a token is matched by one value", () => {
  const { titles, details } = session.validate("openai_workload_identity_federation_rule", {
    ...rule,
    attribute_matchers_json: '{"sub":["a","b"]}',
  });
  assert.equal(titles.length, 1);
  assert.match(details.join(), /"sub" is not/);
});
