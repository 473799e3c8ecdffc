import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";
import { assertLinear, turnsOf } from "../../support/work.ts";

const row = cty.object({ name: cty.string, bytes: cty.list(cty.number), tags: cty.map(cty.string) });
const type = cty.list(row);

function rows(size: number): cty.Value {
  return Array.from({ length: size }, (_, i) =>
    cty.objectValue([
      ["name", `row ${i}`],
      ["bytes", [i % 256, 1.5, -7, 2n ** 40n]],
      ["tags", new Map([["k", "v"]])],
    ]),
  );
}

/** Long lists of every kind, and one key after another. */
const values: Readonly<Record<string, (size: number) => readonly [cty.Value, cty.Type]>> = {
  objects: (size) => [rows(size), type],
  numbers: (size) => [Array.from({ length: size }, (_, i) => i), cty.list(cty.number)],
  "large numbers": (size) => [Array(size).fill(2n ** 60n), cty.list(cty.number)],
  texts: (size) => [Array(size).fill("e\u0301"), cty.set(cty.string)],
  lists: (size) => [Array(size).fill([1]), cty.list(cty.list(cty.number))],
  "keys in any order": (size) => [
    new Map(Array.from({ length: size }, (_, i) => [`k${(i * 7_919) % size}-${i}`, "v"])),
    cty.map(cty.string),
  ],
  "maps of objects": (size) => [
    new Map(Array.from({ length: size }, (_, i) => [`k${i}`, cty.objectValue([["n", i]])])),
    cty.map(cty.object({ n: cty.number })),
  ],
  keys: (size) => [new Map(Array.from({ length: size }, (_, i) => [`k${i}`, true])), cty.map(cty.bool)],
};

describe("a long value is walked in pieces", () => {
  for (const [name, make] of Object.entries(values)) {
    test(`${name}: the result is that of one go, and the work is linear`, async () => {
      const [value, of] = make(300);
      assert.deepEqual(cty.conform(value, of), []);
      assert.deepEqual(await cty.inPieces(cty.encodeMsgpackPieces(value, of)), cty.encodeMsgpack(value, of));
      assert.ok(await cty.inPieces(cty.whollyKnownPieces(value)));
      await assertLinear(2_000, 2_000_000, (size) => {
        const [long, ofLong] = make(size);
        cty.conform(long, ofLong);
        cty.isWhollyKnown(long);
        cty.encodeMsgpack(long, ofLong);
      });
    });
  }

  test("into more pieces the longer it is, whichever part of it is long", () => {
    for (const [name, make] of Object.entries(values)) {
      const [value, of] = make(10_000);
      // A set is brought into its order in one go.
      if (of.kind === "set") continue;
      for (const work of [cty.encodeMsgpackPieces(value, of), cty.conformPieces(value, of)]) {
        let pieces = 1;
        for (; !work.next().done; ) pieces += 1;
        assert.ok(pieces >= 100, `${name}: ${pieces} pieces`);
      }
    }
    const text = "\u0301".repeat(1_000_000);
    for (const [value, of] of [
      [text, cty.string],
      [[text], cty.list(cty.string)],
      [cty.objectValue([["a", text]]), cty.object({ a: cty.string })],
      [new Map([[text, text]]), cty.map(cty.string)],
    ] as const) {
      let pieces = 1;
      for (const work = cty.encodeMsgpackPieces(value, of); !work.next().done; ) pieces += 1;
      assert.ok(pieces >= 10, `${pieces} pieces`);
    }
  });

  test("keys are in one order, however many there are", () => {
    const keys = Array.from(
      { length: 10_000 },
      (_, i) => `${(i * 7_919) % 10_000}${i % 3 === 0 ? "\u{10400}" : "\uffff"}`,
    );
    const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const written = (all: readonly string[]) =>
      cty.encodeMsgpack(new Map(all.map((key) => [key, key])), cty.map(cty.string));
    assert.deepEqual(
      [...(cty.decodeMsgpack(written(keys), cty.map(cty.string)) as Map<string, string>).keys()],
      sorted,
    );
    assert.deepEqual(written(keys), written(sorted));
  });

  test("the event loop turns meanwhile, but for a short value", async () => {
    assert.ok((await turnsOf(() => cty.inPieces(cty.encodeMsgpackPieces(rows(10), type)))) <= 1);
    // So long that no machine walks it within three turns.
    const long = rows(400_000);
    for (const work of [
      () => cty.inPieces(cty.encodeMsgpackPieces(long, type)),
      () => cty.inPieces(cty.conformPieces(long, type)),
      () => cty.inPieces(cty.whollyKnownPieces(long)),
    ]) {
      assert.ok((await turnsOf(work)) >= 3);
    }
  });
});

describe("what is wrong in a long value is found where it is", () => {
  const wrong: [string, cty.Value, cty.Type, string][] = [
    ["a text among numbers", [1, 2, "x"], cty.list(cty.number), "[2]: a number is required, got a string"],
    ["a number among texts", ["a", 1], cty.list(cty.string), "[1]: a string is required, got a number"],
    ["NaN", [1, Number.NaN], cty.list(cty.number), "[1]: a finite number is required, got NaN"],
    ["a rounded integer", [2 ** 53], cty.list(cty.number), "[0]: an integer beyond 2^53 must be a bigint"],
    [
      "a bool in a map",
      new Map([["k", true]]),
      cty.map(cty.string),
      '["k"]: a string is required, got a bool',
    ],
  ];
  for (const [name, value, of, message] of wrong) {
    test(name, () => {
      const [problem, ...more] = cty.conform(value, of);
      assert.ok(problem !== undefined);
      assert.ok(problem.message.startsWith(message), problem.message);
      assert.deepEqual(more, []);
      assert.throws(() => cty.encodeMsgpack(value, of), { message: problem.message });
    });
  }

  test("an unknown value deep inside is one that is not wholly known", () => {
    const list = Array.from({ length: 500 }, (): cty.Value => [1, 2]);
    assert.ok(cty.isWhollyKnown(list));
    assert.ok(!cty.isWhollyKnown([...list, [1, cty.UNKNOWN]]));
    assert.ok(!cty.isWhollyKnown(new Map([["k", cty.UNKNOWN]])));
  });

  test("zero without a sign, and integers at the ends of 32 bits, are written as before", () => {
    for (const [value, hex] of [
      [-0, "00"],
      [127, "7f"],
      [2 ** 32 - 1, "ceffffffff"],
      [2 ** 32, "cf0000000100000000"],
      [-(2 ** 31), "d280000000"],
      [-(2 ** 31) - 1, "d3ffffffff7fffffff"],
    ] as const) {
      assert.equal(cty.encodeMsgpack(value, cty.number).toString("hex"), hex);
      assert.equal(cty.encodeMsgpack([value], cty.list(cty.number)).toString("hex"), `91${hex}`);
    }
  });
});
