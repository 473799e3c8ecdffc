import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { it } from "node:test";
import { isBusy } from "../../support/process-watch.ts";
import { TurnClock } from "../../support/turn-clock.ts";

const skip = existsSync("/proc/self/task") ? false : "this system has no /proc";

it("time stands while another process is busy, and goes on when it waits or has ended", {
  skip,
}, async (test) => {
  // It works while its input says so, and waits for the next line.
  const work = `process.stdin.on("data", (line) => {
    const until = Date.now() + Number(line);
    while (Date.now() < until);
    process.stdout.write("done");
  });
  process.stdout.write("ready");`;
  const child = spawn(process.execPath, ["-e", work], { stdio: ["pipe", "pipe", "inherit"] });
  test.after(() => child.kill());
  const { pid = 0 } = child;
  let looks = 0;
  let busy = 0;
  const clock = new TurnClock(test, 1, () => {
    looks += 1;
    const is = isBusy(pid);
    if (is) busy += 1;
    return is;
  });
  await once(child.stdout, "data");

  const waiting = new AbortController();
  await clock.sleep(20, waiting.signal);
  [looks, busy] = [0, 0];
  const from = clock.now();
  child.stdin.write("300\n");
  await once(child.stdout, "data");
  assert.ok(busy > looks / 2, `busy at ${busy} of ${looks} turns`);
  assert.equal(clock.now() - from, looks - busy);

  await clock.sleep(20, waiting.signal);
  child.kill();
  await once(child, "exit");
  assert.equal(isBusy(pid), false);
  await clock.sleep(20, waiting.signal);
});
