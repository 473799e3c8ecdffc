import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: { custom_ids: ["first", "second"], complete: true },
  async check({ work, server }) {
    const copy = () => readFileSync(join(work.folder, "copy/requests.jsonl"), "utf8");
    const sent = readFileSync(join(work.folder, "requests.jsonl"), "utf8");
    assert.equal(copy(), sent);
    work.write("requests.jsonl", sent.replace("first", "changed"));
    await work.ok("apply", "-auto-approve");
    assert.match(copy(), /changed/);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all("files"), []);
  },
};
