import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce } from "../../../../src/framework/index.ts";
import { parseJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import { ShapeError, Tally } from "../../../../src/provider/api/shape-error.ts";
import { valueInWords } from "../../../../src/provider/api/value-in-words.ts";
import {
  completionState,
  fullBody,
  type Json,
  pathText,
  places,
  readingOf,
  type Step,
  stateOf,
  withValue,
} from "../../../support/full-completion.ts";

/** One value of each JSON type, and how messages describe it. */
const samples: readonly { readonly type: string; readonly value: Json; readonly words: string }[] = [
  { type: "string", value: "seven", words: "a string" },
  { type: "number", value: 7.5, words: "the number 7.5" },
  { type: "boolean", value: true, words: "true" },
  { type: "list", value: [1, 2], words: "a list of 2" },
  { type: "object", value: { a: 1 }, words: 'an object with the keys "a"' },
];

/** Where any JSON may stand, because it is kept as text, or not read at all. */
const anything = new Set(["id", "tools", "tool_choice", "response_format", "moderation"]);

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value;
}

/** The message of the ShapeError that mapping a body ends in; fails where there is none. */
function shapeError(body: Json | { readonly text: string }, about: string): string {
  try {
    stateOf(body);
  } catch (thrown) {
    assert.ok(thrown instanceof ShapeError, `${about}: ${thrown}`);
    return thrown.message;
  }
  assert.fail(`${about} was accepted`);
}

const expectations: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  list: "a list",
  object: "an object",
};

function expectedAt(path: readonly Step[], value: Json): string {
  if (path.length === 1 && path[0] === "object") return '"chat.completion"';
  const words = expectations[typeOf(value)];
  assert.ok(words, pathText(path));
  return words;
}

/** A message's content may be a list of parts, so a list there is judged by its elements. */
function isContentAsList(path: readonly Step[], type: string): boolean {
  return pathText(path) === "choices[0].message.content" && type === "list";
}

test("each wrong JSON type in each place is an error with the path, what belongs there and what was there", (t) => {
  let tried = 0;
  for (const { path, value } of places(fullBody)) {
    if (anything.has(String(path[0]))) continue;
    for (const sample of samples) {
      if (sample.type === typeOf(value) || isContentAsList(path, sample.type)) continue;
      const at = pathText(path);
      assert.equal(
        shapeError(withValue(fullBody, path, sample.value), `${at} = ${sample.words}`),
        `${at} should be ${expectedAt(path, value)}, but is ${sample.words}`,
      );
      tried += 1;
    }
  }
  t.diagnostic(`${tried} substitutions`);
  assert.ok(tried > 250, `${tried}`);
});

test("what is not as described is null, reported once, and takes nothing else away", (t) => {
  let tried = 0;
  // Five lists are empty where there is nothing, and null where there is something else.
  const bare = (state: unknown) =>
    JSON.parse(JSON.stringify(state, plain), (_, v) => (isEmpty(v) ? null : v));
  for (const { path, value } of places(fullBody)) {
    if (anything.has(String(path[0]))) continue;
    for (const sample of samples) {
      if (sample.type === typeOf(value) || isContentAsList(path, sample.type)) continue;
      const at = pathText(path);
      const { state, reported } = readingOf(withValue(fullBody, path, sample.value));
      assert.deepEqual(reported, [`${at} should be ${expectedAt(path, value)}, but is ${sample.words}`]);
      const without = readingOf(withValue(fullBody, path, null));
      const whole = bare(stateOf(fullBody));
      assert.deepEqual(bare(state), bare(without.state), at);
      assert.notDeepEqual(bare(state), whole, at);
      tried += 1;
    }
  }
  t.diagnostic(`${tried} substitutions`);
  assert.ok(tried > 250, `${tried}`);
});

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

