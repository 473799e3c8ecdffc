import { it } from "node:test";
import { largeAnswer, limitedReads, longList, manyDataSources, plansAtOnce } from "../support/load.ts";

/* The loads of test/soak, small: a plan that fails under load, or holds far too much, is seen in `make test`. */

it("300 data sources in one plan at parallelism 50", (test) => manyDataSources(test, 300, 250));

it("a list of 1,000 completions", (test) => longList(test, 1_000, 250));

it("an answer of 4 MiB", (test) => largeAnswer(test, 4, 400));

it("three plans at once", (test) => plansAtOnce(test, 3, 20, 200));

it("60 reads of an API that allows 20 a second and gives no hint", (test) =>
  limitedReads(test, {
    reads: 60,
    limit: { perSecond: 20, retryAfter: "none" },
    // A tight bound is for the soak: what is learnt in three seconds is little.
    most: { calls: 2, time: 10 },
  }));
