import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  decodeMsgpack,
  encodeJSON,
  encodeMsgpack,
  objectValue,
  parseNumber,
  UNKNOWN,
  type Value,
} from "../../../src/cty/index.ts";
import {
  ctyType,
  FunctionError,
  integer,
  type Kind,
  nested,
  nullableParameter,
  type ProviderFunction,
  parameter,
  providerFunction,
  string,
  types,
} from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { fakeProvider } from "../../support/fake-provider.ts";
import { serve } from "../../support/provider-client.ts";

const texts = { summary: "It does.", description: "It does so." };
const words = { kind: "list", element: types.string } as const;
const described = "It is described.";

const join = providerFunction({
  name: "join",
  ...texts,
  parameters: [
    parameter("words", words, "Words."),
    nullableParameter("between", types.string, "What stands between them."),
  ],
  returns: types.string,
  call(list, between) {
    const empty = list.indexOf("");
    if (empty >= 0) throw new FunctionError(`word ${empty} is empty.`, 0);
    return list.length === 0 ? null : list.join(between ?? " ");
  },
});

/** A function of one argument whose body the test gives. */
function of<const K extends Kind>(kind: K, call: (value: unknown) => unknown): ProviderFunction {
  const declared = providerFunction({
    name: "f",
    ...texts,
    parameters: [parameter("value", kind, "A value.")],
    returns: types.string,
    call: () => null,
  });
  return { ...declared, call };
}

async function call(context: TestContext, declared: ProviderFunction, args: readonly Value[]) {
  const client = await serve(context, fakeProvider({ functions: [declared] }));
  const response = await client.unary(ProviderService.CallFunction, {
    name: declared.name,
    arguments: declared.parameters.flatMap(({ kind }, index) => {
      const value = args[index];
      return value === undefined ? [] : [{ msgpack: encodeMsgpack(value, ctyType(kind)) }];
    }),
  });
  const { result, error } = response;
  return {
    result: result && decodeMsgpack(result.msgpack, ctyType(declared.returns)),
    error: error === undefined ? undefined : [error.text, error.function_argument],
    log: client.log,
  };
}

test("a function answers with its result, in a provider that was not configured", async (context) => {
  const { result, error } = await call(context, join, [["a", "b"], "-"]);
  assert.equal(result, "a-b");
  assert.equal(error, undefined);
});

test("arguments may come as JSON", async (context) => {
  const client = await serve(context, fakeProvider({ functions: [join] }));
  const { result } = await client.unary(ProviderService.CallFunction, {
    name: "join",
    arguments: [
      { json: Buffer.from(encodeJSON(["a", "b"], ctyType(words))) },
      { json: Buffer.from(encodeJSON("+", ctyType(types.string))) },
    ],
  });
  assert.equal(result && decodeMsgpack(result.msgpack, ctyType(types.string)), "a+b");
});

test("an argument may be null where the function says so, and a result too", async (context) => {
  assert.equal((await call(context, join, [["a", "b"], null])).result, "a b");
  assert.equal((await call(context, join, [[], null])).result, null);
});

test("an argument that is null or missing is refused elsewhere", async (context) => {
  assert.deepEqual((await call(context, join, [null, null])).error, ["it must not be null", 0]);
  assert.deepEqual((await call(context, join, [])).error, ["it must not be null", 0]);
});

test("what an author refuses is reported at its argument, without the full stop that Terraform adds", async (context) => {
  const { result, error } = await call(context, join, [["a", ""], null]);
  assert.equal(result, undefined);
  assert.deepEqual(error, ["word 1 is empty", 0]);
});

test("what is refused of no argument in particular has no index", async (context) => {
  const declared = of(types.string, () => {
    throw new FunctionError("they do not fit");
  });
  assert.deepEqual((await call(context, declared, ["x"])).error, ["they do not fit", undefined]);
});

test("what a message holds of a practitioner's text cannot steer the terminal", async (context) => {
  const declared = of(types.string, (value) => {
    throw new FunctionError(`no ${String(value)}`, 0);
  });
  assert.deepEqual((await call(context, declared, ["\u001b[31mred\r"])).error, ["no \ufffd[31mred\ufffd", 0]);
});

