import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type Clock, monotonicNow, systemClock } from "../../src/openai/clock.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { type ObjectCase, objectCases } from "../support/object-cases.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { type Kept, type Outcome, ProviderSession } from "../support/provider-session.ts";

const declarations = new Map(apiObjects.map(({ declaration }) => [declaration.name, declaration]));
/** Objects that reads find in a list, which is read once for many. */
const listed = objectCases.filter(({ name }) => declarations.get(name)?.readByList !== undefined);

/** A local server, and the provider beside it. `age` lets the time pass after which a list that is read is kept. */
async function placeOf(t: TestContext, object: ObjectCase) {
  const server = await startOpenAIServer({ completions: [], ...object.server });
  t.after(() => server.close());
  let later = 0;
  const clock: Clock = { ...systemClock, now: () => monotonicNow() + later };
  const config = { base_url: server.url, api_key: "sk-test", admin_api_key: "sk-admin-test", max_retries: 0 };
  const session = new ProviderSession(config, {}, clock);
  const age = () => {
    later += 31_000;
  };
  const refresh = async (kept: Kept) => {
    server.control.clearRequests();
    const outcome = await session.refresh(object.name, kept);
    assert.deepEqual(outcome.titles, [], outcome.details.join("\n"));
    return { kept: outcome.kept, calls: server.requests.length };
  };
  /** Has the list read, and kept. */
  const keepList = async (kept: Kept) => {
    age();
    const { calls } = await refresh(kept);
    assert.ok(calls > 0, "what was read before the write is not kept");
    assert.equal((await refresh(kept)).calls, 0, "the list is kept");
  };
  return { server, session, refresh, keepList, age };
}

function keptOf({ kept, titles, details }: Outcome): Kept {
  assert.deepEqual(titles, [], details.join("\n"));
  assert.ok(kept, "there is a state");
  return kept;
}

describe("a list that was read before a write of ours is read again after it", () => {
  for (const object of listed) {
    const { name, config, change } = object;

    if (change !== undefined)
      it(`${name}: an update`, async (t) => {
        const { server, session, refresh, keepList } = await placeOf(t, object);
        const given = config(server);
        const kept = keptOf(await session.create(name, given));
        await keepList(kept);
        const updated = keptOf(await session.update(name, kept, { ...given, ...change }));
        const read = await refresh(updated);
        assert.ok(read.calls > 0);
        assert.deepEqual(read.kept?.state, updated.state);
      });

    // A removal sends nothing.
    if (declarations.get(name)?.resource?.gone === "forget") continue;
    it(`${name}: a removal, and a creation`, async (t) => {
      const { server, session, refresh, keepList, age } = await placeOf(t, object);
      const given = config(server);
      const kept = keptOf(await session.create(name, given));
      await keepList(kept);
      assert.equal((await session.delete(name, kept)).kept, null);
      const gone = await refresh(kept);
      assert.ok(gone.calls > 0);
      if (object.left === undefined) assert.equal(gone.kept, null);
      // Now the list without it is kept.
      age();
      await refresh(kept);
      const again = keptOf(await session.create(name, given));
      const read = await refresh(again);
      assert.ok(read.calls > 0);
      assert.deepEqual(read.kept?.state, again.state);
    });
  }
});
