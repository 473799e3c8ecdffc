import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import {
  cycles,
  importsOf,
  loadingImportsOf,
  type Rooms,
  roomOf,
  sourcesIn,
  violations,
} from "../support/imports.ts";
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

test("no file loads itself by way of others, within a room either", () => {
  assert.deepEqual(cycles(loadingImportsOf(sources)), []);
});

/** The file of each room that one reads first. Its header says what the room is. */
const mainFiles: Readonly<Record<string, string>> = {
  plugin: "plugin/serve.ts",
  tfplugin6: "tfplugin6/provider-service.ts",
  provider: "provider/provider.ts",
  framework: "framework/index.ts",
  "framework/server": "framework/server/index.ts",
  cty: "cty/index.ts",
  openai: "openai/index.ts",
  protobuf: "protobuf/message.ts",
};

test("the main file of every room begins with what the room is", () => {
  for (const room of Object.keys(rooms)) assert.ok(Object.hasOwn(mainFiles, room), room);
  for (const [room, file] of Object.entries(mainFiles)) {
    const text = sources.get(file) ?? "";
    assert.match(
      text,
      /^\/\*\*\n \* (?:(?!\*\/)[\s\S]){40,}?\n \* @module\n \*\/\n/,
      `${room}: ${file} has no header`,
    );
  }
});

const loading = (files: Readonly<Record<string, string>>) =>
  cycles(loadingImportsOf(new Map(Object.entries(files))));

for (const [what, files, expected] of [
  [
    "of two files",
    { "cty/a.ts": 'import { b } from "./b.ts";', "cty/b.ts": 'export { a } from "./a.ts";' },
    ["cty/a.ts → cty/b.ts → cty/a.ts"],
  ],
  ["of one file", { "cty/a.ts": 'import { a } from "./a.ts";' }, ["cty/a.ts → cty/a.ts"]],
  [
    "of three files, by effects and by a mixed import",
    {
      "cty/a.ts": 'import "./b.ts";',
      "cty/b.ts": 'import { type C, c } from "./c.ts";',
      "cty/c.ts": 'import {\n  a,\n} from "./a.ts";',
    },
    ["cty/a.ts → cty/b.ts → cty/c.ts → cty/a.ts"],
  ],
  [
    "that begins further on",
    { "cty/a.ts": 'import "./b.ts";', "cty/b.ts": 'import "./c.ts";', "cty/c.ts": 'import "./b.ts";' },
    ["cty/b.ts → cty/c.ts → cty/b.ts"],
  ],
] as const) {
  test(`a cycle is found: ${what}`, () => {
    assert.deepEqual(loading(files), expected);
  });
}

for (const [what, back] of Object.entries({
  types: 'import type { A } from "./a.ts";',
  "types over lines": 'import type {\n  A,\n} from "./a.ts";',
  "re-exported types": 'export type { A } from "./a.ts";',
  "a type": 'let a: import("./a.ts").A;',
  "what is loaded later": 'const { a } = await import("./a.ts");',
  "a comment": '// import "./a.ts";',
})) {
  test(`${what} make no cycle`, () => {
    assert.deepEqual(loading({ "cty/a.ts": 'import { b } from "./b.ts";', "cty/b.ts": back }), []);
  });
}

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
