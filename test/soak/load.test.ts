import { it } from "node:test";
import { largeAnswer, limitedReads, longList, manyDataSources, plansAtOnce } from "../support/load.ts";

it("2,000 data sources in one plan at parallelism 50", (test) => manyDataSources(test, 2_000, 400));

it("a list of 10,000 completions", (test) => longList(test, 10_000, 600));

it("an answer of 16 MiB", (test) => largeAnswer(test, 16, 800));

it("ten plans at once", (test) => plansAtOnce(test, 10, 100, 250));

const most = { calls: 1.2, time: 1.15 };

for (const retryAfter of ["seconds", "ms", "none"] as const) {
  it(`500 reads of an API that allows 10 a second, 429 with the hint in ${retryAfter}`, (test) =>
    limitedReads(test, { reads: 500, limit: { perSecond: 10, retryAfter }, most }));
}

it("500 reads of an API that allows 10 a second, with bursts of 503", (test) =>
  limitedReads(test, { reads: 500, limit: { perSecond: 10 }, bursts: { length: 8, count: 5 }, most }));
