import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["provider functions"],
  server: {
    completions: [
      { id: "chatcmpl-a", created: 1738962001, content: "A.", view: { metadata: { review: "good" } } },
      { id: "chatcmpl-b", created: 1738962002, content: "B.", view: { metadata: { review: "bad" } } },
      {
        id: "chatcmpl-c",
        created: 1738962003,
        content: "C.",
        messages: [{ role: "tool", content: "21 degrees", tool_call_id: "call_1" }],
        view: { metadata: { review: "good" } },
      },
      {
        id: "chatcmpl-d",
        created: 1738962004,
        content: "D.",
        messages: [{ role: "user", content: "Give me a D.", name: "olena" }],
        view: { metadata: { review: "good" } },
      },
    ],
  },
  outputs: {
    training_file:
      '{"messages":[{"role":"user","content":"Say hello to Terraform."},{"role":"assistant","content":"A."}]}\n' +
      '{"messages":[{"role":"user","name":"olena","content":"Give me a D."},{"role":"assistant","content":"D."}]}\n',
    left_out: ["chatcmpl-c"],
    file_id: /^file-/,
  },
  async check({ work, server }) {
    const [file] = server.control.objects.all("files");
    assert.deepEqual([file?.body.purpose, file?.body.filename], ["fine-tune", "training.jsonl"]);
    assert.match(String(file?.content), /^\{"messages":.*\}\n\{"messages":.*\}\n$/);
    const { stdout } = await work.ok("output", "-raw", "training_file");
    assert.equal(
      stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)).length,
      2,
    );
  },
};
