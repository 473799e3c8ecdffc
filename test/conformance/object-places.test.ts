import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { memberOf } from "../../src/provider/api/wire.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { objectKinds } from "../support/openai-server/objects/kinds.ts";
import { root } from "../support/root.ts";

/*
 * What an object has beside its declaration, by CONTRIBUTING.md, "How to add an object": without it other tests would
 * pass, or fail with words about something else.
 */

const kindsFile = "test/support/openai-server/objects/kinds.ts";

test("the local server has a kind for the path of each object", () => {
  for (const { declaration } of apiObjects) {
    const { name, path } = declaration;
    assert.ok(
      objectKinds.some((kind) => kind.path === path),
      `${name}: the local server has nothing at ${path}. Add a kind with this path to ${kindsFile}.`,
    );
  }
});

test("the local server leaves out what each filter of a list leaves out", () => {
  const ignored = apiObjects.flatMap(({ declaration: { name, path, list } }) => {
    const kind = objectKinds.find((each) => each.path === path);
    // One with `buckets` refuses what it does not know, and `matches` reads the whole query.
    if (kind === undefined || kind.buckets !== undefined || kind.matches !== undefined) return [];
    // What "include" names is there besides: it leaves nothing out.
    const known = [...Object.keys(kind.filters ?? {}), kind.archive?.include, "include[]"];
    return Object.entries(list?.filters ?? {})
      .map(([filter, attribute]) => memberOf(filter, attribute))
      .filter((parameter) => !known.includes(parameter))
      .map((parameter) => `${parameter} of ${name}, at ${path}`);
  });
  assert.deepEqual(
    ignored,
    [],
    `The local server ignores filters, so that no test fails where they are not sent: add them to "filters" of the kind, or ` +
      `write "matches" (${kindsFile}): ${ignored.join("; ")}`,
  );
});

test("each object is compared with the API's published types", () => {
  const index = readFileSync(join(root, "src/provider/objects/index.ts"), "utf8");
  const [, list = ""] = /export const apiObjects[^=]*= \[([^\]]+)\]/.exec(index) ?? [];
  const objects = [...list.matchAll(/\w+/g)].map(([name]) => name);
  assert.equal(objects.length, apiObjects.length, "the objects are found in the index");
  const file = "test/conformance/api-types.types.ts";
  const types = readFileSync(join(root, file), "utf8");
  for (const name of objects)
    assert.match(
      types,
      new RegExp(`\\btypeof ${name}\\b`),
      `Nothing compares ${name} with the API's types. Add nothing<MissingInState<ANSWER, typeof ${name}>>() to ${file}, ` +
        `and nothing<MissingArguments<PARAMS, typeof ${name}>>() for each of its requests.`,
    );
});
