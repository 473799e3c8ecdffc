import assert from "node:assert/strict";
import { test } from "node:test";
import { float, Literal, stringify } from "../../support/openai-server/json.ts";
import { parse } from "../../support/openai-server/parse.ts";

for (const text of [
  '{"a":1.0,"b":-9223372036854775808,"c":[1e5,0.10,{}],"d":"\\"\\\\","e":null,"f":true,"":[]}',
  '"\\\\"',
  "-0",
  '{"__proto__":{"a":1}}',
]) {
  test(`${text} is written as it was read`, () => {
    const value = parse(text);
    assert.equal(stringify(value), text);
  });
}

test("indentation is that of JSON.stringify", () => {
  const text = '{"a":[1,{"b":null}],"c":{},"d":[]}';
  assert.equal(stringify(parse(text), 2), JSON.stringify(JSON.parse(text), null, 2));
});

for (const text of ["", "{", '{"a"}', "[1,]", "01", "1.", '"a', "nul", "1 2", '{"a":1,}', "{1:2}", '"\n"']) {
  test(`${JSON.stringify(text)} is no JSON`, () => {
    assert.throws(() => parse(text), SyntaxError);
  });
}

test("floats have a point, undefined members are left out, literals are spliced in", () => {
  const value = { a: float(1), b: float(0.5), c: undefined, d: new Literal("[ ]"), e: 2n ** 63n };
  assert.equal(stringify(value), '{"a":1.0,"b":0.5,"d":[ ],"e":9223372036854775808}');
});
