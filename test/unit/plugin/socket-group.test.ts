import assert from "node:assert/strict";
import { once } from "node:events";
import { linkSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { admitGroup } from "../../../src/plugin/socket-group.ts";

const unix = { skip: process.platform === "win32" ? "there are no groups on Windows" : false };
const group = `${process.getgid?.() ?? 0}`;

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "group-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

async function socketAt(t: TestContext, path: string): Promise<void> {
  const server = createServer().listen(path);
  await once(server, "listening");
  t.after(() => server.close());
}

/** A file of the user's that nobody else may read. */
function privateFile(path: string): string {
  writeFileSync(path, "private", { mode: 0o600 });
  return path;
}

test("a link in the socket's place does not open the file that it names", unix, (t) => {
  const base = folder(t);
  const file = privateFile(join(base, "private"));
  symlinkSync(file, join(base, "socket"));
  assert.throws(
    () => admitGroup(join(base, "socket"), group),
    /PLUGIN_UNIX_SOCKET_GROUP .* cannot be given the socket: .*socket is no socket any more/,
  );
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test("nor does a second name of that file", unix, (t) => {
  const base = folder(t);
  const file = privateFile(join(base, "private"));
  linkSync(file, join(base, "socket"));
  assert.throws(() => admitGroup(join(base, "socket"), group), /no socket any more/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test("nor does a link to another socket", unix, async (t) => {
  const base = folder(t);
  await socketAt(t, join(base, "other"));
  const { mode } = statSync(join(base, "other"));
  symlinkSync(join(base, "other"), join(base, "socket"));
  assert.throws(() => admitGroup(join(base, "socket"), group), /no socket any more/);
  assert.equal(statSync(join(base, "other")).mode, mode);
});

test("the socket itself gets the group, by name too", unix, async (t) => {
  const base = folder(t);
  await socketAt(t, join(base, "socket"));
  admitGroup(join(base, "socket"), group);
  assert.equal(statSync(join(base, "socket")).mode & 0o777, 0o660);
  assert.throws(() => admitGroup(join(base, "socket"), "no-such-group"), /which does not exist/);
});
