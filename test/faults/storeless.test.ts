import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { FaultAnswer } from "../support/openai-server/faults.ts";
import { configuration } from "./fixture.ts";
import { Pool } from "./pool.ts";
import { COMPLETION, type Fixture, restore } from "./steps.ts";

/*
 * Gateways and local servers that answer chat completions and store none, at every operation of the resource: a
 * completion is bought once, kept, tagged and destroyed, and nothing stops. The same answers for a completion that
 * was read before are errors, and so is for both what says something of the key or of a moment.
 */

const page = "<!doctype html><title>A gateway</title>";
const json = (status: number, body: object): FaultAnswer => ({ status, body });

/** How an API says that it has no stored completions. */
const answers: Readonly<Record<string, FaultAnswer>> = {
  "a plain 404": json(404, { detail: "Not Found" }),
  "404 in the API's words": json(404, {
    error: { message: "Completion x not found", param: "completion_id", code: "not_found" },
  }),
  "404 for a model": json(404, { error: { message: "model not found", code: "model_not_found" } }),
  "a 404 page": { status: 404, body: page },
  "404 as text": { status: 404, body: "404 page not found" },
  "405": json(405, { detail: "Method Not Allowed" }),
  "501": json(501, { error: { message: "not implemented" } }),
  "400": json(400, { error: { message: "unknown route", type: "invalid_request_error" } }),
  "403": json(403, { error: { message: "This route is not allowed here." } }),
  "410": { status: 410, body: "" },
  "422": json(422, { detail: [{ loc: ["body"], msg: "field required" }] }),
  "200 with a page": { status: 200, body: page },
  "200 with an error": json(200, { error: { message: "unknown route", code: 404 } }),
  "200 with something else": json(200, { status: "ok" }),
  "200 without a word": { status: 200, body: "" },
  "a redirect to a login": { redirect: "https://login.invalid/", status: 302 },
};

/** What says something of the key or of a moment, and its title. */
const others: Readonly<Record<string, readonly [FaultAnswer, string]>> = {
  "401": [json(401, { error: { message: "no" } }), "API key refused"],
  "403 for scopes": [{ error: "missing_scopes_403" }, "API key lacks a permission"],
  "402": [json(402, { error: { message: "pay" } }), "Quota exhausted"],
  "500": [json(500, { error: { message: "oops" } }), "API failed"],
  "503": [json(503, {}), "API failed"],
};

const timeouts = { create: "1s", read: "20s", update: "20s", delete: "3s" };
const config = { ...COMPLETION, timeouts };
const changed = { metadata: new Map([["team", "changed"]]) };
const pool = new Pool(4);

/** Gateways name no account; the local server would name another one in a fault's answer. */
const nobody = { "openai-organization": "", "openai-project": "" };

/** A provider that talks to a gateway which creates completions, and gives one answer to all else. */
async function gateway({ server, session }: Fixture, answer: FaultAnswer): Promise<void> {
  await session.configure(configuration(server.url, "sk-gateway", { max_retries: 0 }));
  // What creates is taken first, and passes.
  const own = { ...answer, headers: { ...answer.headers, ...nobody }, times: "always" } as const;
  for (const method of ["GET", "DELETE"]) server.fault({ ...own, method });
  server.fault({ ...own, method: "POST", path: "/chat/completions/" });
}

function warnings(outcome: { readonly titles: readonly string[]; readonly details: readonly string[] }) {
  for (const detail of outcome.details) assert.match(detail, /\S\n\n\S/, "there is a remedy");
  return outcome.titles;
}

