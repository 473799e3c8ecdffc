import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as cty from "../../../src/cty/index.ts";
import { encodePlainPieces } from "../../../src/cty/msgpack-plain.ts";
import { decodePlain } from "../../../src/cty/msgpack-plain-decode.ts";
import { anyBytes, assertPassesAgree, assertReadAlike, plainBytes } from "../../support/codec-passes.ts";
import { numbers, types, values } from "./arbitrary.ts";

/*
 * The single passes, and beside them the passes that take any value and any bytes, to which they leave what is unusual:
 * where the single ones have a result, it is the same.
 */

const typed = (unknowns: boolean) =>
  types().chain((type) => values(type, unknowns).map((value) => ({ type, value })));

test("any value has the bytes that it has without the single passes", () => {
  fc.assert(
    fc.property(typed(true), ({ type, value }) => void assertPassesAgree(value, type)),
    { numRuns: 2_000 },
  );
});

/** Types of which the single passes know every known value. */
function usual(depth = 3): fc.Arbitrary<cty.Type> {
  const leaves = fc.constantFrom(cty.string, cty.number, cty.bool);
  if (depth === 0) return leaves;
  const inner = usual(depth - 1);
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,40}$/).filter((each) => !(each in {}));
  return fc.oneof(
    leaves,
    inner.map(cty.list),
    inner.map(cty.map),
    fc.array(fc.tuple(name, inner), { minLength: 1, maxLength: 20 }).map(cty.object),
  );
}

/** A known value whose keys need no normalisation. */
function known(type: cty.Type): fc.Arbitrary<cty.Value> {
  const nullable = (of: cty.Type) =>
    fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: known(of) });
  switch (type.kind) {
    case "string":
      return fc.oneof(
        // What is no UTF-8 looks like U+FFFD, so that it is looked at twice.
        fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => text.replaceAll("\ufffd", "x")),
        fc.string({ maxLength: 60 }),
      );
    case "number":
      return numbers;
    case "bool":
      return fc.boolean();
    case "list":
      return fc.array(nullable(type.element), { maxLength: 20 });
    case "map":
      return fc
        .array(fc.tuple(fc.string(), nullable(type.element)), { maxLength: 20 })
        .map((all) => new Map(all));
    case "object":
      return fc
        .tuple(...[...type.attributes.values()].map(nullable))
        .map((all) => cty.objectValue([...type.attributes.keys()].map((name, i) => [name, all[i] ?? null])));
    default:
      throw new Error(type.kind);
  }
}

test("what nearly all states consist of is written and read in one pass", () => {
  fc.assert(
    fc.property(
      usual().chain((type) => known(type).map((value) => ({ type, value }))),
      ({ type, value }) => assert.deepEqual(assertPassesAgree(value, type), { written: true, read: true }),
    ),
    { numRuns: 2_000 },
  );
});

const row = cty.object({ a: cty.string, n: cty.number, ok: cty.bool, tags: cty.map(cty.string) });
const good = { a: "x", n: 1, ok: true, tags: new Map([["k", "v"]]) };

describe("an object of plain JavaScript has the bytes of the value that it stands for", () => {
  for (const [name, object] of Object.entries({
    "in the order of the type": good,
    "in another order": { tags: good.tags, ok: true, n: 1, a: "x" },
    frozen: Object.freeze({ ...good }),
  })) {
    test(name, () =>
      assert.deepEqual(plainBytes(object, row), anyBytes(cty.objectValue(Object.entries(good)), row)),
    );
  }
});

