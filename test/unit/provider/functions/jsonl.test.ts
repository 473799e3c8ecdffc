import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { conform, decodeMsgpack, encodeMsgpack, parseNumber, type Value } from "../../../../src/cty/index.ts";
import { ctyType, DynamicValue, FunctionError, objectValue } from "../../../../src/framework/index.ts";
import { stringifyJson } from "../../../../src/openai/index.ts";
import { batchRequest } from "../../../../src/provider/functions/batch-request.ts";
import { idKind } from "../../../../src/provider/functions/id-kind.ts";
import { jsonOfValue } from "../../../../src/provider/functions/json-of-value.ts";
import { jsonlDecode } from "../../../../src/provider/functions/jsonl-decode.ts";
import { jsonlEncode } from "../../../../src/provider/functions/jsonl-encode.ts";
import { apiObjects } from "../../../../src/provider/objects/index.ts";

const exact = '{"seed":4944116822809979520,"tiny":1.5e-9,"none":null,"list":[],"nested":{"a":[1,null,"x"]}}';

/** The decoded lines as JSON again, after the way to Terraform and back. */
function decoded(text: string): string[] {
  const value = jsonlDecode.call(text);
  assert.ok(value instanceof DynamicValue);
  const type = ctyType(jsonlDecode.returns);
  assert.deepEqual(conform(value, type), []);
  const back = decodeMsgpack(encodeMsgpack(value, type), type);
  const lines = jsonOfValue(back);
  assert.ok(Array.isArray(lines));
  return lines.map((line) => stringifyJson(line));
}

function encode(...objects: unknown[]): unknown {
  return jsonlEncode.call(objects);
}

describe("jsonl_decode", () => {
  test("each line is a value of its own type, numbers to the last digit, null apart from absent", () => {
    const sorted =
      '{"list":[],"nested":{"a":[1,null,"x"]},"none":null,"seed":4944116822809979520,"tiny":0.0000000015}';
    assert.deepEqual(decoded(`${exact}\n{"other":true}\n`), [sorted, '{"other":true}']);
  });

  test("what stands for no line: nothing, blank lines, line ends of Windows, a byte order mark", () => {
    assert.deepEqual(decoded(""), []);
    assert.deepEqual(decoded("\n  \r\n"), []);
    assert.deepEqual(decoded('\uFEFF{"a":1}\r\n\r\n{"a":2}'), ['{"a":1}', '{"a":2}']);
  });

  test("any JSON may be a line", () => {
    assert.deepEqual(decoded('1\n"two"\nnull\n[3]\nfalse'), ["1", '"two"', "null", "[3]", "false"]);
  });

  for (const [text, message] of [
    ['{"a":1}\n\n{"secret":', /^In the text, line 3, column \d+, is not JSON: /],
    ['{"a":1}\nsecret', /^In the text, line 2, column 1, is not JSON: /],
    [`{"a":${"9".repeat(500)}}`, /^In the text, line 1: a number is longer than Terraform can hold$/],
  ] as const) {
    test(`names the line of ${text.slice(0, 20)}`, () => {
      assert.throws(
        () => jsonlDecode.call(text),
        (thrown) => {
          assert.ok(thrown instanceof FunctionError);
          assert.match(thrown.message, message);
          assert.doesNotMatch(thrown.message, /secret/);
          return thrown.argument === 0;
        },
      );
    });
  }
});