describe("an API that answers completions and little else", { concurrency: 2 }, () => {
  after(() => pool.end());
  describe("a gateway that stores nothing", { concurrency: 2 }, () => {
    for (const [name, answer] of Object.entries(answers)) {
      it(`answers ${name}: bought once, kept, tagged, destroyed`, () =>
        pool.use(async (fixture) => {
          restore(fixture);
          await gateway(fixture, answer);
          const { server, session } = fixture;
          const created = await session.create(config);
          assert.deepEqual(warnings(created), ["WARNING Chat completion not readable yet"]);
          assert.ok(created.kept);
          const { kept } = created;
          server.control.advance(3_600_000);

          const read = await session.refresh(kept);
          assert.deepEqual(warnings(read), ["WARNING Chat completion cannot be read"]);
          assert.ok(read.state?.equals(kept.state), "the answer is kept");

          const updated = await session.update(kept, config, changed);
          assert.deepEqual(warnings(updated), ["WARNING Metadata changed in state only"]);
          assert.ok(updated.state);
          assert.deepEqual(session.stateOf(updated.state).metadata, changed.metadata);
          const plain = { metadata: null };
          assert.deepEqual(
            { ...session.stateOf(updated.state), ...plain },
            { ...session.stateOf(kept.state), ...plain },
          );

          const deleted = await session.delete(kept);
          assert.deepEqual(warnings(deleted), ["WARNING Chat completion may still be stored"]);
          assert.equal(deleted.state, null);
          assert.equal(server.counts.paidCreates, 1);

          // A state that lost its private part counts as one of a completion that was never read.
          const stripped = await session.refresh({ ...kept, private: Buffer.alloc(0) });
          assert.deepEqual(warnings(stripped), ["WARNING Chat completion cannot be read"]);
          assert.ok(stripped.state?.equals(kept.state));
        }));
    }

    for (const [name, [answer, title]] of Object.entries(others)) {
      it(`answers ${name}: an error at every operation, which changes nothing`, () =>
        pool.use(async (fixture) => {
          restore(fixture);
          await gateway(fixture, answer);
          const { session, server } = fixture;
          const { kept } = await session.create(config);
          assert.ok(kept);
          server.control.advance(3_600_000);
          for (const outcome of [
            await session.refresh(kept),
            await session.update(kept, config, changed),
            await session.delete(kept),
          ]) {
            assert.deepEqual(outcome.titles, [`ERROR ${title}`]);
            assert.ok(outcome.state === undefined || outcome.state?.equals(kept.state));
          }
        }));
    }

    it("is an error like any other for a completion that was read before", () =>
      pool.use(async (fixture) => {
        for (const [name, answer] of Object.entries(answers)) {
          restore(fixture);
          await gateway(fixture, answer);
          const { session, kept } = fixture;
          const outcomes = [await session.refresh(kept), await session.delete(kept)];
          // That it is not there, by an answer that names no account; only 410 says that it was there.
          const absent = ["404 in the API's words", "200 with an error"].includes(name);
          for (const { titles, state } of outcomes) {
            if (name === "410") {
              assert.deepEqual([titles, state], [[], null]);
              continue;
            }
            if (absent && titles[0]?.startsWith("WARNING")) continue;
            assert.match(titles.join(), /^ERROR /, name);
            assert.ok(state === undefined || state?.equals(kept.state), name);
          }
        }
      }));
  });

  describe("a success without JSON", { concurrency: 4 }, () => {
    const empty: Readonly<Record<string, FaultAnswer>> = {
      "204": { status: 204 },
      "200 without a body": { status: 200, body: "" },
      "202 with text": { status: 202, body: "accepted" },
      "200 with half a document": { status: 200, body: '{"deleted":' },
    };
    for (const [name, answer] of Object.entries(empty)) {
      it(`${name}: what was changed and deleted is read back`, () =>
        pool.use(async (fixture) => {
          restore(fixture);
          const { server, session, kept } = fixture;
          await session.configure(configuration(server.url, "sk-first"));
          server.fault({ ...answer, method: "POST", carryOut: true });
          const updated = await session.update(kept, COMPLETION, changed);
          assert.deepEqual(updated.titles, []);
          assert.ok(updated.state);
          assert.deepEqual(session.stateOf(updated.state).metadata, changed.metadata);
          server.fault({ ...answer, method: "DELETE", carryOut: true });
          const deleted = await session.delete(kept);
          assert.deepEqual([deleted.titles, deleted.state], [[], null]);
          assert.ok(!server.control.ids().includes(kept.id));
        }));

      it(`${name}, and nothing was done: an error, and it stays in state`, () =>
        pool.use(async (fixture) => {
          restore(fixture);
          const { server, session, kept } = fixture;
          await session.configure(configuration(server.url, "sk-first"));
          server.fault({ ...answer, method: "DELETE" });
          const deleted = await session.delete(kept);
          assert.deepEqual(deleted.titles, ["ERROR Chat completion not deleted"]);
          // Nor does an answer that cannot be read show that it is gone.
          server.fault({ ...answer, method: "DELETE" });
          server.fault({ status: 200, body: page, method: "GET", times: "always" });
          const unread = await session.delete(kept);
          assert.deepEqual(unread.titles, ["ERROR Unexpected answer from the API"]);
          assert.ok(unread.state?.equals(kept.state));
        }));
    }

    it("410 for a deletion is a deletion", () =>
      pool.use(async (fixture) => {
        restore(fixture);
        const { server, session, kept } = fixture;
        await session.configure(configuration(server.url, "sk-first"));
        const headers = { "openai-organization": "org-local", "openai-project": await projectOf(fixture) };
        server.fault({ status: 410, headers, method: "DELETE", carryOut: true });
        const deleted = await session.delete(kept);
        assert.deepEqual([deleted.titles, deleted.state], [[], null]);
      }));
  });
});

/** The project that the server gave to the first key. */
async function projectOf({ server }: Fixture): Promise<string> {
  const headers = { authorization: "Bearer sk-first" };
  const response = await fetch(`${server.url}/chat/completions`, { headers });
  return response.headers.get("openai-project") ?? "";
}
