import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { isUnknown, objectValue, UNKNOWN } from "../../src/cty/index.ts";
import type { Clock } from "../../src/openai/clock.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { fastClock } from "../support/fast-clock.ts";
import { type ObjectCase, objectCases } from "../support/object-cases.ts";
import type { ErrorName } from "../support/openai-server/known-errors.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { isError, type Kept, type Outcome, ProviderSession } from "../support/provider-session.ts";

/** A local server and the provider that talks to it. */
async function placeOf(t: TestContext, object: ObjectCase, options: ServerOptions = {}, clock?: Clock) {
  const server = await startOpenAIServer({ completions: [], ...object.server, ...options });
  t.after(() => server.close());
  const config = {
    base_url: server.url,
    api_key: "sk-test",
    admin_api_key: "sk-admin-test",
    max_retries: 0,
  };
  const session = new ProviderSession(config, {}, clock);
  return { server, session };
}

function keptOf({ kept, titles, details }: Outcome): Kept {
  assert.deepEqual(titles, [], details.join("\n"));
  assert.ok(kept, "there is a state");
  return kept;
}

/** The requests that the API got, as "METHOD path". */
function requests(server: OpenAIServer): string[] {
  return server.requests.map(({ method, path }) => `${method} ${path}`);
}

const resources = apiObjects.filter(({ resources }) => resources.length > 0);

it("every resource that is declared has a case here", () => {
  const declared = resources
    // What only an import brings into state has a test of its own.
    .filter(({ declaration }) => declaration.resource?.create !== "import")
    // What cannot be read is tested by itself: unit/provider/objects/voice.test.ts.
    .filter(({ declaration }) => declaration.resource?.unreadable !== true)
    .map(({ declaration }) => declaration.name);
  const cases = objectCases.map(({ name }) => name);
  const without = declared.filter((name) => !cases.includes(name)).join(", ");
  const file = "test/support/object-cases.ts";
  assert.deepEqual(
    cases.sort(),
    declared.sort(),
    without === ""
      ? `${file} has a case twice, or one of no resource`
      : `Add a case of ${without} to ${file}: no test here runs without one.`,
  );
});

// Several objects at a time: most of what a test takes is a limit of time, or a pause.
describe("every object", { concurrency: 4 }, () => {
  for (const object of objectCases) {
    describe(`${object.name}`, { concurrency: 8 }, () => {
      life(object);
      failures(object);
    });
  }
});

/** The member of a request that an argument is, with dots where it is a member of a member. */
function sentAs(object: ObjectCase, argument: string): string {
  return object.sentAs?.[argument] ?? argument.replace(/_json$/, "");
}

