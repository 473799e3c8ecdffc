import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

function start(...args: string[]) {
  const child = spawn(process.execPath, ["scripts/server.mjs", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  return { child, output: () => output };
}

test("the server that is started by hand prints its URL and its completions, and ends with SIGTERM", async (t) => {
  const { child, output } = start("--port", "0");
  t.after(() => child.kill("SIGKILL"));
  while (!output().includes("Ctrl-C")) await once(child.stdout, "data");
  const url = /listens at (\S+)/.exec(output())?.[1] ?? "";
  assert.match(output(), /\n {2}chatcmpl-abc123\n/);
  const headers = { authorization: "Bearer sk-local" };
  const response = await fetch(`${url}/chat/completions/chatcmpl-abc123`, { headers });
  assert.equal(response.status, 200);
  await response.text();
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
});

test("a wrong option ends with code 2 and the usage", async () => {
  const { child, output } = start("--port", "many");
  const [code] = await once(child, "close");
  assert.equal(code, 2);
  assert.match(output(), /--port is a number from 0 to 65535\.\n\nA local server/);
});
