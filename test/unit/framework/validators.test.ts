import assert from "node:assert/strict";
import { test } from "node:test";
import { check, notBlank, oneOf } from "../../../src/framework/index.ts";

test("notBlank refuses what is empty or white space only", () => {
  for (const value of ["", " ", "\t\n", "\u00a0"]) assert.ok(notBlank().validate(value));
  for (const value of ["x", " x "]) assert.equal(notBlank().validate(value), undefined);
});

test("oneOf takes its words exactly", () => {
  assert.equal(oneOf("asc", "desc").validate("asc"), undefined);
  assert.deepEqual(oneOf("asc", "desc").validate("ASC"), {
    detail: 'The value must be one of "asc", "desc".',
    given: '"ASC"',
  });
  assert.equal(oneOf("USD").validate("EUR")?.detail, 'The value must be "USD".');
});

test("a check shows an example, and quotes no more than 200 characters of what was given", () => {
  const problem = check("must be short", () => false, "x").validate("y".repeat(1000));
  assert.equal(problem?.detail, 'The value must be short, for example "x".');
  assert.equal(problem?.given, `"${"y".repeat(200)}…"`);
});

test("a long value is not cut inside a character", () => {
  const problem = check("must be short", () => false).validate(`${"y".repeat(199)}😀z`);
  assert.equal(problem?.given, `"${"y".repeat(199)}😀…"`);
});