test("several odd members are each reported, and all else is read", () => {
  const { state, reported } = readingOf({
    ...fullBody,
    created: "2026-01-01",
    metadata: { team: "platform", cost: 0.25, none: null },
    usage: { ...fullBody.usage, prompt_tokens: "11", prompt_tokens_details: [] },
    choices: [{ ...fullBody.choices[0], logprobs: [] }, "text", null] as Json,
  });
  assert.deepEqual(reported, [
    "created should be a number, but is a string",
    "choices[0].logprobs should be an object, but is a list of 0",
    "choices[1] should be an object, but is a string",
    "choices[2] should be an object, but is null",
    "usage.prompt_tokens should be a number, but is a string",
    "usage.prompt_tokens_details should be an object, but is a list of 0",
    "metadata.cost should be a string, but is the number 0.25",
    "metadata.none should be a string, but is null",
  ]);
  assert.equal(state.choices?.[0]?.message?.[0]?.content, "Hello.");
  assert.deepEqual(
    [state.choices?.length, state.choices?.[1]?.message?.[0]?.content, state.created],
    [3, null, null],
  );
  assert.deepEqual(state.usage, { prompt_tokens: null, completion_tokens: 7, total_tokens: 18 });
  assert.deepEqual(
    state.metadata,
    new Map([
      ["team", "platform"],
      ["cost", null],
      ["none", null],
    ]),
  );
});

test("one byte that is no number makes the bytes null, and not shorter", () => {
  const bytes = ["choices", 0, "logprobs", "content", 0, "bytes"];
  for (const odd of [[97, "98"], [null], [[97]]] as const) {
    const { state, reported } = readingOf(withValue(fullBody, bytes, odd));
    assert.equal(state.choices?.[0]?.logprobs?.content?.[0]?.bytes, null);
    assert.equal(reported.length, 1);
  }
});

test("what has choices is a completion, whatever it calls itself", () => {
  for (const object of ["chat.completion.chunk", "text_completion", "", 7, { a: 1 }]) {
    const { state, reported } = readingOf({ ...fullBody, object });
    assert.equal(reported.length, 1, `${object}`);
    assert.ok(reported[0]?.startsWith('object should be "chat.completion", but is '));
    assert.deepEqual({ ...state, object: "chat.completion" }, stateOf(fullBody));
    assert.equal(state.object, null);
  }
});

test("what has the ID that was asked for is that completion, in whatever form", () => {
  const own: Json = { id: "x", model: "m", output: "Hi" };
  const { state, reported } = readingOf(own, "x");
  assert.deepEqual(reported, [
    'the body should be a chat completion, but is an object with the keys "id", "model", "output"',
  ]);
  assert.deepEqual([state.model, state.choices], ["m", []]);
  assert.throws(() => readingOf(own, "y"), { name: "ShapeError" });
  assert.throws(() => readingOf(own), { name: "ShapeError" });
});

test("null in each place is null, but as an element of a list or as metadata it is an error", () => {
  for (const { path, value } of places(fullBody)) {
    const body = withValue(fullBody, path, null);
    const isElement = typeof path.at(-1) === "number" && !anything.has(String(path[0]));
    const isMetadata = path[0] === "metadata" && path.length === 2;
    if (!isElement && !isMetadata) stateOf(body);
    else {
      const at = pathText(path);
      assert.equal(shapeError(body, at), `${at} should be ${expectedAt(path, value)}, but is null`);
    }
  }
});

test("parts of a content are judged where they stand", () => {
  const content = (parts: Json) =>
    shapeError(withValue(fullBody, ["choices", 0, "message", "content"], parts), "content");
  const at = "choices[0].message.content";
  assert.equal(content(["text"]), `${at}[0] should be an object, but is a string`);
  assert.equal(content([{ type: "text" }, null]), `${at}[1] should be an object, but is null`);
  assert.equal(content([{ type: "text", text: 5 }]), `${at}[0].text should be a string, but is the number 5`);
  assert.equal(content([{ type: [] }]), `${at}[0].type should be a string, but is a list of 0`);
});

