import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parsePeers } from "../../../scripts/bench/parse-peers.mjs";
import { tableOf, timeRow } from "../../../scripts/bench/table.mjs";

const folder = mkdtempSync(join(tmpdir(), "bench-peers-"));
after(() => rmSync(folder, { recursive: true }));
const executable = join(folder, "a provider");
writeFileSync(executable, "");
const within = join(folder, "build");
mkdirSync(within);
const built = join(within, "terraform-provider-openai_v1.2.3");
writeFileSync(built, "");

test("PEER is one executable, or any number of named ones, each an executable or a folder", () => {
  assert.deepEqual(parsePeers(undefined), []);
  assert.deepEqual(parsePeers("  "), []);
  assert.deepEqual(parsePeers(executable), [
    { name: "the Go provider", file: executable, source: "mkdev-me/openai" },
  ]);
  assert.deepEqual(parsePeers(`other=${within}:acme/openai`), [
    { name: "other", file: built, source: "acme/openai" },
  ]);
  assert.deepEqual(parsePeers(`  before that=${executable}:old-one/openai\n Go=${within}:mkdev-me/openai `), [
    { name: "before that", file: executable, source: "old-one/openai" },
    { name: "Go", file: built, source: "mkdev-me/openai" },
  ]);
});

test("a peer that is not there, or that the plans could not tell from another, stops the benchmark", () => {
  for (const text of [
    `${executable}x`,
    `a=${executable}`,
    `a=${executable}x:a/openai`,
    `a=${folder}:a/openai`,
  ])
    assert.throws(() => parsePeers(text), /^Error: PEER: there is no provider at /, text);
  const twice = `a=${executable}:acme/openai b=${built}:acme/openai`;
  assert.throws(() => parsePeers(twice), /an address of its own/);
});

test("the table has each peer's figure, and the median of the rounds' ratios to it", () => {
  const figure = (values: number[]) => ({ name: "", median: values[1] ?? 0, min: 0, max: 0, values });
  const ours = figure([100, 200, 900]);
  const [one, two] = [figure([100, 400, 300]), figure([50, 100, 3000])];
  const head = "| | own | a | × a | b | × b |\n|---|---|---|---|---|---|\n";
  const row = timeRow("plan", ours, [one, two]);
  assert.equal(
    tableOf([row, { what: "limited", own: "1 s", peers: ["fails"] }], "own", ["a", "b"]),
    `${head}| plan | 200 ms | 400 ms | 1.00 × | 100 ms | 2.00 × |\n| limited | 1 s | fails |  |  |  |\n`,
  );
  assert.equal(
    tableOf([timeRow("plan", ours, [one])], "own", ["a"]),
    "| | own | a | ratio |\n|---|---|---|---|\n| plan | 200 ms | 400 ms | 1.00 × |\n",
  );
  assert.equal(tableOf([timeRow("plan", ours, [])], "own", []), "| | own |\n|---|---|\n| plan | 200 ms |\n");
});
