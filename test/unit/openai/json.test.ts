import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  isJsonArray,
  isJsonObject,
  JsonError,
  JsonNumber,
  type JsonValue,
  jsonSource,
  maxJsonDepth,
  parseJson,
} from "../../../src/openai/json.ts";
import { stringifyJson } from "../../../src/openai/json-text.ts";
import { againstOutsideData } from "../../support/outside-data.ts";

/** What JSON.parse would have given, to compare with. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (isJsonArray(value)) return value.map(plain);
  if (isJsonObject(value))
    return Object.fromEntries(Array.from(value, ([key, member]) => [key, plain(member)]));
  return value;
}

function object(text: string): ReadonlyMap<string, JsonValue> {
  const value = parseJson(text);
  assert.ok(isJsonObject(value));
  return value;
}

function failure(text: string): JsonError {
  try {
    parseJson(text);
  } catch (error) {
    assert.ok(error instanceof JsonError);
    return error;
  }
  throw new Error(`parsed: ${text}`);
}

describe("lossless JSON", () => {
  it("keeps a number's text, whatever its size and form", () => {
    for (const text of ["4944116822809979520", "-9223372036854775808", "1.0", "0.0", "1E400", "1e-7", "-0"]) {
      const value = object(`{"seed": ${text} }`).get("seed");
      assert.ok(value instanceof JsonNumber);
      assert.equal(value.text, text);
    }
  });

  it("agrees with JSON.parse on every value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(plain(parseJson(text)), JSON.parse(text));
      }),
    );
  });

  it("refuses what JSON.parse refuses", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 2 }),
        fc.nat(),
        fc.constantFrom("", ",", '"', "0", "}", "\\", "e", "\u0001"),
        (json, at, junk) => {
          const cut = at % (json.length + 1);
          const text = json.slice(0, cut) + junk + json.slice(cut + 1);
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          if (valid) parseJson(text);
          else assert.throws(() => parseJson(text), JsonError);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps hostile keys as keys and touches no prototype", () => {
    const value = object('{"__proto__":{"polluted":true},"constructor":1,"toString":null}');
    assert.deepEqual([...value.keys()], ["__proto__", "constructor", "toString"]);
    assert.equal(Reflect.get({}, "polluted"), undefined);
  });

  it("lets the last of repeated keys win, in value and in source", () => {
    const value = object('{"a": 1, "b": 2, "a": [ 3 ]}');
    assert.equal(stringifyJson(value), '{"a":[3],"b":2}');
    assert.equal(jsonSource(value, "a"), "[ 3 ]");
    assert.equal(jsonSource(value, "b"), "2");
  });

  it("gives the source of a member exactly as received", () => {
    const value = object('{"tools" : [ {"a":1.0 , "b": "\\u00e9"} ],"choice":"\\u0061uto" , "none":null}');
    assert.equal(jsonSource(value, "tools"), '[ {"a":1.0 , "b": "\\u00e9"} ]');
    assert.equal(jsonSource(value, "choice"), '"\\u0061uto"');
    assert.equal(jsonSource(value, "none"), "null");
    assert.equal(jsonSource(value, "absent"), undefined);
    const tools = value.get("tools");
    assert.ok(isJsonArray(tools));
    assert.equal(jsonSource(tools, 0), '{"a":1.0 , "b": "\\u00e9"}');
    assert.equal(jsonSource(tools, 1), undefined);
    assert.equal(jsonSource(new Map(), "a"), undefined);
  });

  it("skips a byte order mark", () => {
    assert.equal(stringifyJson(parseJson("\ufeff {}")), "{}");
  });

  it("says where it broke", () => {
    const error = failure('{\n  "a": 1,\n  "b": x\n}');
    assert.deepEqual([error.reason, error.line, error.column, error.offset], ["syntax", 3, 8, 19]);
    assert.equal(error.message, "no JSON value was found at line 3, column 8");
  });

  it("distinguishes a cut text from a wrong one", () => {
    for (const text of [
      "",
      "  ",
      '{"a"',
      '{"a":',
      '{"a":"b',
      '{"a":tru',
      '["\\u12',
      '["\\',
      "[1,",
      "-",
      '{"a":1',
    ]) {
      assert.equal(failure(text).reason, "ended", text);
    }
    for (const text of [
      "<html>",
      "{a:1}",
      "[1 2]",
      "01",
      "1.",
      "nul!",
      '["\\x"]',
      '["\u0000"]',
      "{} {}",
      "[1,]",
    ]) {
      assert.equal(failure(text).reason, "syntax", text);
    }
  });

  it(`takes ${maxJsonDepth} levels and refuses the next with its own reason`, () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    parseJson(nested(maxJsonDepth));
    assert.equal(failure(nested(maxJsonDepth + 1)).reason, "depth");
    assert.equal(failure("[".repeat(1_000_000)).reason, "depth");
    assert.equal(failure('{"a":'.repeat(maxJsonDepth + 1)).reason, "depth");
  });

  it("writes what it read, number texts and order kept", () => {
    const text = '{"b":[1.0,1e3,-0],"a":{"__proto__":"\\u2028é\\"\\n"},"n":null,"t":true}';
    assert.equal(stringifyJson(parseJson(stringifyJson(parseJson(text)))), stringifyJson(parseJson(text)));
    assert.equal(
      stringifyJson(parseJson('{"b":[1.0,1e3,-0],"t":true,"n":null}')),
      '{"b":[1.0,1e3,-0],"t":true,"n":null}',
    );
  });

  againstOutsideData((data) => {
    it("reads every recorded body as JSON.parse does", () => {
      const recorded = `${data}/data/openai`;
      const files = readdirSync(recorded).filter((name) => name.endsWith(".json"));
      assert.ok(files.length > 40);
      for (const name of files) {
        const text = readFileSync(`${recorded}/${name}`, "utf8");
        assert.deepEqual(plain(parseJson(text)), JSON.parse(text), name);
      }
    });
  });
});

it("reading a list or object costs little more than reading a text", () => {
  // Whatever is kept of each must not be looked at by every garbage collection.
  const least = (inner: string) => {
    const text = `{${Array(200_000).fill(`"k":${inner}`)}}`;
    const times = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      parseJson(text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...times);
  };
  const text = least('"a quite short text"');
  for (const container of ["{}", '{"a":"x"}']) {
    const times = least(container) / text;
    assert.ok(times < 5, `${container}: ${times.toFixed(1)} times`);
  }
});
