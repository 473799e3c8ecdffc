import assert from "node:assert/strict";
import { test } from "node:test";
import { FunctionError, parameter, providerFunction, types } from "../../../src/framework/index.ts";

const text = "It is described.";

/** Declares a function with what the test gives, which the compiler has no say in. */
function declare(definition: object) {
  return providerFunction({
    name: "f",
    summary: text,
    description: text,
    parameters: [parameter("value", types.string, text)],
    returns: types.string,
    call: () => null,
    ...definition,
  });
}

test("a function is what it was declared as", () => {
  const declared = declare({});
  assert.deepEqual(
    [declared.name, declared.summary, declared.returns, declared.parameters.map(({ name }) => name)],
    ["f", text, { kind: "string" }, ["value"]],
  );
});

for (const [what, definition, message] of [
  ["a name with capitals", { name: "F" }, /Invalid name in function F: F/],
  ["a name that begins with a digit", { name: "1f" }, /Invalid name/],
  ["a parameter with a bad name", { parameters: [parameter("a-b", types.string, text)] }, /f: a-b/],
  [
    "a parameter twice",
    { parameters: [parameter("a", types.string, text), parameter("a", types.bool, text)] },
    /repeats a parameter/,
  ],
  ["no summary", { summary: " " }, /has no description/],
  ["no description", { description: "" }, /has no description/],
  [
    "a parameter without a description",
    { parameters: [parameter("a", types.string, "")] },
    /has no description/,
  ],
] as const) {
  test(`${what} is refused where the function is declared`, () => {
    assert.throws(() => declare(definition), message);
  });
}

test("an author's call has its definition as this", () => {
  const declared = declare({
    call(this: { readonly name: string }, value: string) {
      return `${this.name}(${value})`;
    },
  });
  assert.equal(declared.call("x"), "f(x)");
});

test("a refusal knows its argument, or that it is about none", () => {
  assert.equal(new FunctionError("no", 1).argument, 1);
  assert.equal(new FunctionError("no").argument, undefined);
  assert.equal(new FunctionError("no").message, "no");
});