test("any JSON is accepted where it is kept as text", () => {
  for (const name of ["tools", "tool_choice", "response_format", "moderation"] as const) {
    for (const { value } of samples) {
      assert.equal(stateOf({ ...fullBody, [name]: value })[`${name}_json`], JSON.stringify(value));
    }
  }
});

test("a number beyond what Terraform keeps is an error at its path, in every number", () => {
  const tooPrecise = `0.${"1".repeat(200)}`;
  const tooLong = "1".repeat(200);
  for (const [text, shown] of [
    [tooPrecise, `${tooPrecise.slice(0, 59)}…`],
    [tooLong, `${tooLong.slice(0, 59)}…`],
    ["1e99999", "1e99999"],
    ["-1E-99999", "-1E-99999"],
  ]) {
    let numbers = 0;
    for (const { path, value } of places(fullBody)) {
      if (typeof value !== "number" || anything.has(String(path[0]))) continue;
      numbers += 1;
      const body = JSON.stringify(withValue(fullBody, path, "HERE")).replace('"HERE"', String(text));
      assert.equal(
        shapeError({ text: body }, pathText(path)),
        `${pathText(path)} should be a number that Terraform can hold, but is the number ${shown}`,
      );
    }
    assert.ok(numbers > 25, `${numbers}`);
  }
});

test("the longest numbers that Terraform keeps are kept", () => {
  for (const text of ["9".repeat(150), `0.${"3".repeat(150)}`, `1e153`]) {
    stateOf({ text: `{"object":"chat.completion","seed":${text}}` });
  }
});

test("what is no chat completion is an error that shows what came", () => {
  const cases: [string, string][] = [
    ["[]", "the body should be a chat completion, but is a list of 0"],
    ["null", "the body should be a chat completion, but is null"],
    ["3", "the body should be a chat completion, but is the number 3"],
    ['"hi"', 'the body should be a chat completion, but is the string "hi"'],
    ["false", "the body should be a chat completion, but is false"],
    ["{}", "the body should be a chat completion, but is an object without keys"],
    ['{"ok":true,"id":1}', 'the body should be a chat completion, but is an object with the keys "ok", "id"'],
    ['{"choices":null}', 'the body should be a chat completion, but is an object with the keys "choices"'],
    ['{"object":"list","data":[]}', 'object should be "chat.completion", but is the string "list"'],
    [
      '{"object":"chat.completion.chunk","choices":[]}',
      'object should be "chat.completion", but is the string "chat.completion.chunk"',
    ],
    [
      '{"object":"chat.completion.deleted","id":"x","deleted":true}',
      'object should be "chat.completion", but is the string "chat.completion.deleted"',
    ],
    ['{"object":"response","output":[]}', 'object should be "chat.completion", but is the string "response"'],
    ['{"object":{}}', 'object should be "chat.completion", but is an object without keys'],
  ];
  for (const [text, message] of cases) assert.equal(shapeError({ text }, text), message);
});

test("a message never shows more than the beginning of a value", () => {
  const long = shapeError({ ...fullBody, created: "x".repeat(10_000) }, "created");
  assert.equal(long, "created should be a number, but is a string");
  const keys = Object.fromEntries(Array.from({ length: 100 }, (_, i) => ["k".repeat(100) + i, 0]));
  assert.ok(shapeError({ ...fullBody, created: keys }, "keys").length < 700);
  assert.equal(
    shapeError({ ...fullBody, metadata: { ["é".repeat(80)]: 1 } }, "key"),
    `metadata["${"é".repeat(59)}…"] should be a string, but is the number 1`,
  );
  assert.equal(valueInWords("😀".repeat(100)), `the string "${"😀".repeat(59)}…"`);
});

