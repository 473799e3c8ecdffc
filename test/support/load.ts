import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { Expression, read } from "./configurations.ts";
import type { ServerOptions } from "./openai-server/options.ts";
import type { RateLimitOptions } from "./openai-server/rate-limit.ts";
import type { Seed } from "./openai-server/seed.ts";
import { type OpenAIServer, startOpenAIServer } from "./openai-server/server.ts";
import { type Usage, watchChildren } from "./process-watch.ts";
import { Workspace } from "./terraform.ts";

/*
 * The loads that the provider is put under, in any size: small in test/acceptance, full in test/soak.
 * Each prints its figures as a diagnostic of the test.
 */

/** What a provider may hold, whatever is asked of it. Node alone is some 50 MiB. */
const mostSockets = 70;

/** A run of the CLI under watch. */
interface Run extends Usage {
  readonly seconds: number;
  readonly output: string;
}

/** `plan` of a configuration against a server, which has to succeed. */
async function plan(work: Workspace, ...args: string[]): Promise<Run> {
  const running = new Set<number>();
  const watched = watchChildren(() => running);
  const started = performance.now();
  const result = await work.run(["plan", ...args], {
    started: (child) => child.pid !== undefined && running.add(child.pid),
  });
  const seconds = (performance.now() - started) / 1000;
  const usage = watched();
  assert.equal(result.code, 0, result.output.slice(-4000));
  return { ...usage, seconds, output: result.output };
}

async function start(test: TestContext, options: ServerOptions): Promise<[OpenAIServer, () => Workspace]> {
  const server = await startOpenAIServer(options);
  test.after(() => server.close());
  return [server, () => new Workspace(test, { OPENAI_API_KEY: "sk-load", OPENAI_BASE_URL: server.url })];
}

function seeds(count: number): Seed[] {
  return Array.from({ length: count }, (_, n) => ({ id: `chatcmpl-${n}`, content: `Answer ${n}.` }));
}

function reads(count: number, more: Record<string, unknown> = {}): string {
  return read("many", new Expression(`"chatcmpl-\${count.index}"`), {
    count: new Expression(String(count)),
    ...more,
  });
}

/** Checks that it stayed within bounds, and prints what it took. */
function report(test: TestContext, what: string, run: Run, bound: { mib: number }): void {
  test.diagnostic(
    `${what}: ${run.seconds.toFixed(1)} s, provider at most ${run.peakMiB} MiB, ${run.sockets} TCP sockets`,
  );
  assert.ok(run.peakMiB <= bound.mib, `${run.peakMiB} MiB`);
  assert.ok(run.sockets <= mostSockets, `${run.sockets} sockets`);
}

/** Many data sources in one plan at Terraform's parallelism of 50. */
export async function manyDataSources(test: TestContext, count: number, mib: number): Promise<void> {
  const [server, workspace] = await start(test, { completions: seeds(count) });
  const work = workspace().write("main.tf", reads(count));
  const run = await plan(work, "-parallelism=50", "-out=plan.bin");
  assert.equal(server.requests.length, count, "each is asked for once");
  assert.ok(server.requests.every(({ status }) => status === 200));
  report(test, `${count} data sources`, run, { mib });
}

/** One list that is read page by page to its end. */
export async function longList(test: TestContext, count: number, mib: number): Promise<void> {
  const [server, workspace] = await start(test, { completions: seeds(count) });
  const work = workspace().write(
    "main.tf",
    `data "openai_chat_completions" "all" {}
output "ids" {
  value = length(toset(data.openai_chat_completions.all.ids))
}
output "complete" {
  value = !data.openai_chat_completions.all.has_more
}
`,
  );
  const run = await plan(work);
  assert.match(run.output, new RegExp(`\\bids\\s+= ${count}\\b`));
  assert.match(run.output, /\bcomplete\s+= true/);
  report(test, `a list of ${count} completions in ${server.requests.length} pages`, run, { mib });
}

