import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["actions"],
  variables: () => ({ month: "2026-11" }),
  async during(server) {
    const old = { created_at: 1_700_000_000 };
    for (const purpose of ["assistants", "batch_output", "vision"]) {
      for (const use of ["used", "unused"])
        server.control.addObject("files", { ...old, id: `file-${purpose}-${use}`, purpose });
    }
    server.control.addObject("vector_stores", { id: "vs_1" });
    const inStore = { vector_store_id: "vs_1" };
    server.control.addObject(
      "vector_stores/{vector_store_id}/files",
      { id: "file-assistants-used" },
      inStore,
    );
    server.control.addObject("batches", { id: "batch_1", output_file_id: "file-batch_output-used" });
  },
  outputs: { cleaned: "2026-11" },
  async check({ work, server, applied }) {
    assert.match(
      unboxed(applied),
      /1 unused file of purpose assistants to be deleted.*file-assistants-unused/,
    );
    const ids = () => server.control.objects.all("files").map(({ id }) => id);
    const kept = ["file-assistants-used", "file-batch_output-used", "file-vision-used", "file-vision-unused"];
    assert.deepEqual(ids(), kept);
    server.control.forgetObject("vector_stores", "vs_1");
    const invoke = '-invoke=action.openai_file_delete_unused.old["assistants"]';
    await work.ok("apply", "-auto-approve", invoke);
    assert.deepEqual(ids(), kept.slice(1));
  },
};
