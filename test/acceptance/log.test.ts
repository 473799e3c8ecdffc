import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { Workspace } from "../support/terraform.ts";

/** Logged after ten seconds in a queue: test/unit/openai/organization.test.ts holds it against the page. */
const logged = new Set(["requests wait for the API's rate limit"]);

it("the log's page has the lines, levels and fields that Terraform's log gets", async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  server.seed({ id: "chatcmpl-late" });
  server.fault({ id: "chatcmpl-late", error: "not_found", times: 1 });
  server.seed({ id: "chatcmpl-again" });
  server.fault({ id: "chatcmpl-again", error: "server_error", times: 1 });
  const work = new Workspace(test, {
    OPENAI_API_KEY: "sk-example",
    OPENAI_BASE_URL: server.url,
    TF_LOG_PROVIDER: "debug",
  });
  work.write(
    "main.tf",
    `data "openai_chat_completions" "all" {}
data "openai_chat_completion" "again" { completion_id = "chatcmpl-again" }
data "openai_chat_completion" "late" {
  completion_id = "chatcmpl-late"
  wait_timeout  = "30s"
}
`,
  );
  await work.ok("init");
  const { stderr } = await work.ok("plan");
  const lines = stderr.split("\n").filter((line) => line.includes("provider.terraform-provider-openai"));

  const page = readFileSync(join(root, "docs", "guides", "log.md"), "utf8");
  const [, table = ""] = page.split("## What it holds");
  const rows = [...table.matchAll(/^\| `([^`]+)` \| `(\w+)` \|(.*)\|$/gm)];
  assert.ok(rows.length >= 5);
  for (const [, message = "", level = "", fields = ""] of rows) {
    if (logged.delete(message)) continue;
    const found = lines.filter((line) => line.includes(`: ${message}:`));
    assert.ok(found.length > 0, `${message} is in:\n${lines.join("\n")}`);
    for (const line of found) {
      assert.ok(line.includes(`[${level.toUpperCase()}]`), `${level}: ${line}`);
      for (const [, field = ""] of fields.matchAll(/`(\w+)`/g))
        assert.match(line, new RegExp(`\\b${field}=`));
      assert.match(line, /\btf_req_id=/);
    }
  }
  assert.equal(logged.size, 0, "the page has what is logged elsewhere");
});
