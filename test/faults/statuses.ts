import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { Expected, Row } from "./matrix.ts";
import { Pool } from "./pool.ts";
import { runRow } from "./run-row.ts";
import { stepNamed, steps } from "./steps.ts";

/*
 * Every status that says no, in every envelope: all of them at a read, and each status in one of the
 * envelopes at every other step.
 */

const words = "It is so\u001b[31m because\u202e it is.";
/** What is around an error's words; the API's own is first. */
const envelopes: Readonly<Record<string, string>> = {
  openai: JSON.stringify({ error: { message: words, type: "some_error", param: null, code: null } }),
  azure: JSON.stringify({ error: { code: "418", message: words } }),
  "error as text": JSON.stringify({ error: words }),
  detail: JSON.stringify({ detail: words }),
  "a list of details": JSON.stringify({ detail: [{ loc: ["body"], msg: words }] }),
  message: JSON.stringify({ message: words }),
  "wrong types": '{"error":{"message":{"a":[1]},"type":7,"param":[],"code":{"x":null}}}',
  null: '{"error":null}',
  "a hostile key":
    '{"__proto__":{"error":{"message":"x"}},"constructor":1,"error":{"__proto__":{"code":"not_found"}}}',
  "a list": '[{"error":"x"}]',
  "half a document": '{"error":{"message":"It is so',
  "a page": `<html><title>${words}</title>\n<body>long</body></html>`,
  text: `${words}\r\n\r\nand more`,
  "invalid UTF-8 of 100,000 bytes": "\ufffd".repeat(33_000),
  "nesting of 100,000": `{"error":${"[".repeat(100_000)}`,
  "a list of 100,000 details": JSON.stringify({
    detail: Array(100_000).fill({ loc: ["body", "x"], msg: words }),
  }),
  "a key 100,000 times": `{${'"error":{"message":"x"},'.repeat(100_000)}"error":{"message":"It is so"}}`,
  nothing: "",
};

/** Encoded once: some are long, and each is sent again and again. */
const bodies = new Map(Object.entries(envelopes).map(([name, text]) => [name, Buffer.from(text)]));

const statuses = [
  ...[
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 417, 418, 421, 422, 423, 424,
    425,
  ],
  ...[426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 524, 529, 599],
];

const titles: Readonly<Record<number, string>> = {
  401: "API key refused",
  402: "Quota exhausted",
  403: "Request not permitted",
  404: "No stored completions at this URL",
  405: "No stored completions at this URL",
  408: "API failed",
  410: "Chat completion not found",
  429: "Rate limit not lifted in time",
  501: "No stored completions at this URL",
};

const refused: Expected = { title: "ERROR Request refused by the API" };
/** 410 says that the completion is gone; this server says besides that another account asked. */
const gone: Readonly<Record<string, Expected>> = {
  "list: the first page": refused,
  "list: the last page": refused,
  "create: the POST": refused,
  refresh: { title: "WARNING Chat completion belongs to another account" },
  "update: the POST": { title: "WARNING Metadata changed in state only", kept: "the result" },
  "update: the read after it": { title: "WARNING Metadata changed in state only", kept: "the result" },
  "delete: the DELETE": { title: "WARNING Chat completion may still be stored", kept: "it as gone" },
  "delete: the read after it": { title: "WARNING not reported", kept: "it as gone" },
};

function row(status: number, envelope: string): Row {
  const title = titles[status] ?? (status >= 500 ? "API failed" : "Request refused by the API");
  return {
    name: `${status}, ${envelope}`,
    // Longer than any operation here has, so that a rate limit is reported at once; all else waits a moment.
    fault: () => ({
      status,
      body: bodies.get(envelope) ?? "",
      headers: status === 429 ? { "retry-after": "60" } : { "retry-after-ms": "1" },
    }),
    title: `ERROR ${title}`,
    passing: status === 408 || status === 409 || (status >= 500 && status !== 501),
    ...(status === 410 ? { at: gone } : {}),
  };
}

/**
 * The tests: all statuses at a read in all envelopes, of which one in `every` is taken, and each status in
 * one of the envelopes at every other step.
 */
export function statusTests(every: number): void {
  const pool = new Pool(1);
  const names = Object.keys(envelopes);
  const figures = { faults: 0, rows: 0, calls: 0 };
  const started = performance.now();

  async function check(rows: readonly (readonly [Row, string])[]): Promise<void> {
    await pool.use(async (fixture) => {
      const wrong: string[] = [];
      for (const [each, name] of rows) {
        const { calls, problems } = await runRow(fixture, each, stepNamed(name));
        figures.rows += 1;
        figures.calls += calls;
        wrong.push(...problems.map((problem) => `${each.name}, ${name}: ${problem}`));
      }
      assert.deepEqual(wrong, []);
    });
  }

  describe("a status that says no is reported under its title, and costs nothing that was there", {
    concurrency: 1,
  }, () => {
    after(() => pool.end());
    for (const [nth, name] of names.entries()) {
      const taken = statuses.filter((_, index) => (index + nth) % every === 0);
      figures.faults += taken.length;
      it(`at a read, with ${name} around its words`, () =>
        check(taken.map((status) => [row(status, name), "read"])));
    }
    for (const { name } of steps.filter(({ name }) => name !== "read")) {
      // An import has five minutes, and would wait the minute that is asked for.
      const asked = statuses.filter((status) => status !== 429 || !name.startsWith("import"));
      it(`${name}`, () =>
        check(asked.map((status, index) => [row(status, names[index % names.length] ?? "openai"), name])));
    }
  });

  it("figures", (t) => {
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    t.diagnostic(`${figures.faults} faults, ${figures.rows} rows, ${figures.calls} calls, ${seconds} s`);
  });
}