describe("jsonl_encode", () => {
  const row = (pairs: [string, Value][]) => objectValue(pairs);

  test("one line for each object, and nothing for none", () => {
    const big = parseNumber("4944116822809979520");
    const one = row([
      ["seed", big],
      ["none", null],
      ["on", true],
      ["list", [1, "a"]],
    ]);
    assert.equal(
      encode(one, new Map([["a", "b\n"]])),
      '{"seed":4944116822809979520,"none":null,"on":true,"list":[1,"a"]}\n{"a":"b\\n"}\n',
    );
    assert.equal(encode(), "");
  });

  test("JSON text of an object is a line, with its own keys and digits, on one line", () => {
    assert.equal(
      encode('{\n "z": 1.50,\n "a": 12345678901234567890123\n}'),
      '{"z":1.50,"a":12345678901234567890123}\n',
    );
  });

  test("a tuple is a list", () => {
    const type = { kind: "tuple", elements: [{ kind: "string" }] } as const;
    assert.equal(jsonlEncode.call(new DynamicValue(type, ["{}"])), "{}\n");
  });

  for (const [what, call, message] of [
    ["a text", () => jsonlEncode.call("{}"), "It must be a list of objects"],
    ["an object", () => jsonlEncode.call(row([])), "It must be a list of objects"],
    [
      "a number among objects",
      () => encode(row([]), 5),
      "The element 1 is neither an object nor JSON text of one",
    ],
    ["a broken text", () => encode("{"), "The element 0 is neither an object nor JSON text of one"],
    ["null", () => encode(null), "The element 0 is neither an object nor JSON text of one"],
    ["a list", () => encode([]), "The element 0 is neither an object nor JSON text of one"],
  ] as const) {
    test(`refuses ${what}`, () => assert.throws(call, new FunctionError(message, 0)));
  }
});

describe("batch_request", () => {
  test("has its members in order, and the body as it was given", () => {
    assert.equal(
      batchRequest.call("a", "/v1/responses", '{"model":"m","seed":4944116822809979520,"input":"x"}'),
      '{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m","seed":4944116822809979520,"input":"x"}}',
    );
    const body = objectValue([["temperature", parseNumber("0.1")]]);
    assert.match(String(batchRequest.call("a", "/v1/responses", body)), /"body":\{"temperature":0\.1\}\}$/);
  });

  for (const [what, args, argument] of [
    ["a blank custom ID", [" ", "/v1/responses", "{}"], 0],
    ["a whole URL", ["a", "https://api.openai.com/v1/responses", "{}"], 1],
    ["no URL", ["a", "", "{}"], 1],
    ["a body that is a list", ["a", "/v1/responses", []], 2],
    ["a body that is no JSON", ["a", "/v1/responses", "Hi"], 2],
  ] as const) {
    test(`refuses ${what}`, () =>
      assert.throws(
        () => batchRequest.call(...args),
        (thrown) => thrown instanceof FunctionError && thrown.argument === argument,
      ));
  }
});

describe("id_kind", () => {
  test("the IDs in the declarations of all objects name these objects", () => {
    for (const { declaration } of apiObjects) {
      const kind = declaration.name.replace(/^openai_/, "");
      // A model's ID is a name, an item's names its type, a user and a file have one ID wherever they are, and a query has none.
      if (
        kind === "model" ||
        kind === "conversation_item" ||
        kind === "response_input_item" ||
        kind === "organization_user" ||
        // An alert of the organization and one of a project look alike, and so do keys.
        kind === "organization_spend_alert" ||
        kind === "admin_api_key" ||
        // No document says how these begin.
        kind === "workload_identity_provider" ||
        kind === "external_storage" ||
        declaration.idArgument !== undefined ||
        declaration.idMember !== undefined ||
        declaration.query !== undefined ||
        declaration.list?.ids === false ||
        // What a project or the organization has one of has no ID of its own, and a role's is the same anywhere.
        declaration.singleton === true ||
        (declaration.key === "admin" && declaration.path.includes("{"))
      )
        continue;
      assert.equal(
        idKind.call(declaration.id),
        kind,
        `src/provider/id-kinds.ts has to say that IDs like ${declaration.id} name the kind "${kind}".`,
      );
    }
  });

  for (const [id, kind] of [
    ["skillver_1", "skill_version"],
    ["vsfb_ibj_1", "vector_store_file_batch"],
    ["chatcmpl-1", "chat_completion"],
    ["ft:gpt-4.1:org::abc", "model"],
    ["file-", null],
    ["", null],
    ["FILE-1", null],
    ["constructor-1", null],
    ["gpt-6-luna", null],
    [" vs_1", null],
  ] as const) {
    test(`${JSON.stringify(id)} is ${kind}`, () => assert.equal(idKind.call(id), kind));
  }
});
