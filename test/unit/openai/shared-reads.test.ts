import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { systemClock } from "../../../src/openai/clock.ts";
import { isShownBy } from "../../../src/openai/plane.ts";
import { client, errorBody, failing, http, json, QuickClock, type Reply, replies } from "./support.ts";

const users = ["organization", "projects", "proj_a", "users"];

/** A shared read of a list. */
function list(path: readonly string[] = users, query: readonly (readonly [string, string])[] = []) {
  return { method: "GET", path, query, shared: true } as const;
}

function write(path: readonly string[], method: "POST" | "DELETE" = "POST") {
  return { method, path } as const;
}

/** Answers every request with how many there were. */
async function counting(t: TestContext, first?: Reply) {
  const paths: string[] = [];
  const port = await http(t, (request, response) => {
    paths.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => {
      if (paths.length === 1 && first !== undefined) first(response, request);
      else setTimeout(() => response.end(`{"object":"list","data":[],"n":${paths.length}}`), 20);
    });
  });
  const base = `http://127.0.0.1:${port}/v1`;
  const openai = client(t, base, { plane: "admin", clock: systemClock });
  const read = async (...of: Parameters<typeof list>) =>
    Number((await openai.send(list(...of))).body.get("n"));
  return { paths, base, openai, read };
}

describe("reads that many ask for", () => {
  it("are sent once while they are under way, and afterwards", async (t) => {
    const { paths, read, openai } = await counting(t);
    const all = await Promise.all(Array.from({ length: 50 }, () => read()));
    assert.deepEqual(new Set(all), new Set([1]));
    assert.equal(await read(), 1);
    assert.equal(paths.length, 1);
    assert.equal(await read(users, [["after", "user_1"]]), 2, "another page");
    assert.equal(await read(["organization", "projects", "proj_b", "users"]), 3, "another list");
    await openai.send({ method: "GET", path: users });
    assert.equal(paths.length, 4, "who does not say so asks by itself");
  });

  it("are those of all clients of a key, and of no other key", async (t) => {
    const { paths, base, openai, read } = await counting(t);
    await read();
    await openai.withLog(() => {}).send(list());
    await openai.withHidden(["a prompt"]).send(list());
    assert.equal(paths.length, 1);
    await client(t, base, { plane: "admin", apiKey: "sk-admin-other", clock: systemClock }).send(list());
    assert.equal(paths.length, 2);
  });

  it("differ in their headers", async (t) => {
    const { paths, openai } = await counting(t);
    for (const headers of [{ "x-a": "1" }, { "x-a": "2" }, { "x-a": "1" }])
      await openai.send({ ...list(), headers });
    assert.equal(paths.length, 2);
  });

  for (const path of [
    users,
    [...users, "user_1"],
    ["organization", "projects", "proj_a"],
    ["organization", "projects", "proj_a", "service_accounts"],
    ["projects", "proj_a", "users", "user_1", "roles"],
    ["organization", "users", "user_1"],
    ["organization", "groups"],
  ])
    it(`show what was written to ${path.join("/")}`, async (t) => {
      const { read, openai } = await counting(t);
      await read();
      await openai.acknowledge(write(path, "DELETE"));
      assert.equal(await read(), 3);
    });

  for (const path of [
    ["organization", "projects", "proj_b", "users"],
    ["organization", "projects"],
    ["projects", "proj_b", "roles"],
  ])
    it(`are not sent again for a write to ${path.join("/")}`, async (t) => {
      const { read, openai } = await counting(t);
      await read();
      await openai.send(write(path));
      assert.equal(await read(), 1);
    });

  it("of all projects show what was written to one, and below one", () => {
    const projects = ["organization", "projects"];
    for (const path of [
      projects,
      [...projects, "a"],
      [...projects, "a", "archive"],
      ["projects", "a", "roles"],
    ])
      assert.ok(isShownBy(path, projects), path.join("/"));
    assert.ok(isShownBy([...projects, "a"], ["organization", "audit_logs"]));
  });

  it("of the organization show what is written below a project where they name it", () => {
    const project = ["organization", "projects", "a"];
    const roles = ["projects", "a", "users", "user_1", "roles"];
    const shown = (write: readonly string[], list: string) => isShownBy(write, ["organization", list]);
    for (const write of [project.slice(0, 2), project, [...project, "archive"]])
      for (const list of [
        "external_keys",
        "external_storage",
        "users",
        "invites",
        "workload_identity_providers",
      ])
        assert.ok(shown(write, list), `${write.join("/")} in ${list}`);
    for (const write of [[...project, "users"], [...project, "users", "user_1"], roles])
      assert.ok(shown(write, "users"), write.join("/"));
    assert.ok(shown([...project, "service_accounts"], "users"));
    assert.ok(shown([...project, "service_accounts", "sa_1"], "workload_identity_providers"));
    // A hundred limits of projects do not have the users read a hundred times.
    for (const [write, list] of [
      ["spend_limit", "users"],
      ["rate_limits", "external_keys"],
      ["users", "groups"],
      ["service_accounts", "roles"],
    ] as const)
      assert.ok(!shown([...project, write], list), `${write} in ${list}`);
  });

  it("are sent again after a write that failed, since it may have been carried out", async (t) => {
    const server = await replies(t, json(200, '{"n":1}'), json(500, errorBody({})), json(200, '{"n":3}'));
    const openai = client(t, server.base, { plane: "admin", maxRetries: 0 });
    await openai.send(list());
    await failing(openai.send(write(users)));
    assert.equal(String((await openai.send(list())).body.get("n")), "3");
  });

  it("that began before a write ended are not those of who asks after it", async (t) => {
    const server = await replies(
      t,
      (response, request) => setTimeout(() => json(200, '{"n":1}')(response, request), 60),
      json(200, '{"n":2}'),
      json(200, '{"n":3}'),
    );
    const openai = client(t, server.base, { plane: "admin", clock: systemClock });
    const before = openai.send(list());
    await new Promise((resolve) => setTimeout(resolve, 20));
    await openai.send(write(users));
    const after = openai.send(list());
    assert.equal(String((await before).body.get("n")), "1");
    assert.equal(String((await after).body.get("n")), "3");
  });

  it("soon after a write are kept for nobody: the API may not show it yet", async (t) => {
    const server = await replies(t, ...[1, 2, 3, 4, 5].map((n) => json(200, `{"n":${n}}`)));
    const clock = new QuickClock();
    const openai = client(t, server.base, { plane: "admin", clock });
    const read = async () => String((await openai.send(list())).body.get("n"));
    await openai.send(write(users));
    assert.deepEqual([await read(), await read()], ["2", "3"]);
    await clock.sleep(30_000, new AbortController().signal);
    assert.deepEqual([await read(), await read()], ["4", "4"]);
  });

  it("may be asked for fresh: what was kept is not good enough, and replaced", async (t) => {
    const { read, openai } = await counting(t);
    await read();
    const fresh = await openai.send(list(), { fresh: true });
    assert.equal(String(fresh.body.get("n")), "2");
    assert.equal(await read(), 2);
  });
});