/** What each operation does where nothing fails. */
function life(object: ObjectCase): void {
  const { name, path, config, change, drift, importId, readConfig, unknownToImport = [] } = object;
  const place = (t: TestContext, options?: ServerOptions) => placeOf(t, object, options);
  it("is created with one POST, read back without a difference, and planned without a change", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    const kept = keptOf(await session.create(name, given));
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
    assert.ok(server.control.objects.peek(path, String(kept.state.id)));
    const read = keptOf(await session.refresh(name, kept));
    assert.deepEqual(read.state, kept.state);
    assert.ok((await session.plan(name, given, read)).empty, "the plan after a refresh is empty");
  });

  it("is waited for until it is visible and ready", async (t) => {
    const { server, session } = await place(t, { visibleAfterMs: 300, readyAfterMs: 700 });
    const kept = keptOf(await session.create(name, config(server)));
    const read = keptOf(await session.refresh(name, kept));
    const stored = server.control.objects.peek(path, String(kept.state.id));
    assert.ok(stored);
    if (stored.kind.progress !== undefined && object.notWaitedFor !== true) {
      assert.equal(kept.state[stored.kind.progress.member], stored.kind.progress.to);
    }
    assert.equal(read.state.id, kept.state.id);
  });

  if (change !== undefined) {
    it("is updated with what changed and nothing else", async (t) => {
      const { server, session } = await place(t);
      const given = config(server);
      const kept = keptOf(await session.create(name, given));
      server.control.clearRequests();
      const changed = { ...given, ...change };
      const updated = keptOf(await session.update(name, kept, changed));
      const post = server.requests.find(({ method }) => method === "POST");
      const members = Object.keys(change).map((each) => sentAs(object, each).split(".")[0] ?? "");
      const sent = Object.keys(JSON.parse(post?.body ?? "{}"));
      const { singleton, resource } = declarationOf(name);
      // Of what there is one of, the API replaces the whole, and of others that say so.
      if (singleton === true || resource?.updatesWhole === true)
        assert.ok(members.every((each) => sent.includes(each)));
      else assert.deepEqual(sent.sort(), members.sort());
      assert.ok((await session.plan(name, changed, updated)).empty, "the plan after an update is empty");
      server.control.clearRequests();
      const silent = keptOf(await session.update(name, updated, { ...changed, timeouts: { read: "1m" } }));
      assert.deepEqual(requests(server), [], "a change of timeouts asks nothing");
      assert.equal(silent.state.id, kept.state.id);
    });
  }

  if (drift !== undefined) {
    it("shows what somebody else changed", async (t) => {
      const { server, session } = await place(t);
      const given = config(server);
      const kept = keptOf(await session.refresh(name, keptOf(await session.create(name, given))));
      server.control.changeObject(path, String(kept.state.id), { [drift.member]: drift.value });
      const read = keptOf(await session.refresh(name, kept));
      assert.notDeepEqual(read.state[drift.attribute], kept.state[drift.attribute]);
      assert.equal((await session.plan(name, given, read)).empty, false);
    });
  }

  it("is imported by its ID, and planned without a change where the API knows the arguments", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    const kept = keptOf(await session.create(name, given));
    const imported = keptOf(await session.import(name, importId(kept)));
    const differs = Object.keys(kept.state).filter(
      (each) => JSON.stringify(entries(imported.state[each])) !== JSON.stringify(entries(kept.state[each])),
    );
    assert.deepEqual(differs.sort(), [...unknownToImport].sort());
    const plan = await session.plan(name, given, imported);
    assert.deepEqual(plan.replaces, [], "an import is never planned for replacement");
  });

  it("is imported by its identity as by its ID", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, config(server)));
    const identity = session.identity(name, kept.state);
    assert.ok(identity);
    const byIdentity = keptOf(await session.import(name, identity));
    assert.deepEqual(byIdentity.state, keptOf(await session.import(name, importId(kept))).state);
    assert.deepEqual(session.identity(name, byIdentity.state), identity);
    const odd = Object.keys(identity).at(-1) ?? "";
    for (const id of ["", "a/b", ".."]) {
      const { titles, kept: none } = await session.import(name, { ...identity, [odd]: id });
      assert.deepEqual(titles, ["error: Invalid ID"], id);
      assert.equal(none, undefined);
    }
  });

  it("has a generated configuration that is valid and plans no change after an import", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, config(server)));
    const imported = keptOf(await session.import(name, importId(kept)));
    const generated = session.generate(name, imported);
    assert.deepEqual(session.validate(name, generated).titles, []);
    const plan = await session.plan(name, generated, imported);
    assert.deepEqual(plan.titles, []);
    assert.ok(plan.empty, "the plan is empty");
    assert.deepEqual(
      Object.keys(generated).filter((each) => each === "id" || each === "object"),
      [],
    );
  });

  const { listResources } = resources.find(({ declaration }) => declaration.name === name) ?? {};
  if (listResources?.length !== 0)
    it("is found by its list resource, with the identity and the state of an import", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, config(server)));
      const identity = session.identity(name, kept.state);
      const parents = Object.fromEntries(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, parent = ""]) => [parent, kept.state[parent]]),
      );
      server.control.clearRequests();
      const plain = await session.list(name, parents);
      const ids = plain.map(({ found }) => found && { ...found.identity });
      assert.ok(
        ids.some((each) => JSON.stringify(each) === JSON.stringify(identity)),
        JSON.stringify(ids),
      );
      assert.equal(server.requests.length, 1, "one page is asked for, and no object by itself");
      assert.ok(plain.every(({ found }) => found?.state === undefined));
      const whole = await session.list(name, parents, { includeResource: true });
      const listed = whole.find(({ found }) => found?.state?.id === kept.state.id)?.found;
      assert.deepEqual([...whole.flatMap(({ diagnostics }) => [...diagnostics])], []);
      assert.deepEqual(listed?.state, keptOf(await session.import(name, importId(kept))).state);
      const generated = session.generate(name, { ...kept, state: listed?.state ?? kept.state });
      assert.deepEqual(session.validate(name, generated).titles, []);
    });

  it("is not imported by an ID that cannot be one", async (t) => {
    const { server, session } = await place(t);
    for (const id of ["", "a/b/c/d", "..", " "]) {
      const { titles, kept } = await session.import(name, id);
      if (id === "a/b/c/d" && !importId({ config: {}, private: keptPrivate, state: {} }).includes("/"))
        continue;
      assert.deepEqual([titles, kept], [["error: Invalid ID"], undefined], id);
    }
    assert.deepEqual(requests(server), []);
  });

  it("takes values that are not known yet for any argument, at validate and at plan", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    for (const argument of Object.keys(given)) {
      const unknown = { ...given, [argument]: UNKNOWN };
      assert.deepEqual(session.validate(name, unknown).titles, [], argument);
      const plan = await session.plan(name, unknown);
      assert.deepEqual(plan.titles, object.planned ?? [], argument);
      assert.ok(isUnknown(plan.planned[argument]), argument);
    }
    assert.deepEqual(requests(server), [], "a plan asks nothing");
  });

  it("is validated without a request", async (t) => {
    const { server, session } = await place(t);
    const { titles } = session.validate(name, config(server));
    assert.ok(!titles.some(isError), titles.join());
    await new Promise((done) => setImmediate(done));
    assert.deepEqual(requests(server), []);
  });

  it("is deleted, and deleted again without an error", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, config(server)));
    const gone = await session.delete(name, kept);
    assert.deepEqual([gone.titles, gone.kept], [[], null]);
    const left = server.control.objects.peek(path, String(kept.state.id));
    if (object.left === undefined) assert.equal(left, undefined);
    else assert.deepEqual({ ...left?.body, ...object.left }, left?.body);
    const again = await session.delete(name, kept);
    assert.deepEqual([again.titles, again.kept], [[], null]);
  });

  it("says so where the state has no ID that can be asked for", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, config(server)));
    server.control.clearRequests();
    const { singleton, resource } = declarationOf(name);
    const named =
      singleton === true ? (Object.keys(session.identity(name, kept.state) ?? {})[0] ?? "") : "id";
    // What belongs to nothing is named by nothing.
    if (singleton === true && !path.includes("{")) return;
    for (const id of ["", "..", "a/b"]) {
      const edited = { ...kept, state: objectValue(Object.entries({ ...kept.state, [named]: id })) };
      const outcomes = [await session.refresh(name, edited)];
      if (resource?.gone !== "forget") outcomes.push(await session.delete(name, edited));
      for (const outcome of outcomes) {
        assert.deepEqual(outcome.titles, ["error: Invalid ID in state"], id);
        assert.deepEqual(outcome.kept?.state, edited.state);
      }
    }
    assert.deepEqual(requests(server), []);
  });

  it("leaves the state when somebody else has deleted it", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.refresh(name, keptOf(await session.create(name, config(server)))));
    server.control.forgetObject(path, String(kept.state.id));
    const { titles, kept: gone } = await session.refresh(name, kept);
    assert.deepEqual(titles, []);
    if (object.alwaysThere === true || object.staysWhenGone === true)
      assert.equal(gone?.state.id, kept.state.id);
    else assert.equal(gone, null);
  });

  if (readConfig === undefined) return;
  it("is read by its data source as the resource has it", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, config(server)));
    const read = keptOf(await session.read(name, readConfig(kept)));
    const { attributes } = sourceOf(name).schema;
    for (const [each, { mode }] of Object.entries(attributes)) {
      // A resource may have less.
      if (mode !== "computed" || (kept.state[each] ?? null) === null) continue;
      assert.deepEqual(entries(read.state[each]), entries(kept.state[each]), each);
    }
  });
}

