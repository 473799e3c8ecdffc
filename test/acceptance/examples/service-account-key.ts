import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keyValue } from "../../support/openai-server/objects/key-kinds.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { assertClean, searchFolder } from "../../support/traces.ts";
import { environment, privateKey, publicKey, stored } from "../key-store-support.ts";
import type { Scenario } from "./scenario.ts";

const below = "organization/projects/{project_id}";

/** The values of all keys that are alive. */
function keys(server: OpenAIServer): string[] {
  return server.control.objects.all(`${below}/api_keys`).map(({ id }) => keyValue(id));
}

export const scenario: Scenario = {
  needs: ["write-only arguments"],
  server: { completions: [] },
  environment,
  variables: () => ({ public_key: publicKey, private_key: privateKey }),
  outputs: { role: "member", expires_at: /^20\d\d-\d\d-\d\dT/ },
  async check({ work, server }) {
    const [first] = keys(server);
    assert.deepEqual(stored(server), [first], "the key is in the store");
    const [, line = ""] = privateKey.split("\n");
    const secrets = [first ?? "", line];
    // Again with a log that has everything: a new account, and then a new key of it.
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all(`${below}/service_accounts`), []);
    for (const version of ["1", "2"]) {
      const log = join(work.folder, `log-${version}.txt`);
      const env = { TF_LOG: "TRACE", TF_LOG_PATH: log, TF_VAR_key_version: version };
      const planned = await work.run(["plan", `-out=${version}.tfplan`], { env });
      assert.equal(planned.code, 0, planned.output);
      const applied = await work.run(["apply", `${version}.tfplan`], { env });
      assert.equal(applied.code, 0, applied.output);
      const alive = keys(server).filter((each) => stored(server).includes(each));
      assert.equal(alive.length, 1, "the key that is alive is in the store");
      secrets.push(...alive);
      assert.match(readFileSync(log, "utf8"), /request done.*api_keys|api_keys.*request done/);
      for (const text of [planned.output, applied.output]) assertClean("output", Buffer.from(text), secrets);
    }
    assert.equal(new Set(secrets).size, 4);
    const files = ["terraform.tfstate", "terraform.tfstate.backup", "1.tfplan", "2.tfplan", "log-2.txt"];
    searchFolder(work.folder, secrets, files);
  },
};
