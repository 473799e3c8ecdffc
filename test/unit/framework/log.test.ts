import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger, type LogFields, type LogLevel, logLevel } from "../../../src/framework/index.ts";

for (const [env, expected] of [
  [{}, "off"],
  [{ TF_LOG: "" }, "off"],
  [{ TF_LOG: "INFO" }, "info"],
  [{ TF_LOG: " warn " }, "warn"],
  [{ TF_LOG: "JSON" }, "trace"],
  [{ TF_LOG: "1" }, "trace"],
  [{ TF_LOG: "off" }, "off"],
  [{ TF_LOG: "ERROR", TF_LOG_PROVIDER: "DEBUG" }, "debug"],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER: "OFF" }, "off"],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER: "" }, "trace"],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER: "DEBUG", TF_LOG_PROVIDER_OPENAI: "ERROR" }, "error"],
  [{ TF_LOG_PROVIDER_OPENAI: "TRACE" }, "trace"],
  [{ TF_LOG_PROVIDER_OTHER: "TRACE", TF_LOG_CORE: "TRACE" }, "off"],
] as const) {
  test(`the level of ${JSON.stringify(env)} is ${expected}`, () => {
    assert.equal(logLevel(env, "openai"), expected);
  });
}

function linesAt(level: LogLevel): string[] {
  const lines: string[] = [];
  const log = createLogger(level, (line) => lines.push(line));
  for (const each of ["trace", "debug", "info", "warn", "error"] as const) log.log(each, each);
  return lines.map((line) => JSON.parse(line)["@level"]);
}

test("lines below the level are not written", () => {
  assert.deepEqual(linesAt("trace"), ["trace", "debug", "info", "warn", "error"]);
  assert.deepEqual(linesAt("warn"), ["warn", "error"]);
  assert.deepEqual(linesAt("off"), []);
});

function lineOf(message: string, fields?: LogFields, bound: LogFields = {}) {
  const lines: string[] = [];
  createLogger("trace", (line) => lines.push(line))
    .with(bound)
    .log("info", message, fields);
  assert.equal(lines.length, 1);
  const [line = ""] = lines;
  assert.doesNotMatch(line, /\n/);
  return JSON.parse(line);
}

test("fields given as a function are made only for a line that is written", () => {
  const lines: string[] = [];
  let made = 0;
  const fields = () => {
    made += 1;
    return { a: made };
  };
  const log = createLogger("info", (line) => lines.push(line));
  log.log("debug", "one", fields);
  assert.equal(made, 0);
  log.log("info", "two", fields);
  assert.equal(JSON.parse(lines[0] ?? "").a, 1);
  const bound = log.with(fields);
  bound.log("debug", "three");
  assert.equal(made, 1);
  bound.log("info", "four");
  bound.with({ b: 1 }).log("warn", "five");
  assert.deepEqual(
    lines.slice(1).map((line) => JSON.parse(line).a),
    [2, 2],
    "made once for all lines",
  );
  createLogger("off", (line) => lines.push(line))
    .with(fields)
    .log("error", "six", fields);
  assert.deepEqual([made, lines.length], [2, 3]);
});

test("a line is hclog's: level, message, module, and a time with six fractional digits", () => {
  const { "@timestamp": at, ...rest } = lineOf("Hello\n\u001b[31m", {
    size: 3,
    quick: true,
    none: undefined,
  });
  assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000);
  assert.deepEqual(rest, {
    "@level": "info",
    "@message": "Hello\n\u001b[31m",
    "@module": "provider",
    size: 3,
    quick: true,
  });
});

test("no field replaces what Terraform crashes on when it is not a string", () => {
  const line = lineOf("m", { "@message": 1, "@level": true }, { "@timestamp": 5 });
  assert.equal(line["@message"], "m");
  assert.equal(line["@level"], "info");
  assert.equal(typeof line["@timestamp"], "string");
});

test("bound fields are on each line; a line's own field wins", () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger("trace", (line) => lines.push(JSON.parse(line)));
  const bound = log.with({ a: 1, b: 1 }).with({ b: 2 });
  bound.log("info", "one", { c: 3 });
  bound.log("info", "two", { a: 9 });
  log.log("info", "three");
  assert.deepEqual(
    lines.map(({ a, b, c }) => [a, b, c]),
    [
      [1, 2, 3],
      [9, 2, undefined],
      [undefined, undefined, undefined],
    ],
  );
});
