import assert from "node:assert/strict";
import { test } from "node:test";
import { sameMetadata } from "../../../../src/provider/api/metadata.ts";

test("metadata is compared as Terraform stores it: null is empty, and texts are in NFC", () => {
  assert.ok(sameMetadata(null, new Map()));
  assert.ok(sameMetadata(new Map([["a\u030a", "a\u030a"]]), new Map([["å", "å"]])));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), null));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), new Map([["a", "2"]])));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), new Map([["b", "1"]])));
});
