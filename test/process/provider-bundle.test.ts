import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bundle } from "../../scripts/build/bundle.mjs";

/*
 * What a start costs is what it loads, and Terraform starts the provider three to five times a
 * command: a forbidden module or a script beyond its budget is a change to think about.
 */

const KIB = 1024;
const START_SCRIPT = "terraform-provider-openai";
const CLIENT_SCRIPT = "client.cjs";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
after(() => rmSync(folder, { recursive: true }));

let inputs: string[] = [];
let builtins: string[] = [];
before(async () => {
  const built = (await bundle(folder)).inputs;
  // Stand-ins for modules of grpc-js have their names after a colon.
  inputs = Object.keys(built).filter((input) => !input.startsWith("lean-grpc:"));
  builtins = inputs.flatMap((input) => (built[input]?.imports ?? []).map(({ path }) => path));
});

test("no part of Node that a plain read has no use for is loaded", () => {
  assert.ok(builtins.includes("node:crypto"), "or this would say nothing");
  for (const name of ["zlib", "perf_hooks", "v8"]) {
    assert.ok(!builtins.includes(name) && !builtins.includes(`node:${name}`), name);
  }
});

test("the build is the start script and the client's script, and nothing else", () => {
  assert.deepEqual(readdirSync(folder).sort(), [CLIENT_SCRIPT, START_SCRIPT]);
});

for (const [what, pattern] of [
  ["proto-loader", /@grpc\/proto-loader/],
  ["protobufjs", /protobufjs/],
  ["undici", /node_modules\/undici/],
  ["grpc-js's index", /grpc-js\/build\/src\/index\.js$/],
  [
    "grpc-js's client",
    /grpc-js\/build\/src\/(client|make-client|client-interceptors|channel-credentials)\.js$/,
  ],
  [
    "grpc-js's channels",
    /grpc-js\/build\/src\/(internal-channel|load-balancing-call|load-balancer-[a-z-]+)\.js$/,
  ],
  ["test code", /(^|\/)test\//],
] as const) {
  test(`the start script has nothing of ${what}`, () => {
    assert.deepEqual(
      inputs.filter((input) => pattern.test(input)),
      [],
    );
  });
}

test("the start script has what a provider needs, so that the tests above mean something", () => {
  for (const input of [
    "src/main.ts",
    "src/provider/provider.ts",
    "node_modules/@grpc/grpc-js/build/src/server.js",
  ]) {
    // Wherever node_modules is, by a link too.
    assert.ok(
      inputs.some((each) => each.endsWith(input)),
      input,
    );
  }
});

for (const [file, limit] of [
  [START_SCRIPT, 768],
  [CLIENT_SCRIPT, 580],
] as const) {
  test(`${file} stays below ${limit} KiB`, () => {
    const size = statSync(join(folder, file)).size / KIB;
    assert.ok(size < limit, `${size.toFixed(0)} KiB`);
    assert.ok(size > limit / 3, "a limit far above the size says nothing");
  });
}
