import assert from "node:assert/strict";
import { test } from "node:test";
import {
  duration,
  inWords,
  parseDuration,
  positiveDuration,
  waitInWords,
} from "../../../src/provider/duration.ts";

test("durations with units, sums of them, and bare seconds become milliseconds", () => {
  const cases: [string, number][] = [
    ["90s", 90_000],
    ["1m30s", 90_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
    ["0.25s", 250],
    ["1h1m1s1ms", 3_661_001],
    ["90", 90_000],
    ["0.5", 500],
    ["0", 0],
    ["0s", 0],
    [" 5m ", 300_000],
    ["24h", 86_400_000],
    ["1.0004s", 1000],
  ];
  for (const [text, milliseconds] of cases) assert.equal(parseDuration(text), milliseconds, text);
});

test("anything else is no duration", () => {
  for (const text of [
    "",
    " ",
    "s",
    "-1s",
    "+1s",
    "1 s",
    "1s 2s",
    "1d",
    "1us",
    "1ns",
    "1S",
    ".5s",
    "5.s",
    "1e3",
    "1e3s",
    "0x10",
    "Infinity",
    "NaN",
    "five minutes",
    "PT5M",
    "1m30",
    "１s",
  ]) {
    assert.equal(parseDuration(text), undefined, JSON.stringify(text));
  }
});

test("longer than a day is refused, also where the number overflows", () => {
  for (const text of ["24h1ms", "86401", "25h", "9".repeat(400), `${"9".repeat(400)}h`]) {
    assert.equal(parseDuration(text), undefined, text.slice(0, 20));
  }
});

test("a hostile length of text is answered at once", () => {
  const started = performance.now();
  assert.equal(parseDuration(`${"1s".repeat(50_000)}x`), undefined);
  assert.equal(parseDuration(`${"1".repeat(100_000)}.`), undefined);
  assert.ok(performance.now() - started < 2000);
});

test("validators say what is accepted, with an example, and what was given", () => {
  assert.equal(duration("30s").validate("0"), undefined);
  assert.equal(positiveDuration("30s").validate("30s"), undefined);
  for (const validator of [duration("30s"), positiveDuration("30s")]) {
    const problem = validator.validate("soon");
    assert.match(problem?.detail ?? "", /must be a duration.*at most 24h.*for example "30s"\.$/);
    assert.equal(problem?.given, '"soon"');
  }
  assert.match(positiveDuration().validate("0s")?.detail ?? "", /above 0/);
  assert.ok(positiveDuration().validate("0.4ms"), "less than a millisecond is none");
});

test("a wait in words is rounded up", () => {
  const cases: [number, string][] = [
    [20, "1 second"],
    [119_100, "120 seconds"],
    [120_000, "2 minutes"],
    [119 * 60_000 + 1, "120 minutes"],
    [7_200_000, "2 hours"],
    [86_399_500, "24 hours"],
    [3 * 86_400_000, "3 days"],
  ];
  for (const [milliseconds, words] of cases) assert.equal(waitInWords(milliseconds), words);
});

test("durations in words", () => {
  const cases: [number, string][] = [
    [300_000, "5 minutes"],
    [60_000, "60 seconds"],
    [90_000, "90 seconds"],
    [1500, "1.5 seconds"],
    [1000, "1 second"],
    [130_400, "130 seconds"],
    [50, "0.1 seconds"],
    [0, "0 seconds"],
  ];
  for (const [milliseconds, words] of cases) assert.equal(inWords(milliseconds), words);
});
