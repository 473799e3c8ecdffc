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
  // What the examples of the Administration API name.
  const admin = { headers: { authorization: "Bearer sk-admin-local" } };
  for (const [path, id] of [
    ["users", "user-abc123"],
    ["groups", "group_abc123"],
    ["groups/group_abc123/users", "user-cleo"],
    ["projects", "proj_abc123"],
    ["projects/proj_abc123/users", "user-ben"],
    ["projects/proj_abc123/api_keys", "key_abc123"],
    ["projects/proj_abc123/rate_limits", "rl-gpt-5.6-sol"],
    ["admin_api_keys", "key_admin"],
    ["audit_logs", "audit_log-2"],
  ] as const) {
    const listed = await fetch(`${url}/organization/${path}`, admin);
    const text = await listed.text();
    assert.ok(listed.status === 200 && text.includes(`"${id}"`), `${path}: ${text}`);
    if (/^(users|projects)$/.test(path)) assert.match(output(), new RegExp(id));
  }
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