const message = nested({
  role: string({ required: true, description: described }),
  size: integer({ optional: true, description: described }),
});
const value = (role: Value, size: Value) =>
  objectValue([
    ["role", role],
    ["size", size],
  ]);

for (const [what, given, text] of [
  [
    "a null element",
    [value("user", 1), null],
    'value[1]: An element of "value" is null. Leave it out, or give it a value',
  ],
  [
    "a null in place of what is required",
    [value(null, 1)],
    'value[0].role: The argument "role" is required, and its value here is null',
  ],
  [
    "a number that is not whole",
    [value("user", parseNumber("1.5"))],
    'value[0].size: "size" must be a whole number',
  ],
] as const) {
  test(`${what} inside an argument never reaches the author`, async (context) => {
    const declared = of({ kind: "list", element: message }, () => assert.fail("called"));
    const { error } = await call(context, declared, [given]);
    assert.equal(error?.[1], 0);
    assert.ok(String(error?.[0]).startsWith(text), String(error?.[0]));
    assert.doesNotMatch(String(error?.[0]), /\.$/);
  });
}

test("an optional attribute may be null inside an argument", async (context) => {
  const declared = of({ kind: "list", element: message }, () => "fine");
  assert.equal((await call(context, declared, [[value("user", null)]])).result, "fine");
});

test("a value that is not known yet never reaches the author", async (context) => {
  const declared = of(words, () => assert.fail("called"));
  for (const given of [UNKNOWN, ["a", UNKNOWN]]) {
    assert.deepEqual((await call(context, declared, [given])).error, [
      "it is not known yet, and Terraform should not have called the function",
      0,
    ]);
  }
});

for (const [what, result, message] of [
  [
    "a result of the wrong type",
    5,
    "the function f returned a wrong value: a string is required, got a number",
  ],
  ["nothing", undefined, "the function f returned a wrong value: a string is required, got undefined"],
  ["a result that is not known", UNKNOWN, "the function f returned a value that is not known"],
] as const) {
  test(`${what} is a bug, and reported as one`, async (context) => {
    const { error, ...response } = await call(
      context,
      of(types.string, () => result),
      ["x"],
    );
    assert.equal(response.result, undefined);
    assert.equal(error?.[1], undefined);
    assert.ok(
      String(error?.[0]).startsWith(`The provider failed unexpectedly: ${message}.`),
      String(error?.[0]),
    );
  });
}

test("an exception asks for a bug report and shows no stack, which is in the log", async (context) => {
  const declared = of(types.string, () => {
    throw new TypeError("x is not a function");
  });
  const { result, error, log } = await call(context, declared, ["x"]);
  assert.equal(result, undefined);
  assert.deepEqual(error, [
    "The provider failed unexpectedly: x is not a function.\n\nThis is always an error in the provider, not in your " +
      "configuration. Please report it to the provider's developers, with the log that TF_LOG=debug prints",
    undefined,
  ]);
  const stack = log.find((line) => line["@message"] === "Stack of the unexpected exception");
  assert.match(String(stack?.stack), /^TypeError: x is not a function\n +at /);
  assert.equal(stack?.tf_function_name, "f");
});

test("an argument of another type than the function's is an error, not a gRPC status", async (context) => {
  const client = await serve(context, fakeProvider({ functions: [join] }));
  const { result, error } = await client.unary(ProviderService.CallFunction, {
    name: "join",
    arguments: [{ msgpack: encodeMsgpack("text", ctyType(types.string)) }, { msgpack: Buffer.from([0xc0]) }],
  });
  assert.equal(result, undefined);
  assert.match(error?.text ?? "", /^A value does not fit its schema: a list is required/);
});

test("an argument's index that no response can hold is reported as a bug", async (context) => {
  const declared = of(types.string, () => {
    throw new FunctionError("no", 0.5);
  });
  const { error } = await call(context, declared, ["x"]);
  assert.match(String(error?.[0]), /^The provider failed unexpectedly: .*function_argument/);
});
