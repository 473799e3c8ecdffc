import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { dial } from "../../../src/openai/dial.ts";
import { listen } from "./support.ts";

const never = new AbortController().signal;

/** A process whose port takes no connection until a test asks for it: its queue is full. */
async function fullQueue(
  t: TestContext,
  address: string,
  port = 0,
): Promise<{ port: number; open: () => void }> {
  const script = `
    const { createServer, connect } = require("node:net");
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const server = createServer((socket) => socket.resume()).listen({ host: "${address}", port: ${port}, backlog: 1 }, () => {
      const { port } = server.address();
      process.stdout.write(port + "\\n");
      require("node:fs").readSync(0, Buffer.alloc(1));
    });`;
  const child: ChildProcess = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => void child.kill("SIGKILL"));
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (data) => resolve(String(data))),
  );
  const found = Number(line);
  // A queue of one holds two on Linux; what comes after waits for its SYN to be sent again.
  const fillers = await Promise.all(
    [0, 1].map(() => dial({ host: address, port: found }, AbortSignal.timeout(5_000))),
  );
  t.after(() => {
    for (const filler of fillers) filler.destroy();
  });
  return { port: found, open: () => void child.stdin?.write("x") };
}

describe("dialling", { concurrency: 8 }, () => {
  it("waits for an address that is slow, though another has no route: attempts are not given up", async (t) => {
    const slow = await fullQueue(t, "127.0.0.1");
    // More than an attempt's delay, and far less than the second after which the SYN goes out again.
    setTimeout(slow.open, 400);
    const socket = await dial({ host: "name", port: slow.port }, never, async () => [
      "2001:db8::1",
      "127.0.0.1",
    ]);
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  });

  it("goes on to the next address while one does not answer, and closes that one", async (t) => {
    const quick = await listen(
      t,
      createServer((socket) => void socket.resume()),
    );
    const full = await fullQueue(t, "127.0.0.2", quick);
    const socket = await dial({ host: "name", port: full.port }, never, async () => [
      "127.0.0.2",
      "127.0.0.1",
    ]);
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  });

  it("goes on at once after an address that refuses", async (t) => {
    const port = await listen(t, createServer(silently));
    const addresses = ["127.0.0.9", "127.0.0.8", "127.0.0.7", "127.0.0.1"];
    const socket = await dial({ host: "name", port }, never, async () => addresses);
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  });

  it("reports what the host says rather than that a family has no route", async () => {
    const addresses = ["2001:db8::1", "127.0.0.1"];
    await assert.rejects(
      dial({ host: "name", port: 1 }, never, async () => addresses),
      { code: "ECONNREFUSED" },
    );
  });

  it("ends with its signal while the queue of the host is full, and while a name is looked up", async (t) => {
    const { port } = await fullQueue(t, "127.0.0.1");
    for (const look of [
      async () => ["127.0.0.1"],
      () => new Promise<string[]>((resolve) => setTimeout(resolve, 80, ["127.0.0.1"])),
    ]) {
      const signal = AbortSignal.timeout(40);
      await assert.rejects(dial({ host: "name", port }, signal, look), { name: "TimeoutError" });
    }
  });
});

function silently(socket: Socket): void {
  socket.resume();
}
