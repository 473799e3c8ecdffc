import assert from "node:assert/strict";
import { it } from "node:test";
import { ProviderSession } from "../../../support/provider-session.ts";

const session = new ProviderSession({ admin_api_key: "sk-admin-test" });
const oci = { project_id: "proj_1", type: "oci", bucket: "b", tenancy_ocid: "t" };

it("storage has the arguments of its cloud: oci alone needs the region", () => {
  const lacking = session.validate("openai_external_storage", oci);
  assert.deepEqual(lacking.titles, ["error: Missing argument of the cloud"]);
  assert.deepEqual(session.validate("openai_external_storage", { ...oci, region: "eu-1" }).titles, []);
});

it("an argument of another cloud is refused", () => {
  const { titles } = session.validate("openai_external_storage", { ...oci, region: "eu-1", container: "c" });
  assert.deepEqual(titles, ["error: Argument of another cloud"]);
});
