import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bool,
  integer,
  list,
  map,
  nested,
  number,
  object,
  parseNumber,
  set,
  string,
  types,
} from "../../../../src/framework/index.ts";
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import { argumentPath } from "../../../../src/provider/api/param-path.ts";
import { refreshed, sameValue } from "../../../../src/provider/api/refresh.ts";
import type { ShapeError } from "../../../../src/provider/api/shape-error.ts";
import { json, local, readAttributes, wired } from "../../../../src/provider/api/wire.ts";
import { writeAttributes } from "../../../../src/provider/api/write.ts";

const argument = { optional: true, description: "An argument." } as const;
const reported = { computed: true, description: "A result." } as const;

const attributes = {
  name: string(argument),
  big: number(argument),
  count: integer(argument),
  on: bool(argument),
  tags: set(types.string, argument),
  pairs: map(types.number, argument),
  inner: object(nested({ days: integer(argument), note: string(reported) }), argument),
  rows: list(nested({ id: string(argument) }), argument),
  format_json: json(argument),
  other: wired(string(argument), { member: "renamed" }),
  path: local(string(argument)),
  first: wired(list(types.string, argument), { sentOnly: true }),
  status: string(reported),
};

function body(text: string): { readonly body: Body; readonly odd: ShapeError[] } {
  const odd: ShapeError[] = [];
  return { body: new Body(parseJson(text), "", (mismatch) => odd.push(mismatch)), odd };
}

test("values become members: numbers exact, JSON as it is, nothing that is null, local or computed", () => {
  const written = writeAttributes(attributes, {
    name: "",
    big: parseNumber("12345678901234567890.5"),
    count: 0,
    on: false,
    tags: ["a", "b"],
    pairs: new Map([["__proto__", parseNumber("1")]]),
    inner: { days: 1, note: "no argument" },
    rows: [{ id: null }, { id: "x" }],
    format_json: '{"n":1E400}',
    other: "o",
    path: "/tmp/x",
    first: ["f"],
    status: "no argument",
  });
  assert.equal(
    stringifyJson(written),
    '{"name":"","big":12345678901234567890.5,"count":0,"on":false,"tags":["a","b"],"pairs":{"__proto__":1},' +
      '"inner":{"days":1},"rows":[{},{"id":"x"}],"format":{"n":1E400},"renamed":"o","first":["f"]}',
  );
  assert.equal(stringifyJson(writeAttributes(attributes, {})), "{}");
});

test("members become values: absent and null are null, an odd one is null and reported, the rest is read", () => {
  const { body: answer, odd } = body(
    '{"name":7,"big":-4944116822809979520,"count":1.5,"pairs":{"a":1},"inner":{"days":"x","note":"n"},' +
      '"rows":[{"id":"a"},null],"format":{ "a" : 1.0 },"renamed":"o","path":"no","first":["no"]}',
  );
  const read = readAttributes(attributes, answer);
  assert.deepEqual(
    odd.map(({ message }) => message.split(" should")[0]),
    ["name", "count", "inner.days", "rows[1]"],
  );
  assert.deepEqual(
    [read.name, read.count, read.inner, read.rows, read.on, read.status],
    [null, null, { days: null, note: "n" }, null, null, null],
  );
  assert.deepEqual([read.big, read.format_json, read.other], [-4944116822809979520n, '{ "a" : 1.0 }', "o"]);
  assert.ok(!("path" in read) && !("first" in read));
});

const nothing = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));

test("what was written stays where it means the same, and what was left out stays null", () => {
  const known = {
    ...nothing,
    name: "é",
    tags: ["b", "a"],
    format_json: '{ "a": 1.0 }',
    inner: { days: 1, note: null },
  };
  const { body: answer } = body(
    '{"name":"e\\u0301","tags":["a","b"],"format":{"a":1,"b":2},"inner":{"days":1,"note":"new"},"count":3,"status":"ok"}',
  );
  const state = refreshed(attributes, known, answer, "compare");
  assert.deepEqual(state, { ...known, inner: { days: 1, note: "new" }, status: "ok" });
});

test("what somebody else changed is taken, at any depth", () => {
  const known = {
    ...nothing,
    name: "a",
    rows: [{ id: "1" }],
    pairs: new Map([["a", 1]]),
    format_json: '{"a":1}',
  };
  const { body: answer } = body('{"name":null,"rows":[{"id":"2"}],"pairs":{"a":2},"format":{"a":2}}');
  const state = refreshed(attributes, known, answer, "compare");
  assert.deepEqual(
    [state.name, state.rows, state.pairs, state.format_json],
    [null, [{ id: "2" }], new Map([["a", 2]]), '{"a":2}'],
  );
});

test("an answer that is silent about an argument, or says it in another type, changes nothing of it", () => {
  const known = { ...nothing, name: "a", count: 1 };
  const { body: answer } = body('{"count":"many"}');
  assert.deepEqual(refreshed(attributes, known, answer, "compare"), known);
});

