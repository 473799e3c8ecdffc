import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { grownSources } from "../../../scripts/bench/grown-sources.mjs";

const declaration = readFileSync("src/provider/objects/vector-store.ts", "utf8");
const index = readFileSync("src/provider/objects/index.ts", "utf8");

test("the benchmark's further objects are declared, each under its own name, and listed after those there are", () => {
  const sources = grownSources(2, declaration, index);
  assert.deepEqual([...sources.keys()], ["grown001.ts", "grown002.ts", "index.ts"]);
  for (const name of ["grown001", "grown002"]) {
    const text = sources.get(`${name}.ts`) ?? "";
    assert.match(text, new RegExp(`export const ${name} = apiObject`));
    assert.match(text, new RegExp(`name: "openai_${name}"`));
    assert.match(text, /dataSource: \{/);
    assert.match(text, /resource: \{/);
    assert.doesNotMatch(text, /\blist: \{|"openai_vector_store"/);
  }
  const listed = sources.get("index.ts") ?? "";
  assert.match(listed, /^import \{ grown001 \} from "\.\/grown001\.ts";\n/);
  assert.match(listed, / {2}vectorStore,\n[\s\S]* {2}grown001,\n {2}grown002,\n\];\n/);
});

test("a declaration that is written in another way stops it, and is not measured as it was", () => {
  assert.throws(
    () => grownSources(1, declaration.replace("export const", "const"), index),
    /finds no .* any more/,
  );
  assert.throws(() => grownSources(1, declaration, "export const apiObjects = [];"), /finds no/);
});
