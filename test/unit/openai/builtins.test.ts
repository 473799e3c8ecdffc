import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

test("zlib is loaded by the first answer that is compressed, and not before", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "builtins-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const script = join(folder, "client.cjs");
  await build({
    stdin: {
      contents: `
        import { Readable } from "node:stream";
        import { readBody } from "./src/openai/body.ts";
        import { systemClock } from "./src/openai/clock.ts";
        const gzip = "H4sIAAAAAAAAE6uuBQBDv6ajAgAAAA==";
        const loaded = () => process.moduleLoadList.filter((name) => /NativeModule (zlib|perf_hooks)$/.test(name));
        (async () => {
          systemClock.now();
          const plain = await readBody(Readable.from([Buffer.from("{}")]), "");
          const first = loaded();
          const decoded = await readBody(Readable.from([Buffer.from(gzip, "base64")]), "gzip");
          console.log(JSON.stringify([String(plain), first, String(decoded), loaded()]));
        })();`,
      resolveDir: process.cwd(),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: script,
    logLevel: "error",
  });
  const said: unknown = JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }));
  assert.deepEqual(said, ["{}", [], "{}", ["NativeModule zlib"]]);
});

test("nothing that a read runs touches performance, the first use of which loads a part of Node", () => {
  const files = ["cty", "framework", "openai", "provider", "tfplugin6"].flatMap((room) =>
    readdirSync(join("src", room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join("src", room, name)),
  );
  assert.ok(files.length > 100);
  const users = files.filter((file) =>
    /^(?!\s*(?:\/\/|\*)).*\bperformance\.(?:now|mark)\b/m.test(readFileSync(file, "utf8")),
  );
  assert.deepEqual(users, []);
});
