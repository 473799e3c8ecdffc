import assert from "node:assert/strict";
import { test } from "node:test";
import { unixSeconds } from "../../../../src/provider/api/time-argument.ts";

test("a time is RFC 3339 or Unix seconds", () => {
  for (const [text, seconds] of [
    ["0", 0],
    ["1793491200", 1_793_491_200],
    ["1970-01-01T00:00:00Z", 0],
    ["2026-11-01T00:00:00Z", 1_793_491_200],
    ["2026-11-01t00:00:00z", 1_793_491_200],
    ["2026-11-01T02:30:00+02:30", 1_793_491_200],
    ["2026-10-31T19:00:00-05:00", 1_793_491_200],
    ["2028-02-29T23:59:59Z", 1_835_481_599],
    ["99999999999", 99_999_999_999],
  ] as const)
    assert.equal(unixSeconds(text), seconds, text);
});

test("what is no point in time is none, and none is guessed at", () => {
  for (const text of [
    "",
    " ",
    "2026-11-01",
    "2026-11-01T00:00:00",
    "2026-11-01 00:00:00Z",
    "2026-11-01T00:00:00.5Z",
    "2026-02-30T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-11-01T24:00:00Z",
    "2026-11-01T00:60:00Z",
    "2026-12-31T23:59:60Z",
    "2026-11-01T00:00:00+24:00",
    "0026-11-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00+01:00",
    "-1",
    "1.5",
    "1e9",
    // Milliseconds.
    "1793491200000",
    "1793491200\n",
  ])
    assert.equal(unixSeconds(text), undefined, JSON.stringify(text));
});
