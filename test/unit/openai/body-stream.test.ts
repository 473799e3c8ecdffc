import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { readBody, readPieces } from "../../../src/openai/body.ts";
import { AttemptError } from "../../../src/openai/errors.ts";

/*
 * A body that is held whole flows; one that goes into a sink is taken piece by piece. However its stream ends, both say
 * the same.
 */

const pieces = ["{", '"a":', "1}"].map((text) => Buffer.from(text));

/** What reading said, or the text. */
async function outcome(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    assert.ok(error instanceof AttemptError, String(error));
    const { kind, systemCode = "" } = error.failure;
    return `${kind} ${systemCode}`.trim();
  }
}

const limit = 6;
const streams: Readonly<Record<string, readonly [string, () => Promise<Readable>]>> = {
  "in pieces": ['{"a":1}', async () => Readable.from(pieces)],
  "of nothing": ["", async () => Readable.from([])],
  "that is over before it is read": [
    "",
    async () => {
      const stream = Readable.from([]);
      await stream.toArray();
      return stream;
    },
  ],
  "that is closed before it is read": ["truncated ERR_STREAM_PREMATURE_CLOSE", async () => closed()],
  "that fails before it is read": [
    "truncated ECONNRESET",
    async () => {
      const stream = Readable.from(pieces).on("error", () => {});
      stream.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
      await new Promise((resolve) => setImmediate(resolve));
      return stream;
    },
  ],
  "that is closed half-way": [
    "truncated ERR_STREAM_PREMATURE_CLOSE",
    async () => {
      const stream = new Readable({ read() {} });
      stream.push(pieces[0]);
      setImmediate(() => stream.destroy());
      return stream;
    },
  ],
  "that fails half-way": [
    "truncated UND_ERR_SOCKET",
    async () => {
      const stream = new Readable({ read() {} });
      stream.push(pieces[0]);
      setImmediate(() => stream.destroy(Object.assign(new Error("other side"), { code: "UND_ERR_SOCKET" })));
      return stream;
    },
  ],
};

async function closed(): Promise<Readable> {
  const stream = new Readable({ read() {} });
  stream.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  return stream;
}

async function inPieces(stream: Readable, most: number): Promise<string> {
  const taken: Buffer[] = [];
  const take = async (piece: Buffer) => taken.push(piece);
  await readPieces(stream, "", { limit: most, seen: () => {}, take });
  return Buffer.concat(taken).toString();
}

describe("a body's stream", () => {
  for (const [name, [expected, make]] of Object.entries(streams)) {
    it(name, async () => {
      const stream = await make();
      assert.equal(await outcome(async () => (await readBody(stream, "")).toString()), expected);
      assert.ok(stream.destroyed);
      const other = await make();
      assert.equal(await outcome(() => inPieces(other, 100)), expected);
    });
  }

  it("that is longer than the limit is read no further, and is seen as far as it came", async () => {
    const seen: string[] = [];
    const more = Buffer.from("more");
    const stream = Readable.from([...pieces, more, more]);
    const flowing = outcome(async () =>
      (await readBody(stream, "", limit, (piece) => seen.push(piece.toString()))).toString(),
    );
    assert.equal(await flowing, "too_large");
    assert.equal(seen.join(""), '{"a":1}');
    assert.ok(stream.destroyed);
    assert.equal(await outcome(() => inPieces(Readable.from(pieces), limit)), "too_large");
  });

  it("ends with the signal", async () => {
    const stop = new AbortController();
    const stream = new Readable({ read() {} });
    stream.push(pieces[0]);
    const read = outcome(async () => (await readBody(stream, "", limit, () => {}, stop.signal)).toString());
    setImmediate(() => stop.abort("test"));
    assert.equal(await read, "truncated");
    assert.ok(stream.destroyed);
  });
});
