import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { root } from "../support/root.ts";

const ESCAPE = "\u001b";

/** Runs `make demo`'s script, in a terminal of its own where script(1) gives one. */
function demo(env: NodeJS.ProcessEnv, terminal: boolean): Promise<string> {
  const command = `'${process.execPath}' scripts/demo.mjs`;
  const [program, args] = terminal
    ? ["script", ["-qec", command, "/dev/null"]]
    : ["/bin/sh", ["-c", command]];
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: "pipe" });
  child.stdin.end();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}

const skip = process.platform === "linux" ? false : "script(1) takes other arguments there";

test("the demo writes no colours into a pipe", async () => {
  const output = await demo({ NO_COLOR: undefined }, false);
  assert.match(output, /Apply complete!/);
  assert.ok(!output.includes(ESCAPE), output);
});

test("nor on a terminal where NO_COLOR is set", { skip }, async () => {
  const plain = await demo({ NO_COLOR: "1" }, true);
  assert.match(plain, /Apply complete!/);
  assert.ok(!plain.includes(ESCAPE), JSON.stringify(plain));
});
