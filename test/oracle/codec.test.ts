import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import fc from "fast-check";
import * as cty from "../../src/cty/index.ts";
import { Dice } from "../support/random/dice.ts";
import { mutated } from "../support/random/mutated.ts";
import { MAX_TYPE_DEPTH, type Typed, typeDepth, typedValues } from "./arbitrary.ts";
import { assertSame, ours, reported } from "./compare.ts";
import { exceptions, isSame } from "./exceptions.ts";
import { looseJSON } from "./loose-json.ts";
import { looseMsgpack } from "./loose-msgpack.ts";
import { buildOracle, Oracle, type Verdict } from "./oracle.ts";

/*
 * src/cty beside the real go-cty, on random values. ORACLE_VALUES says how many values there are in all,
 * ORACLE_SEED which ones.
 */

const total = Number(process.env.ORACLE_VALUES ?? 5000);
const seed = Number(process.env.ORACLE_SEED ?? 20250207);

const built = buildOracle();
const skip = "skip" in built && built.skip;
let oracle: Oracle;
before(() => {
  if ("executable" in built) oracle = Oracle.start(built.executable);
});
after(() => oracle?.close());

const seeds = fc.nat({ max: 2 ** 30 });

/** Runs the check on so many values, and returns what they were. */
async function every(
  t: TestContext,
  numRuns: number,
  values: fc.Arbitrary<Typed>,
  check: (value: Typed, dice: Dice) => Promise<void>,
): Promise<void> {
  const depths = Array.from({ length: MAX_TYPE_DEPTH + 1 }, () => 0);
  const property = fc.asyncProperty(values, seeds, async (value, diceSeed) => {
    const depth = typeDepth(value.type);
    depths[depth] = (depths[depth] ?? 0) + 1;
    await check(value, new Dice(diceSeed));
  });
  await fc.assert(property, { numRuns, seed });
  const kept = depths.map((count, depth) => `${count} of depth ${depth}`);
  t.diagnostic(`${numRuns} values from seed ${seed}: types ${kept.join(", ")}`);
}

test("go-cty reads what src/cty writes as MessagePack, and writes the same bytes", { skip }, async (t) => {
  await every(t, Math.ceil(total * 0.3), typedValues(true), async ({ type, value }) => {
    await assertSame(oracle, type, { msgpack: cty.encodeMsgpack(value, type) });
  });
});

test("MessagePack written in any other way means the same to both", { skip }, async (t) => {
  await every(t, Math.ceil(total * 0.2), typedValues(true), async ({ type, value }, dice) => {
    await assertSame(oracle, type, { msgpack: looseMsgpack(value, type, dice) });
  });
});

test("go-cty reads what src/cty writes as JSON, and writes the same", { skip }, async (t) => {
  await every(t, Math.ceil(total * 0.15), typedValues(false), async ({ type, value }) => {
    await assertSame(oracle, type, { json: cty.encodeJSON(value, type) });
  });
});

test("JSON written in any other way means the same to both", { skip }, async (t) => {
  await every(t, Math.ceil(total * 0.15), typedValues(false), async ({ type, value }, dice) => {
    await assertSame(oracle, type, { json: looseJSON(value, type, dice) });
  });
});

/**
 * Whether go-cty could take more memory and time for the bytes than there is: it believes a header that
 * claims four thousand million elements (unmarshal.go), and writes out numbers like 1e99999999 and
 * 1p99999999, which is 1 × 2^99999999 to Go.
 */
function exhaustsGo(own: Verdict, bytes: Buffer): boolean {
  if (/[0-9.][eEpP][+-]?[0-9]{4}/.test(bytes.toString("latin1"))) return true;
  return (
    !own.accepted && /ends too early$/.test(own.reason) && (bytes.includes(0xdd) || bytes.includes(0xdf))
  );
}

test("broken MessagePack is read by both or by neither, but for the named exceptions", {
  skip,
}, async (t) => {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  await every(t, Math.ceil(total * 0.2), typedValues(true, 3), async ({ type, value }, dice) => {
    const bytes = mutated(cty.encodeMsgpack(value, type), dice);
    const own = ours(type, { msgpack: bytes });
    if (exhaustsGo(own, bytes)) {
      count("not asked of go-cty, whose memory or time it would exhaust");
      return;
    }
    const theirs = await oracle.ask(cty.typeToJSON(type), { msgpack: bytes });
    const one = { type, bytes, theirs, own };
    if (isSame(one)) {
      count(theirs.accepted ? "read by both" : "read by neither");
      return;
    }
    const exception = exceptions.find(({ excuses }) => excuses(one));
    const context = `${cty.typeToJSON(type)}: ${bytes.toString("hex")}`;
    assert.ok(exception, `${context}\n go-cty  ${reported(theirs)}\n src/cty ${reported(own)}`);
    count(exception.name);
  });
  for (const [what, times] of counts) t.diagnostic(`${times} × ${what}`);
});
