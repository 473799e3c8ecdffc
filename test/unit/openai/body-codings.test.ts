import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { describe, it } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { mostCodings, readBody } from "../../../src/openai/body.ts";
import { AttemptError } from "../../../src/openai/errors.ts";
import { client, failing, get, http } from "./support.ts";

const MIB = 1024 * 1024;
const compress = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const;
type Coding = keyof typeof compress;

/** Text with all codings applied, the first one first. */
function coded(text: string | Buffer, codings: readonly Coding[]): Buffer {
  return codings.reduce((bytes: Buffer, coding) => compress[coding](bytes), Buffer.from(text));
}

async function kindOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => assert.fail("it was read"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof AttemptError);
  return error.failure.kind;
}

describe("content-codings", () => {
  for (const codings of [
    ["gzip", "br"],
    ["deflate", "deflate"],
    ["br", "gzip"],
  ] as const) {
    it(`${codings.join(" and ")} together are decoded`, async () => {
      assert.equal(codings.length, mostCodings);
      const bytes = await readBody(Readable.from([coded("{}", codings)]), codings.join(", "));
      assert.equal(bytes.toString(), "{}");
    });
  }

  for (const [name, codings, header] of [
    ["three", ["gzip", "gzip", "gzip"], "gzip, gzip, gzip"],
    ["three kinds", ["gzip", "br", "deflate"], "gzip,br,deflate"],
    ["three with identity between", ["br", "br", "br"], "br, identity, br, identity, br"],
    ["a thousand", ["gzip"], Array(1_000).fill("gzip").join(",")],
  ] as const) {
    it(`${name} are refused before any is decoded`, async () => {
      const source = Readable.from([coded("{}", codings)]);
      assert.equal(await kindOf(readBody(source, header)), "invalid_encoding");
      assert.equal(source.readableDidRead, false);
    });
  }

  it("are limited between the two as after them", async () => {
    // Unfolds to 4 MB between the two, and to nothing after them.
    const nothing = gzipSync(Buffer.alloc(0));
    const middle = Buffer.alloc(200_000 * nothing.length, nothing);
    assert.ok(middle.length > 3 * MIB && middle.length < 5 * MIB);
    const bomb = gzipSync(middle);
    assert.ok(bomb.length < 100_000);
    assert.equal((await readBody(Readable.from([bomb]), "gzip, gzip", 5 * MIB)).length, 0);
    assert.equal(await kindOf(readBody(Readable.from([bomb]), "gzip, gzip", 3 * MIB)), "too_large");
  });

  it("are limited before the first, where nothing comes out of it", async () => {
    const nothing = gzipSync(Buffer.alloc(0));
    async function* endless() {
      for (;;) yield Buffer.alloc(64 * 1024 - ((64 * 1024) % nothing.length), nothing);
    }
    assert.equal(await kindOf(readBody(Readable.from(endless()), "gzip", 2 * MIB)), "too_large");
  });

  for (const header of ["gzip", "br", "deflate", "gzip, br"]) {
    it(`${header}: decoding ends when it is aborted, though nothing more comes`, async () => {
      const codings = header.split(", ").filter((name): name is Coding => name in compress);
      const source = new PassThrough();
      const whole = coded(Buffer.alloc(MIB), codings);
      source.write(whole.subarray(0, whole.length - 4));
      const stop = new AbortController();
      const reading = readBody(source, header, undefined, undefined, stop.signal);
      setImmediate(() => stop.abort());
      assert.equal(await kindOf(reading), "truncated");
      if (!source.closed) await once(source, "close");
    });
  }

  it("that hang are ended by the time of an attempt, and by a cancellation", async (t) => {
    const whole = gzipSync(Buffer.alloc(MIB, " "));
    const port = await http(t, (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.write(whole.subarray(0, whole.length - 10));
    });
    const own = client(t, `http://127.0.0.1:${port}`, { maxRetries: 0, timeoutMs: 200 });
    assert.equal((await failing(own.send(get("a")))).kind, "attempt_timeout");
    const stop = new AbortController();
    const slow = client(t, `http://127.0.0.1:${port}`, { maxRetries: 0 });
    setTimeout(() => stop.abort(), 100);
    assert.equal((await failing(slow.send(get("a"), { signal: stop.signal }))).kind, "aborted");
  });
});