describe("a shared read that fails", () => {
  it("fails those who wait for it, and the next one asks again", async (t) => {
    const { paths, openai, read } = await counting(
      t,
      json(403, errorBody({ message: "Missing scopes: a." })),
    );
    const errors = await Promise.all(Array.from({ length: 5 }, () => failing(openai.send(list()))));
    assert.deepEqual(new Set(errors.map(({ kind }) => kind)), new Set(["missing_scopes"]));
    assert.equal(paths.length, 1);
    assert.equal(await read(), 2);
  });

  it("is not given up because one of those who wait is cancelled", async (t) => {
    const { paths, openai, read } = await counting(t);
    const cancel = new AbortController();
    const first = failing(openai.send(list(), { signal: cancel.signal }));
    const second = read();
    cancel.abort();
    assert.equal((await first).kind, "aborted");
    assert.equal(await second, 1);
    assert.equal(paths.length, 1);
  });

  it("is not sent for one who is cancelled before", async (t) => {
    const { paths, openai } = await counting(t);
    const error = await failing(openai.send(list(), { signal: AbortSignal.abort() }));
    assert.deepEqual([error.kind, paths.length], ["aborted", 0]);
  });

  it("is given up when nobody waits any more", async (t) => {
    let closed = 0;
    const cancel = new AbortController();
    const port = await http(t, (request, response) => {
      request.resume();
      response.once("close", () => {
        closed += 1;
      });
      // Not before: a request that is not sent yet is never closed.
      cancel.abort();
    });
    const openai = client(t, `http://127.0.0.1:${port}/v1`, { plane: "admin", clock: systemClock });
    const both = [1, 2].map(() => failing(openai.send(list(), { signal: cancel.signal })));
    for (const error of await Promise.all(both)) assert.equal(error.kind, "aborted");
    while (closed === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(closed, 1);
  });

  it("for the time of the first one is sent again for one with more time", async (t) => {
    const { paths, openai, read } = await counting(t, () => {});
    const first = failing(openai.send(list(), { timeoutMs: 60 }));
    const second = read();
    assert.equal((await first).kind, "operation_timeout");
    assert.equal(await second, 2);
    assert.equal(paths.length, 2);
  });

  it("ends for one with less time when that is over", async (t) => {
    const { openai } = await counting(t, (response, request) => {
      setTimeout(() => json(200, '{"n":1}')(response, request), 400);
    });
    const first = openai.send(list());
    const error = await failing(openai.send(list(), { timeoutMs: 30 }));
    assert.equal(error.kind, "operation_timeout");
    assert.equal(String((await first).body.get("n")), "1");
  });
});
