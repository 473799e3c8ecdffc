import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, Diagnostics } from "../../../src/framework/index.ts";
import { exceptionDiagnostic } from "../../../src/framework/server/exception.ts";
import { readErrorBody } from "../../../src/openai/error-body.ts";
import { OpenAIError, type Page, paginate, parseJson } from "../../../src/openai/index.ts";
import { isJsonArray, isJsonObject } from "../../../src/openai/json.ts";
import { mostItems } from "../../../src/openai/pagination.ts";
import { Redactor } from "../../../src/openai/redact.ts";
import { Body } from "../../../src/provider/api/body.ts";
import { ShapeError, Tally } from "../../../src/provider/api/shape-error.ts";
import { sameJson } from "../../../src/provider/json-argument.ts";
import { redactPanic } from "../../../src/provider/redact-panic.ts";
import { completionState } from "../../support/full-completion.ts";
import { assertLinear } from "../../support/work.ts";

const redactor = new Redactor(["sk-secret-of-the-test"]);
const many = (count: number, unit: string) => Array(count).fill(unit).join(",");
const details = (size: number) => `{"detail":[${many(size, '{"loc":["body","x"],"msg":"wrong"}')}]}`;

describe("what an answer has much of is linear work", () => {
  const completion = (member: string) => parseJson(`{"object":"chat.completion","choices":[],${member}}`);
  const cases: Readonly<Record<string, (size: number) => unknown>> = {
    metadata: (size) =>
      completionState(completion(`"metadata":{${Array.from({ length: size }, (_, i) => `"k${i}":"v"`)}}`)),
    choices: (size) => completionState(completion(`"choices":[${many(size / 10, "{}")}]`)),
    "contents, each kept as text": (size) =>
      completionState(completion(`"choices":[${many(size / 10, '{"message":{"content":[{"text":"x"}]}}')}]`)),
    "members of the wrong type": (size) =>
      completionState(completion(`"choices":[${many(size, "7")}]`), { report: () => {} }),
    "details of an error": (size) => readErrorBody(details(size), redactor),
    "an error of many members": (size) =>
      readErrorBody(`{"error":"no",${Array.from({ length: size }, (_, i) => `"k${i}":1`)}}`, redactor),
    "an error that is nothing of the sort": (size) => readErrorBody(`{"x":[${many(size, "{}")}]}`, redactor),
    diagnostics: (size) => {
      const diagnostics = new Diagnostics();
      for (let i = 0; i < size; i += 1) diagnostics.addWarning("title", `detail ${i % 7} ${i}`);
      assert.equal(diagnostics.length, size);
    },
    "zeros inside a number": (size) => {
      const [one, other] = [`1${"0".repeat(size)}1`, `0.1${"0".repeat(size)}1`];
      assert.ok(!sameJson(`[${one}]`, `[${other}]`));
      assert.ok(sameJson(`[${one}]`, `[${one}.0]`));
    },
    "a crash": (size) =>
      redactPanic("at a.b.c (x) ".repeat(size), { OPENAI_API_KEY: "sk-secret-of-the-test" }),
  };
  for (const [name, run] of Object.entries(cases)) {
    // A floor of work that is counted, for what mostly happens inside built-in functions.
    const floor = () => parseJson(`[${many(200, "1")}]`);
    it(name, () => assertLinear(4_000, 3_000_000, (size) => [run(size), floor()]));
  }
});

