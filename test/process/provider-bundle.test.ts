import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Script } from "node:vm";
import { type Bundle, bundle } from "../../scripts/build/bundle.mjs";
import { bundleScripts } from "../../scripts/release/scripts.mjs";
import { answers } from "../../src/answers.ts";
import { answersFile, preparedRpcs, unpack } from "../../src/prepared-answers.ts";

/*
 * What a start costs is what it loads, and Terraform starts the provider three to five times a
 * command: a forbidden module or a script beyond its budget is a change to think about.
 */

const KIB = 1024;
const KERNEL = "terraform-provider-openai";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
after(() => rmSync(folder, { recursive: true }));

let built: Bundle = { sources: {}, builtins: {} };
before(async () => {
  built = await bundle(folder);
});

/** Sources of a script; stand-ins for modules of grpc-js have their names after a colon. */
function sourcesOf(script: string): string[] {
  const sources = built.sources[script];
  assert.ok(sources, script);
  return sources.filter((source) => !source.startsWith("lean-grpc:"));
}

function isObject(script: string): boolean {
  return script.startsWith("provider-");
}

test("no part of Node that a plain read has no use for is loaded", () => {
  const builtins = Object.entries(built.builtins).flatMap(([script, names]) =>
    script === "client.cjs" ? [] : names,
  );
  assert.ok(builtins.includes("node:crypto"), "or this would say nothing");
  for (const name of ["zlib", "perf_hooks", "v8", "os"]) {
    assert.ok(!builtins.includes(name) && !builtins.includes(`node:${name}`), name);
  }
});

test("the build is the kernel, core, declarations, api, changes, client and the objects' scripts, and the answers", () => {
  const files = readdirSync(folder).filter((file) => !isObject(file));
  const scripts = ["api.cjs", "changes.cjs", "client.cjs", "core.cjs", "declarations.cjs", KERNEL];
  assert.deepEqual(files.sort(), [answersFile, ...scripts].sort());
  assert.deepEqual(
    readdirSync(folder)
      .filter((file) => file !== answersFile)
      .sort(),
    Object.keys(built.sources).sort(),
  );
});

test("no source is in two scripts, which would make two classes of one", () => {
  const scripts = new Map<string, string>();
  for (const script of Object.keys(built.sources)) {
    for (const source of sourcesOf(script)) {
      assert.equal(scripts.get(source) ?? script, script, source);
      scripts.set(source, script);
    }
  }
  assert.ok(scripts.size > 300);
});

