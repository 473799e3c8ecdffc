import assert from "node:assert/strict";
import { test } from "node:test";
import { asFunctionBody } from "../../../scripts/build/chunks.mjs";
import { type Output, scriptsOf } from "../../../scripts/build/scripts.mjs";

function chunk(inputs: string[], loads: readonly string[] = [], later: readonly string[] = []): Output {
  return { entryPoint: undefined, inputs, static: loads, dynamic: later };
}

function entry(source: string, loads: readonly string[] = [], later: readonly string[] = []): Output {
  return { ...chunk([source], loads, later), entryPoint: source };
}

const objects = ["file.js", "batch.js", "model.js", "role.js", "configure.js"];
const outputs = new Map([
  ["main.js", entry("src/main.ts", ["small.js"], ["server.js", "core.js", "panic.js"])],
  ["server.js", entry("src/plugin/server.ts", ["small.js"])],
  ["core.js", entry("src/provider-handlers.ts", ["cty.js", "small.js"], objects)],
  ["client.js", entry("src/openai/undici.ts", ["small.js"])],
  ["configure.js", entry("src/provider/configure.ts", ["openai.js", "cty.js"])],
  ["panic.js", entry("src/provider/redact-panic.ts", ["redact.js"])],
  ["redact.js", chunk(["src/openai/redact.ts"])],
  ["model.js", entry("src/provider/objects/model.ts", ["declare.js", "words.js", "cty.js"])],
  ["role.js", entry("src/provider/objects/role.ts", ["declare.js", "words.js", "answers.js"], ["helper.js"])],
  ["declare.js", chunk(["src/provider/api/object.ts"], ["wire.js"], ["read.js", "create.js"])],
  ["wire.js", chunk(["src/provider/api/wire.ts"])],
  // Of two objects that no operation is loaded with.
  ["words.js", chunk(["src/provider/objects/role-arguments.ts"])],
  // Of two objects alone, by its name.
  ["answers.js", chunk(["src/provider/objects/answer-arguments.ts"])],
  ["pem.js", chunk(["src/provider/objects/encryption-public-key.ts"])],
  ["stores.js", chunk(["src/provider/objects/vector-store-arguments.ts"])],
  // Two sources of which one is named by the other.
  ["upload.js", chunk(["src/provider/objects/upload.ts"])],
  ["content.js", chunk(["src/provider/objects/file-content.ts"])],
  ["validation.js", chunk(["src/provider/actions/validation.ts"])],
  ["whole.js", entry("src/provider/api/content-read.ts", ["request.js"])],
  ["read.js", entry("src/provider/api/data-source-read.ts", ["wire.js", "request.js"])],
  ["create.js", entry("src/provider/api/create.ts", ["request.js", "ready.js"])],
  ["request.js", chunk(["src/provider/api/request.ts"], ["openai.js"])],
  ["ready.js", chunk(["src/provider/api/ready.ts"])],
  // Another object imports the file's source, so that its entry has no source of its own.
  ["file.js", { ...entry("src/provider/objects/file.ts", ["shared-file.js"]), inputs: [] }],
  ["shared-file.js", chunk(["src/provider/objects/file.ts"], ["declare.js", "helper.js", "request.js"])],
  ["batch.js", entry("src/provider/objects/batch.ts", ["shared-file.js", "own.js"], ["client.js"])],
  ["own.js", chunk(["src/provider/objects/batch-input.ts"])],
  ["helper.js", chunk(["src/provider/objects/file-upload.ts"])],
  ["openai.js", chunk(["src/openai/client.ts"])],
  ["cty.js", chunk(["src/cty/value.ts"])],
  ["small.js", chunk(["src/plugin/log.ts"])],
]);

test("each chunk is in one script: the first that is loaded and needs it", () => {
  assert.deepEqual(Object.fromEntries(scriptsOf(outputs)), {
    "main.js": "kernel",
    "server.js": "kernel",
    "small.js": "kernel",
    "client.js": "client",
    "core.js": "core",
    "cty.js": "core",
    "configure.js": "api",
    "openai.js": "api",
    "panic.js": "api",
    "redact.js": "api",
    "read.js": "api",
    "request.js": "api",
    // Two objects need it that load operations at once.
    "helper.js": "api",
    "create.js": "changes",
    "ready.js": "changes",
    "declare.js": "declarations",
    "wire.js": "declarations",
    "words.js": "declarations",
    "answers.js": "provider-objects-answer-arguments",
    "pem.js": "provider-objects-encryption-public-key",
    "stores.js": "provider-objects-vector-store-arguments",
    "upload.js": "provider-objects-upload",
    "content.js": "provider-objects-upload",
    "validation.js": "provider-actions-validation",
    "whole.js": "provider-api-content-read",
    "model.js": "provider-objects-model",
    "role.js": "provider-objects-role",
    "file.js": "provider-objects-file",
    "shared-file.js": "provider-objects-file",
    "batch.js": "provider-objects-batch",
    "own.js": "provider-objects-batch",
  });
});

test("a source that is not loaded for itself any more stops the build", () => {
  const without = new Map([...outputs].filter(([name]) => name !== "configure.js"));
  assert.throws(() => scriptsOf(without), /Nothing loads src\/provider\/configure\.ts for itself/);
});

test("a chunk becomes the body of a function, on as many lines", () => {
  const text = `import {
  a,
  b as c
} from "./other.js";
import "./effects.js";
import tls from "node:tls";
import * as fs from "node:fs";
const text = "export { x };", later = () => import("./later.js");
export {
  text as default,
  later
};
`;
  const imports = [{ path: "dist/later.js", kind: "dynamic-import" }];
  const body = asFunctionBody({ text, imports }, (path) => `./script.cjs#${path.slice(2, -3)}`);
  assert.equal(body.split("\n").length, text.split("\n").length);
  const required: string[] = [];
  const modules: Readonly<Record<string, object>> = {
    "./script.cjs#other": { a: 1, b: 2 },
    "./script.cjs#later": { late: true },
  };
  const require = (id: string) => {
    required.push(id);
    return modules[id] ?? {};
  };
  const exported: { default?: string; later?: () => Promise<unknown> } = {};
  new Function("exports", "require", body)(exported, require);
  assert.deepEqual(required, ["./script.cjs#other", "./script.cjs#effects", "node:tls", "node:fs"]);
  assert.equal(exported.default, "export { x };");
  return exported.later?.().then((module) => assert.deepEqual(module, { late: true }));
});
