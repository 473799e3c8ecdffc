import assert from "node:assert/strict";
import { it } from "node:test";
import { ProviderSession } from "../../../support/provider-session.ts";

const session = new ProviderSession({ admin_api_key: "sk-admin-test" });
const azure = {
  name: "Main",
  type: "azure",
  key_name: "k",
  tenant_id: "t",
  vault_uri: "https://v.example.com",
};

it("a key has the arguments of its cloud, and may have those that are optional there", () => {
  for (const more of [{}, { key_version: "1" }])
    assert.deepEqual(session.validate("openai_external_key", { ...azure, ...more }).titles, []);
});

it("all arguments that the cloud needs and has not are named in one error", () => {
  const { titles, details } = session.validate("openai_external_key", {
    name: "Main",
    type: "aws",
    role_arn: "a",
  });
  assert.deepEqual(titles, ["error: Missing argument of the cloud"]);
  assert.deepEqual(details, [
    'With type = "aws", external_id, kms_arn and role_arn are needed. Set external_id and kms_arn.',
  ]);
});

it("an argument of another cloud is refused", () => {
  const { titles, details } = session.validate("openai_external_key", { ...azure, region: "eu" });
  assert.deepEqual(titles, ["error: Argument of another cloud"]);
  assert.match(details.join(), /region is set, and means nothing with type = "azure"/);
});
