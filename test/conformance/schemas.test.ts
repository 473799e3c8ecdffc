import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { differences, snapshotFile, snapshotOf, snapshotText } from "../../scripts/snapshot/snapshot.mjs";
import { openai } from "../../src/provider/provider.ts";
import { root } from "../support/root.ts";

test("the schemas are those of the snapshot, so that a review sees what changes for practitioners", (t) => {
  const kept = readFileSync(join(root, snapshotFile), "utf8");
  const now = snapshotOf(openai({}));
  const { breaking, others } = differences(JSON.parse(kept), now);
  assert.deepEqual(breaking, [], "breaking changes: `make snapshot`, and say so in the changelog");
  assert.deepEqual(others, [], "changes: `make snapshot`");
  assert.equal(kept, snapshotText(now), "the snapshot is as `make snapshot` writes it");
  const lines = Object.values(now).flatMap((object) => Object.keys(object));
  t.diagnostic(`${lines.length} lines of ${Object.keys(now).length} objects`);
  assert.ok(lines.length > 200);
});

test("the snapshot has every kind of schema, identities of resources among them", () => {
  const kinds = Object.keys(snapshotOf(openai({}))).map((object) => object.split(" ")[0]);
  const expected = ["action", "data", "ephemeral", "function", "identity", "list", "provider", "resource"];
  assert.deepEqual([...new Set(kinds)].sort(), expected);
  assert.equal(
    kinds.filter((kind) => kind === "identity").length,
    [...openai({}).resources.values()].filter(({ identity }) => identity !== undefined).length,
  );
});

test("changes that break a configuration, a reference or a call are told from others", () => {
  const before = {
    "resource r": { id: "string, computed", size: "integer, optional", name: "string, required" },
    "function f": { "parameter 0, a": "string", returns: "string" },
    "identity r": { "(schema version)": "0", id: "string, required for import" },
    "list r": { purpose: "string, optional" },
    "action a": { max_deletions: "integer, required", model: "string, optional" },
  };
  const changed = (object: string, path: string, line: string | undefined) => {
    const { [path]: _, ...rest } = { ...before, "data d": {} }[object as keyof typeof before] as Record<
      string,
      string
    >;
    return differences(before, {
      ...before,
      [object]: line === undefined ? rest : { ...rest, [path]: line },
    });
  };
  const cases: [object: string, path: string, line: string | undefined, breaking: boolean][] = [
    ["resource r", "id", undefined, true],
    ["resource r", "id", "integer, computed", true],
    ["resource r", "id", "string, optional and computed", true],
    ["resource r", "id", "string, computed, sensitive", true],
    ["resource r", "size", "integer, required", true],
    ["resource r", "size", "integer, optional, Changing it replaces the object.", true],
    ["resource r", "name", "string, optional", false],
    ["resource r", "name", "string, required, deprecated", false],
    ["resource r", "more", "string, required", true],
    ["resource r", "more", "string, optional", false],
    ["resource r", "(schema version)", "1", false],
    ["function f", "parameter 1, b", "string", true],
    ["function f", "returns", "number", true],
    ["identity r", "id", undefined, true],
    ["identity r", "id", "number, required for import", true],
    ["identity r", "id", "string, optional for import", false],
    ["identity r", "parent", "string, optional for import", true],
    ["identity r", "(schema version)", "1", false],
    ["list r", "purpose", undefined, true],
    ["list r", "purpose", "string, required", true],
    ["list r", "order", "string, optional", false],
    ["action a", "max_deletions", "integer, optional", false],
    ["action a", "model", "string, required", true],
    ["action a", "days", "integer, required", true],
  ];
  for (const [object, path, line, breaking] of cases) {
    const found = changed(object, path, line);
    assert.equal(found.breaking.length, breaking ? 1 : 0, `${path}: ${line}`);
    assert.equal(found.others.length, breaking ? 0 : 1, `${path}: ${line}`);
  }
  const { "function f": gone, ...rest } = before;
  assert.deepEqual(differences(before, rest).breaking, ["function f is gone"]);
  assert.deepEqual(differences(rest, { ...rest, "function f": gone }), {
    breaking: [],
    others: ["function f is new"],
  });
});
