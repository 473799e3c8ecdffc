import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { watchChildren } from "../support/process-watch.ts";
import { Workspace } from "../support/terraform.ts";

const gibibyte = 1024 * 1024 * 1024;
const mostMiB = 150;

it("a file of 1 GiB goes up in parts, and never into memory", async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-soak", OPENAI_BASE_URL: server.url });
  work.write(
    "main.tf",
    `resource "openai_file" "large" {
  path    = "\${path.module}/large.bin"
  purpose = "user_data"
}

output "bytes" {
  value = openai_file.large.bytes
}
`,
  );
  const path = join(work.folder, "large.bin");
  writeFileSync(path, "begin");
  // A file with a hole takes no room on the disk.
  truncateSync(path, gibibyte);
  await work.ok("init");
  const running = new Set<number>();
  const watched = watchChildren(() => running);
  const started = performance.now();
  const result = await work.run(["apply", "-auto-approve"], {
    started: (child) => child.pid !== undefined && running.add(child.pid),
  });
  const seconds = (performance.now() - started) / 1000;
  const { peakMiB } = watched();
  assert.equal(result.code, 0, result.output);
  const parts = server.requests.filter(({ path: each }) => each.endsWith("/parts")).length;
  test.diagnostic(`1 GiB in ${parts} parts: ${seconds.toFixed(1)} s, provider at most ${peakMiB} MiB`);
  assert.equal(await work.output("bytes"), gibibyte);
  assert.equal(parts, 64);
  assert.ok(peakMiB <= mostMiB, `${peakMiB} MiB`);
});
