import assert from "node:assert/strict";
import { test } from "node:test";
import { DynamicValue, FunctionError } from "../../../../src/framework/index.ts";
import { responseText } from "../../../../src/provider/functions/response-text.ts";

function text(output: unknown): unknown {
  return responseText.call(output);
}

const message = (...texts: string[]) => ({
  type: "message",
  content: texts.map((each) => ({ type: "output_text", text: each })),
});

test("the texts of all messages follow each other, and nothing else counts", () => {
  const output = [
    { type: "reasoning", summary: [{ type: "summary_text", text: "hm" }], content: null },
    message("One", " and two"),
    { type: "function_call", name: "f", arguments: "{}" },
    { type: "message", content: [{ type: "refusal", refusal: "no", text: null }] },
    message("."),
  ];
  assert.equal(text(output), "One and two.");
  assert.equal(text(JSON.stringify(output)), "One and two.");
  assert.equal(text(JSON.stringify({ id: "resp_1", output })), "One and two.");
  assert.equal(text(new DynamicValue({ kind: "string" }, JSON.stringify(output))), "One and two.");
  assert.equal(text([message("")]), "", "an empty text is one");
});

test("null stands for no text", () => {
  for (const none of [null, [], "[]", "null", '{"output":null}', [null], [{ type: "message" }]])
    assert.equal(text(none), null, JSON.stringify(none));
});

test("what is no output is an error of the argument", () => {
  for (const wrong of ["", "Hello", "7", true, '{"output":"x"}'])
    assert.throws(
      () => text(wrong),
      (thrown) => thrown instanceof FunctionError && /list of items/.test(thrown.message),
      JSON.stringify(wrong),
    );
});
