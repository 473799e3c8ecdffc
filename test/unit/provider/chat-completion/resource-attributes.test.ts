import assert from "node:assert/strict";
import { test } from "node:test";
import { isSnapshotOf } from "../../../../src/provider/chat-completion/resource-attributes.ts";

test("an alias stands for its dated versions, and for nothing else", () => {
  for (const [name, alias, same] of [
    ["gpt-4o-2024-08-06", "gpt-4o", true],
    ["gpt-4-0613", "gpt-4", true],
    ["gpt-4o-mini-2024-07-18", "gpt-4o", false],
    ["gpt-4o", "gpt-4o-2024-08-06", false],
    ["gpt-4o-mini", "gpt-4o", false],
    [null, "gpt-4o", false],
  ] as const) {
    assert.equal(isSnapshotOf(name, alias), same, `${name} of ${alias}`);
  }
});
