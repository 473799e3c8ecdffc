import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { OpenAIError } from "../../../src/openai/index.ts";
import { runOperation } from "../../../src/openai/operation.ts";
import { endpointOf } from "../../../src/openai/plane.ts";
import { endpointLimiterFor } from "../../../src/openai/rate-limiter.ts";
import { Redactor } from "../../../src/openai/redact.ts";
import { SharedReads } from "../../../src/openai/shared-reads.ts";
import { Throttle, type ThrottleOptions } from "../../support/openai-server/throttle.ts";
import { root } from "../../support/root.ts";
import { VirtualClock } from "./limiters.ts";
import { errorBody } from "./support.ts";

const baseUrl = new URL("https://api.example/v1");
const latencyMs = 300;
/** Terraform's. */
const parallel = 10;
/** What `timeouts` says of an object: less than the wait for a turn. */
const timeoutMs = 60_000;

type Method = "GET" | "POST";
let organizations = 0;

/** The client's operations against an API in memory that throttles, in virtual time. */
class Organization {
  readonly clock = new VirtualClock();
  readonly stop = new AbortController();
  readonly calls: string[] = [];
  readonly log: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  readonly #throttle: Throttle;
  readonly #reads = new SharedReads(this.clock);
  readonly #credential: string;
  waitedMs = 0;

  constructor(throttle: ThrottleOptions) {
    this.#throttle = new Throttle({ ...throttle, now: () => this.clock.now() });
    setMaxListeners(0, this.stop.signal);
    // Limiters are the process's.
    organizations += 1;
    this.#credential = `organization ${organizations}`;
  }

  request(method: Method, path: readonly string[]): Promise<unknown> {
    const read = method === "GET";
    const caller = {
      signal: this.stop.signal,
      timeoutMs,
      fresh: false,
      waited: (ms: number) => {
        this.waitedMs += ms;
      },
      error: (failure: OpenAIError["failure"]) =>
        new OpenAIError(failure, { method, origin: "", path: "", attempts: 0, elapsedMs: 0 }),
    };
    if (read) return this.#reads.read(path.join("/"), path, caller, (run) => this.#run(method, path, run));
    this.#reads.written(path);
    return this.#run(method, path, { signal: this.stop.signal }).finally(() => this.#reads.written(path));
  }

  #run(
    method: Method,
    path: readonly string[],
    shared: { signal: AbortSignal; sending?: (isSent: boolean) => void },
  ) {
    const endpoint = endpointOf(method, path);
    const limiter = endpointLimiterFor(baseUrl.origin, this.#credential, endpoint, this.clock);
    const session = {
      baseUrl,
      limiter,
      redactor: new Redactor([]),
      clock: this.clock,
      attemptTimeoutMs: 60_000,
      transport: { send: () => this.#answer(endpoint), proxy: () => undefined },
    };
    return runOperation(session, {
      ...shared,
      request: { method, target: `/v1/${path.join("/")}`, headers: {} },
      policy: method === "POST" ? "once" : "repeatable",
      bodyOptional: false,
      maxRetries: 2,
      timeoutMs,
      waited: () => {},
      log: (level, message, fields) => {
        if (level === "info")
          this.log.push({ level, message, fields: typeof fields === "function" ? fields() : {} });
      },
    });
  }

  async #answer(endpoint: string) {
    await this.clock.sleep(latencyMs / 2, new AbortController().signal);
    this.calls.push(endpoint);
    const taken = this.#throttle.take("k", endpoint);
    await this.clock.sleep(latencyMs / 2, new AbortController().signal);
    const text = taken
      ? '{"id":"proj_1"}'
      : errorBody({
          message: "You're making too many requests, please slow down.",
          type: "rate_limit_error",
        });
    return { statusCode: taken ? 200 : 429, headers: {}, body: Readable.from([Buffer.from(text)]) };
  }

  /** As many at a time as Terraform runs, in the order in which they become ready; seconds of virtual time. */
  async walk(tasks: (() => Promise<(() => Promise<unknown>)[]>)[], many = parallel): Promise<number> {
    const queue: (() => Promise<unknown>)[] = tasks.map((task) => async () => {
      queue.push(...(await task()));
    });
    let running = 0;
    const failures: unknown[] = [];
    const started = this.clock.now();
    const next = () => {
      while (running < many && queue.length > 0) {
        running += 1;
        void queue
          .shift()?.()
          .catch((error: unknown) => failures.push(error))
          .finally(() => {
            running -= 1;
            next();
          });
      }
    };
    next();
    await this.clock.untilIdle(() => running === 0 && queue.length === 0);
    assert.deepEqual(failures, []);
    return (this.clock.now() - started) / 1000;
  }
}