/** What each operation does where something fails. */
function failures(object: ObjectCase): void {
  const { name, path, config, change, readConfig } = object;
  const place = (t: TestContext, options?: ServerOptions) => placeOf(t, object, options);
  const operations: Readonly<Record<string, (session: ProviderSession, kept: Kept) => Promise<Outcome>>> = {
    create: (session, kept) => session.create(name, kept.config),
    read: (session, kept) => session.refresh(name, kept),
    ...(readConfig === undefined
      ? {}
      : {
          "data source": (session: ProviderSession, kept: Kept) => session.read(name, readConfig(kept)),
        }),
    import: (session, kept) => session.import(name, object.importId(kept)),
    ...(declarationOf(name).resource?.gone === "forget"
      ? {}
      : { delete: (session: ProviderSession, kept: Kept) => session.delete(name, kept) }),
    ...(change === undefined
      ? {}
      : {
          update: (session: ProviderSession, kept: Kept) =>
            session.update(name, kept, { ...kept.config, ...change }),
        }),
  };

  const errors: readonly [ErrorName, title: string][] = [
    ["no_api_key", "API key refused"],
    ["missing_scopes_403", "API key lacks a permission"],
    ["conflict", "Request refused by the API"],
    ["insufficient_quota", "Quota exhausted"],
    ["server_error", "API failed"],
  ];
  for (const [operation, run] of Object.entries(operations)) {
    for (const [error, title] of errors) {
      it(`${operation}: ${error} is "${title}", and nothing of the state is lost`, async (t) => {
        const { server, session } = await place(t);
        const kept = keptOf(await session.create(name, config(server)));
        server.fault({ error, times: 20 });
        const failed = await run(session, kept);
        assert.deepEqual(
          failed.titles.map((each) => each.replace(/^error: /, "")),
          [expected(operation, title)],
        );
        assert.doesNotMatch(failed.details.join("\n"), /sk-test|\bat .*\.[jt]s:/);
        assert.deepEqual(
          failed.kept?.state,
          operation === "read" || operation === "update" || operation === "delete" ? kept.state : undefined,
        );
      });
    }

    it(`${operation}: a rate limit is waited for, and costs nothing twice`, async (t) => {
      // After a refusal the Administration API is asked by the minute, which is not waited for here. Of other objects a fast
      // clock would only shorten the time that an update has.
      const clock = declarationOf(name).key === "admin" ? fastClock(100) : undefined;
      const { server, session } = await placeOf(t, object, {}, clock);
      const kept = keptOf(await session.create(name, config(server)));
      server.control.clearRequests();
      server.fault({ error: "rate_limit", headers: { "retry-after-ms": "20" }, times: 1 });
      const { titles } = await run(session, kept);
      assert.deepEqual(titles, []);
      const posts = server.requests.filter(({ method, status }) => method === "POST" && status === 200);
      assert.ok(posts.length <= 1, `${posts.length}`);
    });

    // An import has no timeouts of its own to end it by.
    if (operation !== "import")
      it(`${operation}: an answer that does not come in time is an error, and nothing of the state is lost`, async (t) => {
        const { server, session } = await place(t);
        const { create: _, ...timeouts } = session.timeouts(name, "1s");
        const kept = keptOf(await session.create(name, { ...config(server), timeouts }));
        server.fault({ delayMs: 60_000, times: 20 });
        const started = Date.now();
        const slow = {
          create: () => session.create(name, { ...kept.config, timeouts: { create: "1s" } }),
          "data source": () => session.read(name, { ...readConfig?.(kept), timeouts: { read: "1s" } }),
        };
        const failed = await (operation in slow
          ? slow[operation as keyof typeof slow]()
          : run(session, kept));
        assert.ok(failed.titles.length === 1 && failed.titles.every(isError), failed.titles.join());
        assert.ok(Date.now() - started < 50_000, "the operation's own time bounds it");
        if (["read", "update", "delete"].includes(operation))
          assert.deepEqual(failed.kept?.state, kept.state);
      });

    it(`${operation}: an answer that is cut is an error, and nothing of the state is lost`, async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, config(server)));
      server.fault({ cutAfter: 10, times: 20 });
      const failed = await run(session, kept);
      assert.ok(failed.titles.every(isError) && failed.titles.length === 1, failed.titles.join());
      if (operation !== "create" && operation !== "import" && operation !== "data source") {
        assert.deepEqual(failed.kept?.state, kept.state);
      }
    });
  }

  it("create: a parameter that the API refuses is shown on its argument", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    const member = Object.keys(given).at(-1) ?? "";
    const param = sentAs(object, member);
    server.fault({
      status: 400,
      body: { error: { message: "no", type: "invalid_request_error", param, code: null } },
    });
    const failed = await session.create(name, given);
    assert.deepEqual([failed.titles, failed.paths], [["error: Request refused by the API"], [member]]);
  });

  it("create: an answer that is lost is not asked for again, and says what to look for", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    server.fault({ method: "POST", reset: "headers" });
    const failed = await session.create(name, given);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
    if (object.foundAgain === true) {
      assert.deepEqual(failed.titles, ["warning: Answer lost, and found again", ...withoutValue(object)]);
      assert.ok(server.control.objects.peek(path, String(failed.kept?.state.id)));
    } else
      assert.ok(
        failed.titles.every(isError) && failed.titles.length === 1,
        `${failed.titles.join()}. Where \`made\` finds it again, its case in object-cases.ts has \`foundAgain: true\`.`,
      );
  });

  it("create: an answer without an ID names the danger", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    server.fault({ method: "POST", body: { object: "something" } });
    const failed = await session.create(name, given);
    if (object.idIsKnown === true) {
      assert.ok(!failed.titles.some(isError) && failed.kept, "its arguments name it");
      return;
    }
    assert.deepEqual(failed.titles, ["error: Unexpected answer from the API"]);
    assert.match(failed.details[0] ?? "", /without an ID/);
  });

  it("create: what has an ID is kept, whatever else its answer has", async (t) => {
    const { server, session } = await place(t);
    const given = config(server);
    server.fault({
      method: "POST",
      body: {
        id: "odd-1",
        version: "odd-1",
        group_id: "odd-1",
        threshold_amount: "much",
        object: 7,
        created_at: "yesterday",
        added_at: "yesterday",
        predefined_role: "yes",
        status: "completed",
      },
    });
    const short = object.readBack === true ? { timeouts: { create: "3s" } } : {};
    const { titles, kept } = await session.create(name, { ...given, ...short });
    if (object.idIsKnown === true) {
      assert.ok(!titles.some(isError) && kept, "its arguments name it");
      return;
    }
    const unread = object.readBack === true ? ["warning: Response not readable yet"] : [];
    const said = [...withoutValue(object), "warning: Unexpected answer from the API", ...unread];
    assert.deepEqual(titles, said);
    assert.equal(kept?.state.id, "odd-1");
  });

  it("create: interrupted while it waits, it is kept", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    let ended = false;
    const creating = session.create(name, config(server)).finally(() => {
      ended = true;
    });
    // It waits once it asks again after its POST; what is not waited for ends by itself.
    const waits = () => server.requests.slice(server.requests.findIndex(isPost) + 1).some(isGet);
    while (!ended && !(server.requests.some(isPost) && waits()))
      await new Promise((done) => setTimeout(done, 5));
    session.stop();
    const { kept } = await creating;
    assert.ok(kept, path);
  });
}

type Method = { readonly method: string };
const isPost = ({ method }: Method) => method === "POST";
const isGet = ({ method }: Method) => method === "GET";

/** What a creation says besides where the value is not in its answer. */
function withoutValue({ valueOnce }: ObjectCase): string[] {
  return valueOnce === undefined ? [] : [valueOnce];
}

/** Refusals that mean more at one operation than at others. */
function expected(operation: string, title: string): string {
  return operation === "" ? "" : title;
}

/** Maps compare by their entries. */
function entries(value: unknown): unknown {
  return value instanceof Map ? [...value].sort() : value;
}

const keptPrivate = {} as Kept["private"];

function declarationOf(name: string) {
  const found = apiObjects.find(({ declaration }) => declaration.name === name);
  assert.ok(found, name);
  return found.declaration;
}

function sourceOf(name: string) {
  const source = apiObjects.flatMap(({ dataSources }) => dataSources).find((each) => each.name === name);
  assert.ok(source, name);
  return source;
}