describe("what is not surely of the type is left to the pass that says what is wrong", () => {
  const wrong: Readonly<Record<string, unknown>> = {
    "a missing attribute": { a: "x", n: 1, ok: true },
    "one that is undefined": { ...good, a: undefined },
    "one more": { ...good, more: null },
    "one in place of another": { a: "x", n: 1, ok: true, tag: good.tags },
    "an inherited one": Object.create(good),
    "an object of a class": Object.assign(new (class Row {})(), good),
    "a list": [],
    "a map": new Map(Object.entries(good)),
    "a text for a number": { ...good, n: "1" },
    "a number for a text": { ...good, a: 1 },
    "a text for a bool": { ...good, ok: "true" },
    NaN: { ...good, n: Number.NaN },
    infinity: { ...good, n: Number.POSITIVE_INFINITY },
    "an integer that lost digits": { ...good, n: 2 ** 60 },
    "a number that Terraform would round": { ...good, n: 10n ** 400n + 1n },
    "an object for a map": { ...good, tags: { k: "v" } },
    "a map's key that is no text": { ...good, tags: new Map([[1, "v"]]) },
    "a map's value that is undefined": { ...good, tags: new Map([["k", undefined]]) },
    "an unknown value": { ...good, a: cty.UNKNOWN },
    "an unknown value in a map": { ...good, tags: new Map([["k", cty.UNKNOWN]]) },
    "a dynamic value": { ...good, a: new cty.DynamicValue(cty.string, "x") },
    "a Date": { ...good, a: new Date(0) },
    "a function": { ...good, a: () => {} },
    "an unknown whole": cty.UNKNOWN,
    nothing: undefined,
  };
  for (const [name, value] of Object.entries(wrong))
    test(name, () => assert.equal(plainBytes(value, row), undefined));

  test("a list with a hole", () => {
    const list = ["a"];
    list[2] = "c";
    assert.equal(plainBytes(list, cty.list(cty.string)), undefined);
  });
  test("two keys that are one after normalisation", () => {
    const keys = new Map([
      ["\u00e9", "1"],
      ["e\u0301", "2"],
    ]);
    assert.equal(plainBytes(keys, cty.map(cty.string)), undefined);
  });
  test("a name that every object has", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      const type = cty.object({ [name]: cty.string, a: cty.string });
      assert.equal(plainBytes({ a: "x", b: "y" }, type), undefined, name);
    }
    assert.equal(plainBytes({ a: "x" }, cty.object([["__proto__", cty.dynamic]])), undefined);
  });
  test("what nests deeper than values may", () => {
    let [type, value]: [cty.Type, unknown[]] = [cty.list(cty.string), []];
    for (let depth = 0; depth < 600; depth += 1) [type, value] = [cty.list(type), [value]];
    assert.equal(plainBytes(value, type), undefined);
    const bytes = Buffer.concat([Buffer.alloc(600, 0x91), Buffer.of(0x90)]);
    assert.equal(decodePlain(bytes, type), undefined);
    // Of parts whose layouts are known by themselves, too.
    assert.equal(decodePlain(bytes, type), undefined);
  });
});

test("a long text that is not normalised is, and in its place", () => {
  const text = "e\u0301".repeat(100_000);
  const type = cty.list(cty.object({ a: cty.string, b: cty.string }));
  const value = [
    { a: text, b: "x" },
    { a: "y", b: text },
  ].map((each) => cty.objectValue(Object.entries(each)));
  assert.deepEqual(plainBytes(value, type), anyBytes(value, type));
});

test("what is written at the same time does not mix", () => {
  const type = cty.list(cty.string);
  const texts = (of: string) => Array.from({ length: 500 }, (_, i) => `${of}${i}`);
  const [one, other] = [encodePlainPieces(texts("one"), type), encodePlainPieces(texts("other"), type)];
  const ended: Buffer[] = [];
  for (const works = [one, other]; works.length > 0; ) {
    const work = works.shift();
    const step = work?.next();
    if (step?.done === true) ended.push(step.value ?? Buffer.alloc(0));
    else if (work !== undefined) works.push(work);
  }
  assert.deepEqual(ended, [anyBytes(texts("one"), type), anyBytes(texts("other"), type)]);
  // Nor what comes after it, which has the bytes' place.
  const first = plainBytes(["first"], type);
  plainBytes(["other"], type);
  assert.deepEqual(first, anyBytes(["first"], type));
});

test("whatever becomes of bytes on the way, the single pass reads what the other reads, or nothing", () => {
  const cases = fc.oneof(usual(), types()).chain((type) =>
    fc.tuple(
      values(type, false).map((value) => cty.encodeMsgpack(value, type)),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
      fc.constant(type),
      fc.nat({ max: 4 }),
    ),
  );
  fc.assert(
    fc.property(cases, ([bytes, changes, type, cut]) => {
      const damaged = Buffer.from(bytes.subarray(0, bytes.length - cut));
      for (const [at, byte] of changes) if (damaged.length > 0) damaged[at % damaged.length] = byte;
      assertReadAlike(damaged, type);
    }),
    { numRuns: 4_000 },
  );
});
