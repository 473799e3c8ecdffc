import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { importsOf, type Rooms, roomOf, sourcesIn, violations } from "../support/imports.ts";
import { root } from "../support/root.ts";

/** Which rooms of src, or files outside, each room may import from. */
const rooms: Rooms = {
  plugin: ["protobuf"],
  tfplugin6: ["framework", "cty", "protobuf"],
  // package.json for the version, which the provider names to the API.
  provider: ["framework", "openai", "../package.json"],
  framework: ["cty"],
  cty: [],
  openai: [],
  protobuf: [],
};

const sources = sourcesIn(join(root, "src"));

test("imports between the rooms of src go one way", () => {
  assert.deepEqual(violations(sources, rooms), []);
});

test("every room has files, and each allowed direction is used", () => {
  const used = new Set(importsOf(sources).map(({ from, to }) => `${roomOf(from)} ${roomOf(to)}`));
  for (const [room, targets] of Object.entries(rooms)) {
    assert.ok(
      [...sources.keys()].some((file) => file.startsWith(`${room}/`)),
      room,
    );
    for (const target of targets)
      assert.ok(used.has(`${room} ${target}`), `${room} imports nothing of ${target}`);
  }
});

test("every import of src that names a file names one that is there", () => {
  const missing = importsOf(sources).filter(({ to }) => !sources.has(to) && to !== "../package.json");
  assert.deepEqual(missing, []);
});

const forms = {
  static: 'import { x } from "../openai/x.ts";',
  "over several lines": 'import {\n  x,\n  y,\n} from "../openai/x.ts";',
  default: 'import x from "../openai/x.ts";',
  "of types": 'import type { X } from "../openai/x.ts";',
  "for its effects": 'import "../openai/x.ts";',
  "re-exported": 'export * from "../openai/x.ts";',
  "re-exported types": 'export { type X } from "../openai/x.ts";',
  dynamic: 'const { x } = await import("../openai/x.ts");',
  "dynamic over lines": 'const x = import(\n  "../openai/x.ts"\n);',
  "dynamic with a template": "const x = import(`../openai/x.ts`);",
  "as a type": 'let x: import("../openai/x.ts").X;',
  required: "const x = require('../openai/x.ts');",
};

for (const [form, text] of Object.entries(forms)) {
  test(`a forbidden import is found: ${form}`, () => {
    assert.deepEqual(violations(new Map([["cty/value.ts", text]]), rooms), [
      "cty/value.ts imports openai/x.ts",
    ]);
  });
}

test("a forbidden import is found from a folder further down", () => {
  const nested = new Map([["framework/server/x.ts", 'import "../../tfplugin6/unary.ts";']]);
  assert.deepEqual(violations(nested, rooms), ["framework/server/x.ts imports tfplugin6/unary.ts"]);
});

test("a room may not import what lies directly in src, nor anything outside", () => {
  const upwards = new Map([["plugin/x.ts", 'import "../main.ts";\nimport "../../package.json";']]);
  assert.deepEqual(violations(upwards, rooms), [
    "plugin/x.ts imports main.ts",
    "plugin/x.ts imports ../package.json",
  ]);
});

test("a new room needs a rule of its own", () => {
  assert.deepEqual(violations(new Map([["utils/x.ts", ""]]), rooms), ["no rule says what utils may import"]);
});

test("what is allowed is not reported: within a room, packages, comments, files directly in src", () => {
  const fine = new Map([
    ["cty/value.ts", 'import "./type.ts";\nimport "node:fs";\nimport "undici";'],
    ["cty/path.ts", '/* import "../openai/x.ts" */\n// from "../openai/x.ts"\n'],
    ["framework/server/x.ts", 'import "../kind.ts";\nimport "../../cty/index.ts";'],
    ["main.ts", 'import "./openai/x.ts";\nimport "../package.json";'],
  ]);
  assert.deepEqual(violations(fine, rooms), []);
});
