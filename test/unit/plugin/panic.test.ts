import assert from "node:assert/strict";
import { test } from "node:test";
import { panicText } from "../../../src/plugin/panic.ts";

test("an error's message comes first, as Terraform looks for it, then its stack", () => {
  const error = new TypeError("no such thing");
  const text = panicText(error);
  assert.ok(text.startsWith("panic: no such thing\n\nTypeError: no such thing\n"));
  assert.match(text, /^ +at .*plugin.*\.test\.mjs:\d+:\d+\)$/m);
  assert.ok(text.endsWith("\n"));
});

test("whatever else is thrown is shown as it is", () => {
  assert.equal(panicText("text"), "panic: 'text'\n");
  assert.equal(panicText(undefined), "panic: undefined\n");
});
