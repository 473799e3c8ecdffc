import { configuration } from "./fixture.ts";
import type { Expected, Row } from "./matrix.ts";
import type { Outcome } from "./session.ts";
import { type Fixture, restore, type Step } from "./steps.ts";

let keys = 0;

/** Runs a step's operation with a fault at that step, and returns what is not as it has to be. */
export async function runRow(
  fixture: Fixture,
  row: Row,
  step: Step,
): Promise<{ calls: number; problems: string[] }> {
  const { server, session } = fixture;
  const expected = row.at?.[step.name] ?? row;
  const key = `sk-canary-of-the-matrix-${++keys}`;
  restore(fixture);
  await session.configure(configuration(server.url, key, row.provider));
  const harmless = expected.title === null;
  step.prepare?.(fixture);
  server.fault({
    ...row.fault(step.answer(fixture)),
    ...step.filter(fixture),
    // What works is answered in other words, and not kept from being done.
    ...(harmless && step.name !== "create: the POST" ? { carryOut: true } : {}),
    times: harmless ? 1 : "always",
  });
  const outcome = await step.run(fixture);
  const calls = server.requests.length;
  const problems = [
    ...titleProblems(outcome, expected.title, step),
    ...detailProblems(outcome, key),
    ...stateProblems(outcome, expected, fixture, step),
    ...callProblems(calls, expected, row, step),
  ];
  return { calls, problems };
}

function titleProblems({ titles, details }: Outcome, title: string | null, step: Step): string[] {
  const reported = title === null ? null : step.reports === undefined ? title : step.reports;
  const expected = reported === null ? [] : [reported];
  if (JSON.stringify(titles) === JSON.stringify(expected)) return [];
  return [`reported ${JSON.stringify(titles)}, and not ${JSON.stringify(expected)}: ${details.join("\n")}`];
}

function detailProblems({ titles, details }: Outcome, key: string): string[] {
  return details.flatMap((detail, index) => [
    ...(detail.includes(key) ? ["the key is in the text"] : []),
    ...(/[^\P{C}\n]/u.test(detail) ? ["control characters are in the text"] : []),
    ...(detail.includes("\n\n") || titles[index]?.startsWith("WARNING") ? [] : [`no remedy: ${detail}`]),
  ]);
}

function stateProblems({ state }: Outcome, expected: Expected, fixture: Fixture, step: Step): string[] {
  const wanted = expected.kept ?? (expected.title === null ? (step.made ?? "the result") : step.kept);
  const found =
    state === undefined || (state === null && wanted === "nothing")
      ? "nothing"
      : state === null
        ? "it as gone"
        : state.equals(fixture.kept.state)
          ? "the state before"
          : "the result";
  // A refresh that finds what was there before.
  if (found === wanted || (found === "the state before" && wanted === "the result")) return [];
  return [`${found} is in state, and not ${wanted}`];
}

function callProblems(calls: number, expected: Expected, row: Row, step: Step): string[] {
  const failed = expected.title !== null;
  const retries = Number(row.provider?.max_retries ?? 1);
  const tries = failed && row.passing && step.repeatable ? 1 + retries : 1;
  const own = expected.calls ?? tries;
  const { least, most } = typeof own === "number" ? { least: own, most: own } : own;
  const around = step.before + (failed ? 0 : step.after);
  if (calls >= around + least && calls <= around + most) return [];
  return [`${calls} calls, and not ${around + least}${most === least ? "" : ` to ${around + most}`}`];
}