const projects = ["organization", "projects"];
const below = ["service_accounts", "spend_alerts", "groups"];
const all = Array.from({ length: 100 }, (_, n) => `proj_${n}`);

describe("an organization of 100 projects with 4 objects each, under a limit by the minute", () => {
  for (const kind of ["sliding", "fixed", "bucket"] as const) {
    for (const perMinute of [7, 10]) {
      it(`is applied in 1.1 times what ${perMinute} a minute allow, without an error: ${kind}`, async () => {
        const organization = new Organization({ perMinute, kind });
        const seconds = await organization.walk(
          all.map((id) => async () => {
            await organization.request("POST", projects);
            return below.map((name) => () => organization.request("POST", [...projects, id, name]));
          }),
        );
        // The projects first, for they are ready first; then three endpoints side by side.
        const minutes = kind === "bucket" ? (100 - perMinute) / perMinute : Math.ceil(100 / perMinute) - 1;
        assert.ok(seconds <= 2 * minutes * 60 * 1.1, `${seconds} s of ${2 * minutes * 60}`);
        assert.ok(organization.calls.length <= 400 * 1.06, `${organization.calls.length} calls`);
      });
    }
  }

  it("is planned by one call for each list", async () => {
    const organization = new Organization({ perMinute: 7 });
    const lists = all.slice(0, 7).map((id) => [...projects, id, "users"]);
    const seconds = await organization.walk(
      Array.from({ length: 400 }, (_, n) => async () => {
        const list = n < 100 ? projects : lists[n % 7];
        await organization.request("GET", list ?? []);
        return [];
      }),
    );
    assert.equal(organization.calls.length, 8);
    assert.ok(seconds <= 10, `${seconds} s`);
  });

  it("says every ten seconds how many wait, and no more", async () => {
    const organization = new Organization({ perMinute: 7 });
    const seconds = await organization.walk(
      all.slice(0, 28).map(() => async () => {
        await organization.request("POST", projects);
        return [];
      }),
      28,
    );
    const { log } = organization;
    assert.ok(
      log.length >= seconds / 10 - 2 && log.length <= seconds / 10 + 1,
      `${log.length} in ${seconds} s`,
    );
    const [first] = log;
    assert.equal(first?.message, "requests wait for the API's rate limit");
    assert.deepEqual([first?.fields.endpoint, first?.fields.per_minute], ["POST /organization/projects", 7]);
    assert.ok(Number(first?.fields.waiting) > 0 && Number(first?.fields.seconds_left) > 0);
    // The page on the log has the line with its level and its fields.
    const page = readFileSync(join(root, "docs", "guides", "log.md"), "utf8");
    const [row = ""] = page.split("\n").filter((line) => line.startsWith(`| \`${first?.message}\` |`));
    const [, level, ...fields] = [...row.matchAll(/`(\w[^`]*)`/g)].map(([, word]) => word);
    assert.equal(first?.level, level);
    assert.deepEqual(Object.keys(first?.fields ?? {}).sort(), fields.sort());
  });

  it("leaves the queue at once when Terraform is interrupted, and sends nothing more", async () => {
    const organization = new Organization({ perMinute: 7 });
    const ended: string[] = [];
    for (const _ of all)
      void organization.request("POST", projects).then(
        () => ended.push("made"),
        (error: OpenAIError) => ended.push(error.kind),
      );
    await organization.clock.untilIdle(() => organization.clock.now() > 20_000);
    const before = organization.calls.length;
    const at = organization.clock.now();
    organization.stop.abort();
    await organization.clock.untilIdle(() => ended.length === all.length);
    assert.equal(ended.filter((kind) => kind === "aborted").length, all.length - 7);
    assert.ok(organization.clock.now() - at <= latencyMs, "at once");
    assert.ok(organization.calls.length <= before + 1);
  });

  it("gives up where nothing is answered for as long as an object may take", async () => {
    const organization = new Organization({ perMinute: 0 });
    let failed: unknown;
    void organization.request("POST", projects).catch((error: unknown) => {
      failed = error;
    });
    await organization.clock.untilIdle(() => failed !== undefined);
    assert.ok(failed instanceof OpenAIError);
    assert.equal(failed.kind, "rate_limit");
    assert.ok(organization.clock.now() <= 2 * timeoutMs, `${organization.clock.now()} ms`);
  });
});