test("right after a write arguments stay as written, whatever the answer has", () => {
  const known = { ...nothing, name: "Docs" };
  const { body: answer } = body('{"name":"docs","status":"ok"}');
  assert.deepEqual(refreshed(attributes, known, answer, "keep"), { ...known, status: "ok" });
});

test("an import takes what the API reports, and {} and [] as nothing", () => {
  const { body: answer } = body('{"name":"a","pairs":{},"rows":[],"inner":{"days":2}}');
  const state = refreshed(attributes, nothing, answer, "take");
  assert.deepEqual(
    [state.name, state.pairs, state.rows, state.inner],
    ["a", null, null, { days: 2, note: null }],
  );
});

const flat = {
  title: wired(string(argument), { member: "role_name", answer: "name" }),
  kind: wired(string(argument), { member: "channel.type" }),
  to: wired(list(types.string, argument), { member: "channel.recipients" }),
  state: wired(string(reported), { member: "enforcement.status" }),
  names: list(types.string, {
    ...argument,
    equivalent: (a, b) => String([...(a as string[])].sort()) === String([...(b as string[])].sort()),
  }),
};

test("a member of a member is an attribute of its own, and a member may be called otherwise in answers", () => {
  const values = { title: "Auditor", kind: "email", to: ["a@b.c"], names: ["x", "y"] };
  const sent = stringifyJson(writeAttributes(flat, values));
  assert.equal(
    sent,
    '{"role_name":"Auditor","channel":{"type":"email","recipients":["a@b.c"]},"names":["x","y"]}',
  );
  const answer = body(
    '{"name":"Auditor","channel":{"type":"email","recipients":["a@b.c"]},"enforcement":{"status":"on"}}',
  ).body;
  assert.deepEqual(readAttributes(flat, answer), { ...values, names: null, state: "on" });
  assert.deepEqual(readAttributes(flat, body('{"channel":null,"enforcement":7}').body).kind, null);
  for (const [param, path] of [
    ["role_name", "title"],
    ["channel.type", "kind"],
    ["channel.recipients[0]", "to[0]"],
    ["channel", "undefined"],
  ])
    assert.equal(String(argumentPath(param ?? "", flat)), path, param);
});

test("an answer that has such a member otherwise is a change, and one without it says nothing", () => {
  const known = { title: "Auditor", kind: "email", to: ["a@b.c"], state: null, names: ["x", "y"] };
  const read = refreshed(
    flat,
    known,
    body('{"name":"Reader","channel":{"type":"sms"},"names":["y","x"]}').body,
    "compare",
  );
  assert.deepEqual(read, { ...known, title: "Reader", kind: "sms" });
  const other = refreshed(flat, known, body('{"names":["y","z"]}').body, "compare");
  assert.deepEqual(other, { ...known, names: ["y", "z"] });
});

test("values are equal by what they mean", () => {
  const numbers = { kind: "number" } as const;
  assert.ok(sameValue(numbers, 1, parseNumber("1")));
  assert.ok(!sameValue(numbers, parseNumber("9007199254740993"), parseNumber("9007199254740992")));
  const pairs = attributes.pairs.kind;
  assert.ok(
    sameValue(
      pairs,
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
    ),
  );
  assert.ok(
    !sameValue(
      pairs,
      new Map([["a", 1]]),
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
    ),
  );
  assert.ok(!sameValue({ kind: "string" }, "", null));
});

for (const [param, path] of [
  ["name", "name"],
  ["inner.days", "inner.days"],
  ["inner[days]", "inner.days"],
  ["rows[1].id", "rows[1].id"],
  ["rows.1.id", "rows[1].id"],
  ["pairs.a.b", 'pairs["a.b"]'],
  ["format.schema", "format_json"],
  ["renamed", "other"],
  ["inner.unknown", "inner"],
  ["status", undefined],
  ["unknown", undefined],
  ["", undefined],
] as const) {
  test(`the API's param "${param}" is about ${path ?? "no argument"}`, () => {
    assert.equal(argumentPath(param, attributes)?.toString(), path);
  });
}

test("JSON text is checked where it is written", () => {
  const [validator] = json(argument).validators;
  assert.equal(validator?.validate('{"a":1}'), undefined);
  assert.match(validator?.validate("[1]")?.detail ?? "", /JSON text of an object/);
  assert.match(validator?.validate("{")?.detail ?? "", /is not JSON/);
});

/** `writeAttributes` returns what `parseJson` reads. */
test("what is written is read again as it was", () => {
  const values = {
    ...nothing,
    name: "a",
    pairs: new Map([["x", parseNumber("0.1")]]),
    format_json: '{"a":[1,2]}',
  };
  const text = stringifyJson(writeAttributes(attributes, values));
  const parsed: JsonObject | undefined = [parseJson(text)].find(isJsonObject);
  assert.ok(parsed);
  const read = readAttributes(attributes, new Body(parsed));
  assert.deepEqual(
    [read.name, read.pairs, read.format_json],
    [values.name, values.pairs, values.format_json],
  );
});