for (const [what, pattern] of [
  ["proto-loader", /@grpc\/proto-loader/],
  ["protobufjs", /protobufjs/],
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
  test(`the build has nothing of ${what}`, () => {
    for (const script of Object.keys(built.sources)) {
      assert.deepEqual(
        sourcesOf(script).filter((source) => pattern.test(source)),
        [],
        script,
      );
    }
  });
}

test("a release's scripts have less to copy, and the names and lines that a panic shows", async () => {
  const { files } = await bundleScripts();
  for (const [file, limit] of [
    ["kernel.cjs", 0.8],
    ["client.cjs", 0.85],
    ["core.cjs", 0.9],
  ] as const) {
    const text = String(files.get(file));
    const whole = readFileSync(join(folder, file === "kernel.cjs" ? KERNEL : file), "utf8");
    assert.ok(text.length < whole.length * limit, `${file}: ${text.length} of ${whole.length}`);
    const names = new Set(Array.from(text.matchAll(/\bfunction[ *]([\w$]+)\(/g), ([, name]) => name));
    for (const [, name] of whole.matchAll(/^(?:async )?function\*? ([\w$]+)\(/gm))
      assert.ok(names.has(name), `${file}: ${name}`);
    assert.ok(text.split("\n").length > text.length / 400, file);
    assert.doesNotThrow(() => new Script(text), file);
  }
});

test("the rules of schemas are checked where the answers are made, and at no start", async () => {
  const source = readFileSync("src/framework/schema-rules.ts", "utf8");
  const sentence = "the name is reserved by Terraform's configuration language";
  assert.ok(source.includes(sentence));
  for (const script of Object.keys(built.sources))
    assert.ok(!readFileSync(join(folder, script), "utf8").includes(sentence), script);
});

/** What each script must not have, since it is loaded without. */
const forbidden: Readonly<Record<string, RegExp>> = {
  [KERNEL]:
    /^src\/(cty|framework(?!\/log\.ts)|openai|provider|tfplugin6(?!\/raw-service\.ts))\/|msgpack|undici/,
  "core.cjs":
    /^src\/(openai\/(client|transport|retry|operation)|provider\/(api|objects|functions|explain|chat-completion[\w-]*|configure|openai-provider))\b|grpc-js|undici/,
  "declarations.cjs":
    /^src\/(tfplugin6|plugin|framework\/server|openai\/(client|transport|retry|operation|interpret|redact)|provider\/(explain|openai-provider|configure|api\/(request|read|create|update|import|list-pages)))\b|-read\.ts$|grpc-js|undici/,
  "api.cjs":
    /^src\/(tfplugin6|plugin|framework\/server|provider\/api\/(create|update|delete|detach|stop|import|ready|lost)\b)|grpc-js|node_modules\/undici/,
  "changes.cjs": /^src\/(?!provider\/api\/)/,
  "client.cjs": /^src\/(?!openai\/)/,
};

for (const [script, pattern] of Object.entries(forbidden)) {
  test(`${script} has nothing that is loaded later`, () => {
    assert.deepEqual(
      sourcesOf(script).filter((source) => pattern.test(source)),
      [],
    );
  });
}

test("each script has what it is for, so that the tests above mean something", () => {
  for (const [script, source] of [
    [KERNEL, "src/main.ts"],
    [KERNEL, "src/tfplugin6/raw-service.ts"],
    [KERNEL, "node_modules/@grpc/grpc-js/build/src/server.js"],
    ["core.cjs", "src/tfplugin6/read-data-source.ts"],
    ["core.cjs", "src/cty/msgpack-decode.ts"],
    ["core.cjs", "src/provider/provider-arguments.ts"],
    ["api.cjs", "src/openai/client.ts"],
    ["api.cjs", "src/provider/configure.ts"],
    ["api.cjs", "src/provider/api/list-read.ts"],
    ["declarations.cjs", "src/provider/api/object.ts"],
    ["changes.cjs", "src/provider/api/create.ts"],
    ["client.cjs", "src/openai/undici.ts"],
    ["provider-objects-file.cjs", "src/provider/objects/file.ts"],
  ] as const) {
    // Wherever node_modules is, by a link too.
    assert.ok(
      sourcesOf(script).some((each) => each.endsWith(source)),
      source,
    );
  }
});

for (const [file, limit] of [
  [KERNEL, 240],
  ["core.cjs", 360],
  ["declarations.cjs", 160],
  ["api.cjs", 240],
  ["changes.cjs", 60],
  ["client.cjs", 500],
] as const) {
  test(`${file} stays below ${limit} KiB`, () => {
    const size = statSync(join(folder, file)).size / KIB;
    assert.ok(size < limit, `${size.toFixed(0)} KiB`);
    assert.ok(size > limit / 3, "a limit far above the size says nothing");
  });
}

test("an object's script stays below 24 KiB, but for the object that has most arguments", () => {
  const sizes = Object.keys(built.sources)
    .filter(isObject)
    .map((file): [string, number] => [file, statSync(join(folder, file)).size / KIB]);
  for (const [file, size] of sizes) {
    const limit = file === "provider-response-response.cjs" ? 28 : 24;
    assert.ok(size < limit, `${file}: ${size.toFixed(0)} KiB`);
  }
});

test("the answers are, byte by byte, those of the declarations", async () => {
  const file = readFileSync(join(folder, answersFile));
  assert.deepEqual(file, await answers());
  const unpacked = unpack(file);
  assert.deepEqual([...unpacked.keys()], [...preparedRpcs]);
  assert.ok((unpacked.get("GetProviderSchema")?.length ?? 0) > 40 * KIB);
  assert.throws(() => unpack(file.subarray(0, -1)), /damaged/);
});