test("a text of the wrong type is not shown, since it may be a secret; in the place of a word it is", () => {
  for (const body of [
    { ...fullBody, usage: "sk-canary" },
    { ...fullBody, metadata: "sk-canary" },
    { ...fullBody, choices: [{ message: { content: ["sk-canary"] } }] },
  ])
    assert.match(shapeError(body, "text"), /should be an object, but is a string$/);
  assert.match(shapeError({ ...fullBody, object: "thread" }, "word"), /but is the string "thread"$/);
});

test("control characters and quotes of a value are escaped in the message", () => {
  assert.equal(
    shapeError({ ...fullBody, object: '\u001b[31m"\n' }, "object"),
    'object should be "chat.completion", but is the string "\\u001b[31m\\"\\n"',
  );
  for (const character of ["\\u001b", "\\n", "\\u009b", "\\u007f", "\\u202e", "\\ud83d", "\\u2028"]) {
    for (const json of [`"${character}"`, `{"${character}[31mkey":1}`]) {
      const words = valueInWords(parseJson(json));
      assert.match(words, /^[\x20-\x7e]+$/, json);
      assert.ok(words.includes(character), `${words} shows ${character}`);
    }
  }
});

test("paths name keys that are no names in brackets", () => {
  assert.equal(
    shapeError({ ...fullBody, metadata: { "cost center": 1 } }, "metadata"),
    'metadata["cost center"] should be a string, but is the number 1',
  );
  assert.equal(
    shapeError({ text: '{"object":"chat.completion","metadata":{"__proto__":[]}}' }, "metadata"),
    "metadata.__proto__ should be a string, but is a list of 0",
  );
});

test("members of null are null, however deep", () => {
  const body = new Body(null).get("a").get("b");
  assert.equal(body.string(), null);
  assert.equal(body.number(), null);
  assert.equal(body.json(), null);
  assert.equal(atOnce(body.numberPieces()), null);
  assert.equal(body.stringMap(), null);
  assert.equal(body.isNull, true);
});

test("a scalar member is the same read by its kind and by a Body of its own", () => {
  const readers = {
    string: (member: Body) => member.string(),
    bool: (member: Body) => member.boolean(),
    number: (member: Body) => member.number(),
    integer: (member: Body) => member.integer(),
  };
  const numbers = [
    "0",
    "-0",
    "7",
    "-7",
    "1.0",
    "0.1",
    "1e3",
    "1E400",
    "999999999999999",
    "9007199254740993",
    "1.5e-7",
  ];
  const texts = [
    ...numbers,
    "null",
    "true",
    "false",
    '""',
    '"a"',
    '"7"',
    '"true"',
    "[]",
    "[1]",
    "{}",
    '{"m":1}',
  ];
  const objects = [...texts.map((text) => `{"m":${text}}`), "{}", "[]", "null", '"m"', "7"];
  const said = (text: string, read: (body: Body) => unknown) => {
    const odd: string[] = [];
    const tally = new Tally(3);
    const body = new Body(parseJson(`{"o":${text}}`), "", ({ message }) => odd.push(message), tally).get("o");
    const value = read(body);
    // As much is counted, too.
    assert.throws(() => tally.count());
    return { value, odd };
  };
  for (const text of objects) {
    for (const kind of ["string", "bool", "number", "integer"] as const) {
      const own = said(text, (body) => readers[kind](body.get("m")));
      assert.deepEqual(
        said(text, (body) => body.scalar("m", kind)),
        own,
        `${kind} of ${text}`,
      );
    }
  }
});

test("an element of a list has its own JSON text", () => {
  const body = new Body(parseJson('{"a":[ {"n": 1.0} , 2e0]}'));
  assert.deepEqual(
    body.get("a").objects.call(new Body(parseJson('[{"n": 1.0}]')), (element) => element.json()),
    ['{"n": 1.0}'],
  );
});

test("a body that is nested to the depth that is read maps without a crash", () => {
  const deep = `${"[".repeat(500)}${"]".repeat(500)}`;
  const state = completionState(parseJson(`{"object":"chat.completion","tools":${deep}}`));
  assert.equal(state.tools_json, deep);
});
