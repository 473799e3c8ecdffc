import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Decimal, terraformNumberText } from "../../src/framework/index.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue, parseJson } from "../../src/openai/index.ts";
import { Body } from "../../src/provider/api/body.ts";
import { readable } from "../../src/provider/api/data-source.ts";
import { memberOf, readAttributes, wireOf } from "../../src/provider/api/wire.ts";
import { sameJson } from "../../src/provider/json-argument.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { againstOutsideData } from "../support/outside-data.ts";

/*
 * Recorded answers about every declared object, read as its data source reads them: each leaf that is not null has
 * to be in state. They are third-party data, read in place.
 */

const ids = /\{\w+\}/g;

/** The members of a recorded answer that are objects of this path: itself, or the elements of a list. */
function bodiesFor(path: string, request: JsonValue, body: JsonValue): JsonValue[] {
  const uri = isJsonObject(request) ? String(request.get("uri")).replace(/\?.*$/, "") : "";
  // What is counted or shortened for a response is none.
  if (/^\/v1\/responses\/(?:input_tokens|compact)$/.test(uri)) return [];
  const pattern = `^/v1/${path.replace(ids, "[^/]+")}`;
  if (new RegExp(`${pattern}/[^/]+(?:/cancel)?$`).test(uri)) return [body];
  if (!new RegExp(`${pattern}$`).test(uri) || !isJsonObject(body)) return [];
  const data = body.get("data");
  return isJsonArray(data) ? [...data] : [body];
}

/** The paths of leaves of a body that the state does not have. */
function missing(json: JsonValue, state: unknown, at: string): string[] {
  if (json === null) return [];
  if (json instanceof JsonNumber) return sameJson(json.text, numberOf(state)) ? [] : [at];
  if (isJsonArray(json)) {
    const elements: unknown[] = Array.isArray(state) ? state : [];
    return json.flatMap((each, index) => missing(each, elements[index], `${at}[${index}]`));
  }
  if (!isJsonObject(json)) return json === state ? [] : [at];
  return [...json].flatMap(([name, each]) => missing(each, memberIn(state, name), `${at}.${name}`));
}

function numberOf(state: unknown): string {
  return typeof state === "number" || typeof state === "bigint" || state instanceof Decimal
    ? terraformNumberText(state)
    : "null";
}

function memberIn(state: unknown, name: string): unknown {
  if (state instanceof Map) return state.get(name);
  if (typeof state !== "object" || state === null) return undefined;
  const text: unknown = Reflect.get(state, `${name}_json`);
  return typeof text === "string" ? plain(parseJson(text)) : Reflect.get(state, name);
}

againstOutsideData((data) => {
  const folder = join(data, "data", "openai", "recorded");
  const files = readdirSync(folder).filter((name) => /^(?:get|post)-.*\.200\.\d+\.json$/.test(name));
  for (const { declaration } of apiObjects) {
    // What is only asked has no body of its own, and nothing of the Administration API, nor of voices, was recorded.
    const { path, query, key } = declaration;
    if (query !== undefined || key === "admin" || path.startsWith("audio/")) continue;
    test(`each leaf of the recorded answers about ${declaration.noun}s is in state`, (t) => {
      let bodies = 0;
      for (const name of files) {
        const recorded = parseJson(readFileSync(join(folder, name), "utf8"));
        assert.ok(isJsonObject(recorded));
        const response = recorded.get("response") ?? null;
        const answered = isJsonObject(response) ? (response.get("body") ?? null) : null;
        for (const body of bodiesFor(declaration.path, recorded.get("request") ?? null, answered)) {
          if (!isJsonObject(body) || body.get("deleted") === true) continue;
          bodies += 1;
          const odd: string[] = [];
          const attributes = readable(declaration, []);
          const state = readAttributes(attributes, new Body(body, "", ({ message }) => odd.push(message)));
          const lost = [...body].flatMap(([member, value]) => {
            const found = Object.entries(attributes).find(
              ([each, attribute]) => memberOf(each, attribute) === member,
            );
            // The list's own, and the ID, which every object has.
            if (["id", declaration.idMember, "_note"].includes(member)) return [];
            if (found === undefined) return missing(value, undefined, member);
            const [attribute, declared] = found;
            if (wireOf(declared).json !== true) return missing(value, state[attribute], member);
            return value === null || sameJsonText(value, state[attribute]) ? [] : [member];
          });
          assert.deepEqual([odd, lost], [[], []], name);
        }
      }
      t.diagnostic(`${bodies} bodies`);
      assert.ok(bodies > 0, "there are recorded answers");
    });
  }
});

function sameJsonText(value: JsonValue, state: unknown): boolean {
  return typeof state === "string" && missing(value, plain(parseJson(state)), "").length === 0;
}

/** JSON as `missing` takes a state. */
function plain(json: JsonValue): unknown {
  if (json instanceof JsonNumber) return Number(json.text);
  if (isJsonArray(json)) return json.map(plain);
  return isJsonObject(json) ? new Map([...json].map(([name, each]) => [name, plain(each)])) : json;
}