describe("what an answer makes is bounded", () => {
  it("an error shows the first details of many", () => {
    const { message } = readErrorBody(details(50_000), redactor);
    assert.equal(message, `${Array(20).fill("body.x: wrong").join("; ")}; …`);
  });

  it("mismatches are reported as far as anybody would read", () => {
    let reported = 0;
    const report = () => {
      reported += 1;
    };
    completionState(parseJson(`{"object":"chat.completion","choices":[${many(5_000, "7")}]}`), { report });
    assert.equal(reported, 1_000);
  });

  it("values are read up to a limit, of one answer and of all pages of a list", () => {
    const tally = new Tally(30);
    const json = parseJson('{"object":"chat.completion","choices":[]}');
    completionState(json, { tally });
    assert.throws(() => completionState(json, { tally }), {
      name: "ShapeError",
      message: "the body should be an answer of at most 30 values, but is larger",
    });
    const choices = parseJson(`{"object":"chat.completion","choices":[${many(400_000, "{}")}]}`);
    assert.throws(() => completionState(choices), /at most 4,000,000 values/);
  });

  it("but a million bytes of a token are read", () => {
    const bytes = new Body(parseJson(`{"bytes":[${many(1_000_000, "255")}]}`)).get("bytes");
    assert.equal(atOnce(bytes.numberPieces())?.length, 1_000_000);
  });

  for (const text of [
    "1e-65000",
    "1e401",
    `1e-${"9".repeat(1_000)}`,
    `0.${"1".repeat(154)}`,
    "7".repeat(401),
  ]) {
    it(`the number ${text.slice(0, 12)} is refused before any BigInt is made`, (t) => {
      const body = new Body(parseJson(`{"n":[${text}]}`));
      t.mock.method(globalThis, "BigInt", () => assert.fail("a BigInt was made"));
      assert.throws(() => atOnce(body.get("n").numberPieces()), ShapeError);
    });
  }

  it("a double's longest numbers are read, to the last digit", () => {
    for (const [text, plain] of [
      ["5e-324", 5e-324],
      ["1.7976931348623157e308", 17976931348623157n * 10n ** 292n],
      [`${"9".repeat(153)}`, BigInt("9".repeat(153))],
      ["1E400", undefined],
      ["-1e399", -(10n ** 399n)],
    ] as const) {
      const read = () => new Body(parseJson(`{"n":${text}}`)).get("n").number();
      if (plain === undefined) assert.throws(read, ShapeError);
      else assert.equal(read(), plain);
    }
  });

  it("keys of metadata that Terraform takes for one are one, the last", () => {
    const map = new Body(parseJson('{"m":{"e\\u0301":"a","\\u00e9":"b"}}')).get("m").stringMap();
    assert.deepEqual([...(map ?? [])], [["\u00e9", "b"]]);
  });

  it("the text of a panic is shortened, and has no secret at its end", () => {
    const text = redactPanic(`${"x".repeat(15_990)}sk-secret-of-the-test${"y".repeat(100_000)}`, {
      OPENAI_API_KEY: "sk-secret-of-the-test",
    });
    assert.ok(text.length < 16_100 && text.endsWith("…") && !text.includes("sk-secret"));
  });

  it("so is the text of an exception", () => {
    const log = { log() {} };
    const context = { signal: new AbortController().signal, log };
    const { detail } = exceptionDiagnostic(
      new Error("x".repeat(100_000)),
      Object.assign(Object.create(null), context),
    );
    assert.ok(detail.includes("xxx…") && detail.length < 2_500);
  });

  it("a list ends at so many items, and a page may have more than a call has arguments", async () => {
    const page = (count: number): Page => {
      const body = parseJson(`{"data":[${many(count, '{"id":"a"}')}],"has_more":false}`);
      assert.ok(isJsonObject(body));
      const data = body.get("data");
      assert.ok(isJsonArray(data));
      const context = { method: "GET", origin: "", path: "", attempts: 1, elapsedMs: 0 };
      return Object.assign(Object.create(null), {
        body,
        data,
        hasMore: false,
        lastId: null,
        text: "",
        context,
      });
    };
    const read = async (count: number) => {
      let items = 0;
      for await (const { data } of paginate(async () => page(count))) items += data.length;
      return items;
    };
    assert.equal(await read(150_000), 150_000);
    await assert.rejects(read(mostItems + 1), (error: unknown) => {
      assert.ok(error instanceof OpenAIError);
      assert.deepEqual([error.kind, error.message], ["too_large", "the list has more than 200,000 items"]);
      return true;
    });
  });
});
