import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  atOnce,
  list,
  map,
  nested,
  number,
  object,
  type Pieces,
  string,
  types,
} from "../../../../src/framework/index.ts";
import { type ApiResponse, OpenAIError, parseJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import { mappedInPieces } from "../../../../src/provider/api/mapped.ts";
import { refreshed, refreshedPieces } from "../../../../src/provider/api/refresh.ts";
import { readAttributePieces, readAttributes, wired } from "../../../../src/provider/api/wire.ts";
import { assertLinear } from "../../../support/work.ts";

const reported = { computed: true, description: "A result." } as const;
const row = nested({ id: string(reported), numbers: list(types.number, reported) });
const attributes = {
  rows: list(row, reported),
  numbers: list(types.number, reported),
  texts: map(types.string, reported),
  inner: object(nested({ deep: list(row, reported) }), reported),
  choices: wired(list(row, reported), {
    readPieces: (parent) =>
      parent.get("choices").objectPieces((each) => readAttributePieces(row.attributes, each)),
  }),
  count: number(reported),
};

const many = (count: number, unit: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => unit(i));
const rows = (size: number) => `[${many(size, (i) => `{"id":"r${i}","numbers":[${i},1.5]}`)}]`;
const answers: Readonly<Record<string, (size: number) => string>> = {
  "a list of objects": (size) => `{"rows":${rows(size)}}`,
  "a list deep inside": (size) => `{"inner":{"deep":${rows(size)}}}`,
  "a list in one element": (size) => `{"rows":[{"id":"a","numbers":[${many(size, String)}]}]}`,
  "a list with a read of its own": (size) => `{"choices":${rows(size)}}`,
  numbers: (size) => `{"numbers":[${many(size, String)}]}`,
  "long numbers": (size) => `{"numbers":[${many(size, (i) => `1.25${i}`)}]}`,
  "a map": (size) => `{"texts":{${many(size, (i) => `"k${i}":"v"`)}}}`,
};

/** The value, and into how many pieces the work on it falls. */
function counted<T>(work: Pieces<T>): readonly [T, number] {
  for (let pieces = 1; ; pieces += 1) {
    const { done, value } = work.next();
    if (done) return [value, pieces];
  }
}

describe("an answer is mapped in pieces", () => {
  for (const [name, answer] of Object.entries(answers)) {
    test(`${name}: more pieces the longer it is, the same values, and linear work`, async () => {
      const json = parseJson(answer(1_000));
      const [read, pieces] = counted(readAttributePieces(attributes, new Body(json)));
      assert.ok(pieces >= 15, `${pieces} pieces`);
      assert.deepEqual(read, readAttributes(attributes, new Body(json)));
      const known = Object.fromEntries(Object.keys(attributes).map((each) => [each, null]));
      const [state, stateful] = counted(refreshedPieces(attributes, known, new Body(json), "compare"));
      assert.ok(stateful >= 15, `${stateful} pieces`);
      assert.deepEqual(state, refreshed(attributes, known, new Body(json), "compare"));
      await assertLinear(2_000, 2_000_000, (size) =>
        atOnce(readAttributePieces(attributes, new Body(parseJson(answer(size))))),
      );
    });
  }

  test("an ordinary one in one piece", () => {
    const json = parseJson(
      '{"rows":[{"id":"a","numbers":[1,2]}],"texts":{"k":"v"},"inner":{"deep":[]},"count":1}',
    );
    assert.equal(counted(readAttributePieces(attributes, new Body(json)))[1], 1);
  });

  test("two keys that Terraform takes for one are one, the last", () => {
    const json = parseJson('{"texts":{"e\\u0301":"a","\\u00e9":"b"}}');
    assert.deepEqual(readAttributes(attributes, new Body(json)).texts, new Map([["\u00e9", "b"]]));
  });
});

describe("work on an answer ends", () => {
  const context = { method: "GET", origin: "", path: "", attempts: 1, elapsedMs: 0 };
  function answer(throwIfStopped: () => void): ApiResponse {
    const about = { status: 200, requestId: undefined, date: undefined, api: undefined, text: "{}" };
    const account = { organization: undefined, project: undefined };
    return { ...about, account, body: new Map(), display: String, context, throwIfStopped };
  }
  /** Takes until others have had their turn, again and again. */
  function* endless(turns: { count: number }): Pieces<never> {
    for (;;) {
      setImmediate(() => {
        turns.count += 1;
      });
      const before = turns.count;
      while (turns.count === before) yield;
    }
  }

  test("where the operation does", async () => {
    const turns = { count: 0 };
    const error = new OpenAIError({ kind: "aborted", message: "the operation was cancelled" }, context);
    const response = answer(() => {
      if (turns.count >= 3) throw error;
    });
    await assert.rejects(mappedInPieces(response, endless(turns)), (thrown) => thrown === error);
    assert.equal(turns.count, 3);
  });

  test("and a wrong shape is an error of the answer, in whichever piece it is", async () => {
    const wrong = parseJson(`{"rows":[${many(200, () => "{}")},7]}`);
    const work = readAttributePieces({ rows: list(row, reported) }, new Body(wrong));
    await assert.rejects(
      mappedInPieces(
        answer(() => {}),
        work,
      ),
      { name: "OpenAIError", kind: "unexpected_shape", message: /^rows\[200\]/ },
    );
  });
});
