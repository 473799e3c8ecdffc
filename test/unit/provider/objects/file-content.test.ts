import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_file_content";
const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "content-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file of the API with this content. */
async function uploaded(t: TestContext, content: string | Buffer) {
  const { server, session } = await place(t);
  const file = server.control.addObject("files", {}, {}, Buffer.from(content));
  return { server, session, file_id: file.id };
}

describe("a file's content", { concurrency: 8 }, () => {
  for (const [what, content] of [
    ["plain text", "one line\n"],
    ["nothing", ""],
    ["JSON that is no object of the API", "[1, 2.50]"],
    ["an error as a file may have one", '{"error":{"message":"quoted","code":"server_error"}}'],
    ["a byte order mark", "\ufeffid,name\r\n"],
    ["NUL and other control characters", "a\u0000b\u001bc"],
  ] as const) {
    it(`${what} is read as it is`, async (t) => {
      const { session, file_id } = await uploaded(t, content);
      const { state } = keptOf(await session.read(name, { file_id }));
      assert.deepEqual(
        [state.id, state.content, state.content_base64, state.content_sha256, state.bytes],
        [file_id, content, null, sha256(content), Buffer.byteLength(content)],
      );
    });
  }

  it("bytes that are no text are an error on encoding, and Base64 has them", async (t) => {
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28]);
    const { session, file_id } = await uploaded(t, bytes);
    const failed = await session.read(name, { file_id });
    assert.deepEqual([failed.titles, failed.paths], [["error: Content is not text"], ["encoding"]]);
    const { state } = keptOf(await session.read(name, { file_id, encoding: "base64" }));
    assert.deepEqual([state.content, state.content_base64], [null, bytes.toString("base64")]);
    assert.equal(state.content_sha256, sha256(bytes));
  });

  it("content goes into a file, and none of it into state", async (t) => {
    const bytes = randomBytes(3_000_000);
    const { session, file_id } = await uploaded(t, bytes);
    const path = join(folder(t), "new", "folder", "out.bin");
    const { state } = keptOf(await session.read(name, { file_id, output_path: path }));
    assert.deepEqual(readFileSync(path), bytes);
    assert.deepEqual([state.content, state.content_base64, state.bytes], [null, null, bytes.length]);
    assert.equal(state.content_sha256, sha256(bytes));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    keptOf(await session.read(name, { file_id, output_path: path }));
    assert.deepEqual(readdirSync(join(path, "..")), ["out.bin"], "nothing is left beside it");
  });

  it("more than max_bytes is an error on it, and a file that was there is unchanged", async (t) => {
    const { session, file_id } = await uploaded(t, "0123456789");
    const path = join(folder(t), "out.txt");
    writeFileSync(path, "before");
    for (const given of [{}, { output_path: path }]) {
      const failed = await session.read(name, { file_id, max_bytes: 9, ...given });
      assert.deepEqual([failed.titles, failed.paths], [["error: Content too large"], ["max_bytes"]]);
      assert.match(failed.details[0] ?? "", /9 bytes/);
    }
    assert.deepEqual([readFileSync(path, "utf8"), readdirSync(join(path, ".."))], ["before", ["out.txt"]]);
    keptOf(await session.read(name, { file_id, max_bytes: 10 }));
  });

  it("state has at most 10 MiB unless more is asked for, and never more than 32 MiB", async (t) => {
    const { server, session, file_id } = await uploaded(t, Buffer.alloc(10 * 1024 * 1024 + 1, "a"));
    assert.deepEqual((await session.read(name, { file_id })).paths, ["max_bytes"]);
    keptOf(await session.read(name, { file_id, max_bytes: 11_000_000 }));
    server.control.clearRequests();
    const refused = session.validateRead(name, { file_id, max_bytes: 40_000_000 });
    assert.deepEqual([refused.titles, refused.paths], [["error: More than state can have"], ["max_bytes"]]);
    for (const given of [{ output_path: "x" }, { output_path: UNKNOWN }, { max_bytes: UNKNOWN }])
      assert.deepEqual(session.validateRead(name, { file_id, max_bytes: 40_000_000, ...given }).titles, []);
    assert.deepEqual(server.requests, []);
  });

  it("a path that cannot be written is an error on it", async (t) => {
    const { session, file_id } = await uploaded(t, "text");
    const there = folder(t);
    writeFileSync(join(there, "file"), "");
    symlinkSync("/dev/null", join(there, "device"));
    symlinkSync(join(there, "missing"), join(there, "dangling"));
    const paths = [
      there,
      `${there}/`,
      `${join(there, "new")}/`,
      join(there, "file", "below"),
      join(there, "n".repeat(300)),
    ];
    for (const output_path of [...paths, join(there, "device"), join(there, "dangling", "below")]) {
      const failed = await session.read(name, { file_id, output_path });
      assert.deepEqual([failed.titles, failed.paths], [["error: File cannot be written"], ["output_path"]]);
      assert.doesNotMatch(failed.details[0] ?? "", /\bat .*\.[jt]s:|ENOENT|EISDIR|REGULAR/);
    }
    assert.deepEqual(readdirSync(there).sort(), ["dangling", "device", "file"]);
  });

  it("what breaks off is read again from its beginning, into state and into a file", async (t) => {
    const { server, session, file_id } = await uploaded(t, "0123456789");
    const retrying = session.with({ max_retries: 2 });
    const output_path = join(folder(t), "out.txt");
    for (const given of [{}, { output_path }]) {
      server.fault({ cutAfter: 4, times: 1 });
      const { state } = keptOf(await retrying.read(name, { file_id, ...given }));
      assert.equal(state.content_sha256, sha256("0123456789"));
    }
    assert.equal(readFileSync(output_path, "utf8"), "0123456789");
    server.fault({ cutAfter: 4, times: 20 });
    const missing = join(output_path, "..", "never.txt");
    const failed = await session.read(name, { file_id, output_path: missing });
    assert.deepEqual(failed.titles, ["error: Answer cut short"]);
    assert.equal(existsSync(missing), false);
    assert.deepEqual(readdirSync(join(output_path, "..")), ["out.txt"]);
  });

  it("refusals of the API are read as such: a missing file on its argument", async (t) => {
    const { server, session } = await uploaded(t, "text");
    const gone = await session.read(name, { file_id: "file-none" });
    assert.deepEqual([gone.titles, gone.paths], [["error: File not found"], ["file_id"]]);
    server.fault({ error: "missing_scopes_403" });
    const refused = await session.read(name, { file_id: "file-none" });
    assert.deepEqual(refused.titles, ["error: API key lacks a permission"]);
  });

  it("a download that hangs ends with the read's time, and with Ctrl-C", async (t) => {
    const { server, session, file_id } = await uploaded(t, "0123456789");
    server.fault({ delayMs: 5_000, times: 2 });
    const late = await session.read(name, { file_id, timeouts: { read: "1s" } });
    assert.deepEqual(late.titles, ["error: Read not finished in time"]);
    setTimeout(() => session.stop(), 50);
    const stopped = await session.read(name, { file_id });
    assert.deepEqual(stopped.titles, ["error: Read cancelled"]);
  });
});
