import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { pathText } from "../support/full-completion.ts";
import { changed, everything, type Path, paths, valueAt } from "./fields.ts";
import { configuration } from "./fixture.ts";
import { Pool } from "./pool.ts";
import type { Outcome } from "./session.ts";
import { COMPLETION, type Fixture, LISTED, READ_ID, restore } from "./steps.ts";

/*
 * Every member of a completion: missing, null, and of every other type. What may be missing is null in
 * state; anything else is null with a warning that names its place, and blocks nothing.
 */

const others: Readonly<Record<string, string>> = {
  number: "7",
  string: '"x"',
  boolean: "true",
  list: "[]",
  "list of lists": "[[[]]]",
  object: "{}",
  "object with odd keys": '{"__proto__":{"x":1},"constructor":null}',
};
const numbers: Readonly<Record<string, string>> = {
  "400 digits": "7".repeat(400),
  "1e400": "1e400",
  "an exponent of a billion": "-1e1000000000",
  "a long fraction": `0.${"3".repeat(400)}`,
};

/** What is kept as JSON text takes every type; so does what has no attribute. */
const free = new Set(["tools", "tool_choice", "response_format", "moderation", "id"]);

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

interface Case {
  readonly path: Path;
  readonly what: string;
  readonly text: string | undefined;
  /** Undefined where both are right: whether Terraform can hold a number is not this test's business. */
  readonly odd: boolean | undefined;
}

function cases(): Case[] {
  const whole = everything("x");
  return paths(whole).flatMap((path): Case[] => {
    const value = valueAt(whole, path);
    const element = typeof path.at(-1) === "number";
    const isFree = free.has(String(path[0]));
    const text = path[0] === "metadata" && path.length > 1;
    const own = typeOf(value);
    const wrong = Object.entries(others).flatMap(([type, text]): Case[] => {
      const same = type === own || (own === "object" && type.startsWith("object"));
      const parts = path.at(-1) === "content" && type === "list";
      const empty = own === "list" && type === "list";
      return same && !empty ? [] : [{ path, what: type, text, odd: !isFree && !empty && !parts }];
    });
    const large = own === "number" ? Object.entries(numbers) : [];
    return [
      { path, what: "missing", text: undefined, odd: false },
      { path, what: "null", text: "null", odd: !isFree && (element || text) },
      // A map of strings is no object with odd keys, nor is one of objects.
      ...wrong,
      ...large.map(([what, text]): Case => ({ path, what, text, odd: undefined })),
    ];
  });
}

const title = "Unexpected answer from the API";
type Check = (fixture: Fixture, id: string, one: Case) => Promise<string[]>;

/** Whether there is a warning, where there has to be one, and it names the place; and what is kept. */
function reported({ titles, details }: Outcome, one: Case): string[] {
  const odd = one.odd ?? titles.length > 0;
  const expected = odd ? `WARNING ${title}` : "";
  if (titles.join() !== expected)
    return [`reported ${titles.join() || "nothing"}: ${details.join().slice(0, 300)}`];
  const fixture = pathText(one.path);
  if (odd && !details.join().includes(fixture)) return [`${fixture} is not in: ${details.join()}`];
  return details.some((detail) => /[^\P{C}\n]/u.test(detail) || detail.length > 4_000) ? ["unfit text"] : [];
}

const read = (outcome: Outcome, one: Case): string[] => [
  ...reported(outcome, one),
  ...(outcome.state ? [] : ["there is no state"]),
];

const checks: Readonly<Record<string, Check>> = {
  async read({ server, session }, _id, one) {
    server.fault({ method: "GET", id: READ_ID, body: changed(everything(READ_ID), one.path, one.text) });
    return read(await session.read("openai_chat_completion", { completion_id: READ_ID }), one);
  },
  async list({ server, session }, id, one) {
    const body = changed(everything(id), one.path, one.text);
    server.fault({ method: "GET", body: `{"object":"list","data":[${body}],"has_more":false}` });
    if (one.path.length === 1 && one.path[0] === "id") return [];
    return read(await session.read("openai_chat_completions", { model: LISTED }), one);
  },
  async refresh({ server, session, kept }, id, one) {
    server.fault({ method: "GET", id, body: changed(everything(id), one.path, one.text) });
    return read(await session.refresh(kept), one);
  },
  async create({ server, session }, id, one) {
    server.fault({ method: "POST", body: changed(everything(id), one.path, one.text) });
    const outcome = await session.create(COMPLETION);
    if (one.path[0] === "id") {
      const usable = one.what === "string";
      return usable || outcome.titles.join() === `ERROR ${title}`
        ? []
        : [`reported ${outcome.titles.join()}`];
    }
    return [
      ...reported(outcome, one),
      ...(outcome.kept?.id === id ? [] : ["what was paid for is not in state"]),
    ];
  },
};

/** The tests: each change at each operation, or, where that is too much, at one of them in turn. */
export function fieldTests(everywhere: boolean): void {
  const pool = new Pool(1);
  const all = cases();
  let rows = 0;
  const started = performance.now();

  describe("a completion with a member that is not as described", { concurrency: 1 }, () => {
    after(() => pool.end());
    for (const [index, [name, check]] of Object.entries(checks).entries()) {
      it(`is named by its fixture, and nothing else is lost for it: ${name}`, () =>
        pool.use(async (fixture) => {
          const { server, session, kept } = fixture;
          await session.configure(configuration(server.url, `sk-fields-${name}`, { max_retries: 0 }));
          const wrong: string[] = [];
          for (const [at, one] of all.entries()) {
            if (!everywhere && (at + one.path.length) % 4 !== index) continue;
            restore(fixture);
            rows += 1;
            const problems = await check(fixture, kept.id, one);
            wrong.push(...problems.map((problem) => `${pathText(one.path)}, ${one.what}: ${problem}`));
          }
          assert.deepEqual(wrong, []);
        }));
    }
  });

  it("figures", (t) => {
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    t.diagnostic(`${all.length} faults, ${rows} rows, ${seconds} s`);
  });
}