/** One answer of a size near the client's limit of 32 MiB, up to the plan's outputs. */
export async function largeAnswer(test: TestContext, mebibytes: number, mib: number): Promise<void> {
  const size = mebibytes * 2 ** 20;
  const unit = "An answer of many words, with ü and 漢字 among them. ";
  const content = unit.repeat(Math.floor(size / Buffer.byteLength(unit)));
  const [, workspace] = await start(test, { completions: [{ id: "chatcmpl-large", content }] });
  const work = workspace().write(
    "main.tf",
    `${read("large", "chatcmpl-large")}
output "same" {
  value = sha256(data.openai_chat_completion.large.choices[0].message[0].content)
}
`,
  );
  const run = await plan(work);
  const { createHash } = await import("node:crypto");
  assert.ok(run.output.includes(createHash("sha256").update(content).digest("hex")), "every byte arrived");
  report(test, `one answer of ${mebibytes} MiB`, run, { mib });
}

/** Several plans at once, each with its own provider. */
export async function plansAtOnce(
  test: TestContext,
  plans: number,
  each: number,
  mib: number,
): Promise<void> {
  const [server, workspace] = await start(test, { completions: seeds(each) });
  const works = Array.from({ length: plans }, () => workspace().write("main.tf", reads(each)));
  const started = performance.now();
  const runs = await Promise.all(works.map((work) => plan(work)));
  const seconds = (performance.now() - started) / 1000;
  assert.equal(server.requests.length, plans * each);
  const peakMiB = Math.max(...runs.map((run) => run.peakMiB));
  const sockets = Math.max(...runs.map((run) => run.sockets));
  report(
    test,
    `${plans} plans of ${each} data sources at once`,
    { seconds, peakMiB, sockets, output: "" },
    { mib },
  );
}

export interface LimitedLoad {
  readonly reads: number;
  readonly limit: RateLimitOptions;
  /** How often in a row the API answers 503, and how often that happens. */
  readonly bursts?: { readonly length: number; readonly count: number };
  /**
   * At most so many calls for a read, and so many times the floor: the time that the limit makes it take at least, and
   * what the same reads take without a limit, measured in the same run.
   */
  readonly most: { readonly calls: number; readonly time: number };
}

/** Reads of an API that allows so many a second: no error, hardly more calls and time than needed. */
export async function limitedReads(test: TestContext, load: LimitedLoad): Promise<void> {
  const [server, workspace] = await start(test, { completions: seeds(load.reads) });
  const work = workspace().write("main.tf", reads(load.reads));
  const unlimited = await plan(work, "-parallelism=50");
  server.control.clearRequests();
  server.control.rateLimit(load.limit);
  const { length = 0, count = 0 } = load.bursts ?? {};
  for (let burst = 1; burst <= count; burst += 1) {
    const skip = Math.round((load.reads * burst) / (count + 1));
    server.fault({ status: 503, error: "server_error", skip, times: length });
  }
  const run = await plan(work, "-parallelism=50");
  const statuses = server.requests.map(({ status }) => status);
  const refused = statuses.filter((status) => status === 429).length;
  const broken = statuses.filter((status) => status === 503).length;
  const calls = statuses.length / load.reads;
  const floor = load.reads / load.limit.perSecond + unlimited.seconds;
  test.diagnostic(
    `${load.reads} reads at ${load.limit.perSecond}/s: ${statuses.length} calls (${calls.toFixed(2)} × the reads), ` +
      `${refused} of them 429, ${broken} 503; ${(run.seconds / floor).toFixed(2)} × the floor of ${floor.toFixed(1)} s`,
  );
  report(test, "limited reads", run, { mib: 300 });
  assert.ok(calls <= load.most.calls, `${calls} calls for a read`);
  assert.ok(run.seconds <= floor * load.most.time, `${run.seconds} s, where the floor is ${floor} s`);
}
