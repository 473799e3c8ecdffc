import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

const keys = "organization/external_keys";
const storages = "organization/external_storage";

export const scenario: Scenario = {
  needs: ["actions"],
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  variables: () => ({ project_id: "proj_abc123" }),
  outputs: { storage: /^extstorage_/ },
  async check({ work, server, applied }) {
    assert.match(unboxed(applied), /OpenAI reports "valid" for the external key "extkey_\w+": it works/);
    const [key] = server.control.objects.all(keys);
    const [storage] = server.control.objects.all(storages);
    assert.equal(storage?.body.status, "validated");

    // One that fails: an error with the API's own reason, and everything is kept.
    const message = "The role cannot be assumed.";
    const error = { message, type: "invalid_request_error", param: null, code: null };
    server.fault({ method: "POST", path: `/v1/${keys}/${key?.id}/validate`, status: 400, body: { error } });
    const failed = await work.fails(
      "apply",
      "-auto-approve",
      "-invoke=action.openai_external_key_validate.main",
    );
    assert.match(failed, /External key does not work: .*The API said: The role cannot be assumed\./s);

    server.control.changeObject(storages, String(storage?.id), { status: "unhealthy" });
    const invoke = "-invoke=action.openai_external_storage_validate.records";
    const unhealthy = await work.fails("apply", "-auto-approve", invoke);
    assert.match(unhealthy, /External storage configuration does not work: .*"unhealthy"/s);
    assert.equal(server.control.objects.all(keys).length, 1);
  },
};
