import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adminKeyValue } from "../../support/openai-server/objects/key-kinds.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { assertClean, searchFolder } from "../../support/traces.ts";
import { environment, privateKey, publicKey, stored } from "../key-store-support.ts";
import type { Scenario } from "./scenario.ts";

/** The values of all keys that are alive. */
function keys(server: OpenAIServer): string[] {
  return server.control.objects.all("organization/admin_api_keys").map(({ id }) => adminKeyValue(id));
}

export const scenario: Scenario = {
  needs: ["write-only arguments"],
  server: { completions: [] },
  environment,
  variables: () => ({ public_key: publicKey, private_key: privateKey }),
  outputs: { expires_at: /^20\d\d-\d\d-\d\dT/, without_end: [] },
  async check({ work, server }) {
    const [, line = ""] = privateKey.split("\n");
    const secrets = [...keys(server), line];
    assert.deepEqual(stored(server), keys(server), "the key is in the store");
    // Again with a log that has everything: the new key is in the store before the old one goes.
    const log = join(work.folder, "log.txt");
    const env = { TF_LOG: "TRACE", TF_LOG_PATH: log, TF_VAR_key_version: "2" };
    server.control.clearRequests();
    const planned = await work.run(["plan", "-out=2.tfplan"], { env });
    assert.equal(planned.code, 0, planned.output);
    const applied = await work.run(["apply", "2.tfplan"], { env });
    assert.equal(applied.code, 0, applied.output);
    const steps = server.requests
      .filter(({ method, path }) => method !== "GET" && !path.includes("/files/"))
      .map(({ method, path }) => `${method} ${path.split("/v1/")[1]?.replace(/key_.*/, "ID")}`);
    assert.deepEqual(steps, [
      "POST organization/admin_api_keys",
      "POST files",
      "DELETE organization/admin_api_keys/ID",
    ]);
    assert.deepEqual(stored(server), keys(server), "the new key alone is alive, and in the store");
    secrets.push(...keys(server));
    assert.equal(new Set(secrets).size, 3);
    assert.match(readFileSync(log, "utf8"), /request done.*admin_api_keys|admin_api_keys.*request done/);
    for (const text of [planned.output, applied.output]) assertClean("output", Buffer.from(text), secrets);
    searchFolder(work.folder, secrets, [
      "terraform.tfstate",
      "terraform.tfstate.backup",
      "2.tfplan",
      "log.txt",
    ]);
  },
};
