import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { keyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import type { Outcome, ProviderSession } from "../../../support/provider-session.ts";
import { alive, given, keyOf, none, sent, type } from "./service-account-support.ts";
import { keptOf, place } from "./support.ts";

/* What becomes of a service account and its key where the creation of a key fails, is interrupted, or has no whole answer. */

describe("a service account whose key fails", { concurrency: 8 }, () => {
  it("an interruption while the old key is deleted keeps the new one, and names the old one", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, { ...given, api_key: { version: "1" } }));
    server.control.fault({ method: "DELETE", path: "/api_keys/", delayMs: 60_000 });
    const rotation = session.update(type, kept, { ...given, api_key: { version: "2" } });
    while (!server.requests.some(({ method }) => method === "DELETE"))
      await new Promise((resolve) => setTimeout(resolve, 5));
    session.stop();
    const rotated = await rotation;
    assert.deepEqual(rotated.titles, ["warning: Old key not deleted"]);
    assert.ok(rotated.details.join().includes(String(kept.state.api_key_id)));
    const { api_key_id, api_key_value } = rotated.kept?.state ?? {};
    assert.notEqual(api_key_id, kept.state.api_key_id);
    assert.equal(api_key_value, keyValue(String(api_key_id)));
  });

  it("a key that could not be made leaves the account, and the old key, in state, and the next apply makes the key alone", async (t) => {
    const { server, session } = await place(t);
    const fault = { method: "POST", path: "/api_keys", status: 403, body: { error: { message: "No." } } };
    server.control.fault(fault);
    const config = { ...given, api_key: { version: "1" } };
    const without = await session.create(type, config);
    // An error would taint it: the next apply would replace it.
    assert.deepEqual(without.titles, ["warning: Service account without its key"]);
    assert.match(without.details.join(), /the next apply makes the key alone.*No\./s);
    assert.ok(without.kept, "the account is kept");
    assert.deepEqual(keyOf(without.kept), none);
    const read = keptOf(await session.refresh(type, without.kept));
    const plan = await session.plan(type, config, read);
    assert.deepEqual([plan.replaces, plan.planned?.api_key_id], [[], UNKNOWN]);
    server.control.clearRequests();
    const again = keptOf(await session.update(type, read, config));
    assert.deepEqual(sent(server), [`POST service_accounts/${read.state.id}/api_keys {}`]);
    assert.equal(again.state.id, read.state.id);
    assert.deepEqual(alive(server), [again.state.api_key_id]);

    server.control.fault(fault);
    const next = { ...given, api_key: { version: "2" } };
    const refused = await session.update(type, again, next);
    assert.equal(refused.titles.filter((each) => each.startsWith("error")).length, 1);
    assert.ok(refused.kept);
    assert.deepEqual(keyOf(refused.kept), keyOf(again));
    const made = keptOf(await session.update(type, refused.kept, next));
    assert.deepEqual(alive(server), [made.state.api_key_id]);
  });

  /** Interrupts an operation once a request is under way that waits for its answer. */
  async function interrupted(
    { server, session }: Awaited<ReturnType<typeof place>>,
    at: string,
    run: (session: ProviderSession) => Promise<Outcome>,
  ): Promise<Outcome> {
    server.control.fault({ method: "POST", path: at, delayMs: 1_000 });
    server.control.clearRequests();
    const own = session.with({});
    const running = run(own);
    while (!server.requests.some(({ method, path }) => method === "POST" && path.endsWith(at)))
      await new Promise((resolve) => setTimeout(resolve, 5));
    own.stop();
    return running;
  }

  it("an interruption while a key is made waits for it, keeps it, and loses none", async (t) => {
    const here = await place(t);
    const { server, session } = here;
    const config = { ...given, api_key: { version: "1" } };
    const made = await interrupted(here, "/api_keys", (own) => own.create(type, config));
    const first = keptOf(made);
    assert.deepEqual(alive(server), [first.state.api_key_id]);
    assert.equal(first.state.api_key_value, keyValue(String(first.state.api_key_id)));

    const next = { ...given, api_key: { version: "2" } };
    const rotated = await interrupted(here, "/api_keys", (own) => own.update(type, first, next));
    assert.deepEqual(rotated.titles, ["warning: Old key not deleted"]);
    assert.ok(rotated.details.join().includes(String(first.state.api_key_id)));
    assert.ok(rotated.kept);
    assert.equal(rotated.kept.state.api_key_value, keyValue(String(rotated.kept.state.api_key_id)));
    assert.deepEqual(alive(server).sort(), [first.state.api_key_id, rotated.kept.state.api_key_id].sort());
    assert.ok((await session.plan(type, next, rotated.kept)).empty);
  });

  it("an interruption before the key is made keeps the account, and the next apply makes the key alone", async (t) => {
    const here = await place(t);
    const { server, session } = here;
    const config = { ...given, api_key: { version: "1" } };
    const made = await interrupted(here, "/service_accounts", (own) => own.create(type, config));
    assert.deepEqual(made.titles, ["warning: Service account without its key"]);
    assert.match(made.details.join(), /cancelled/i);
    assert.ok(made.kept);
    assert.deepEqual([keyOf(made.kept), alive(server)], [none, []]);
    const again = keptOf(await session.update(type, made.kept, config));
    assert.equal(again.state.id, made.kept.state.id);
    assert.deepEqual(alive(server), [again.state.api_key_id]);
    assert.equal(server.control.objects.all("organization/projects/{project_id}/service_accounts").length, 1);
  });

  it("an answer that is none shows nothing of the key, and says that one may be alive", async (t) => {
    const { server, session } = await place(t);
    const key = '"value":"sk-svcacct-SECRETSECRET';
    const answers = [
      { contentType: "application/json", body: `{"id":"key_1",${key}` },
      { contentType: "text/plain", body: `{"id":"key_1",${key}"} and more` },
      { contentType: "text/html", body: "sk-svcacct-SECRETSECRET was made" },
      { contentType: "application/json", body: `{${key}"}` },
    ];
    for (const answer of answers) {
      server.control.fault({ method: "POST", path: "/api_keys", status: 200, ...answer });
      const failed = await session.create(type, { ...given, api_key: {} });
      assert.match(failed.details.join(), /may have been made/, answer.body);
      assert.doesNotMatch(failed.details.join(), /SECRET/, answer.body);
      assert.ok(failed.kept, "the account is kept");
    }
  });

  it("an answer that was cut names the key whose ID it has whole, to delete and not to import", async (t) => {
    const { server, session } = await place(t);
    const contentType = "application/json";
    const cut = { '{"id":"key_1","value":"sk-svcacct-SECRET': true, '{"id":"key_1': false, '{"id":': false };
    for (const [body, named] of Object.entries(cut)) {
      server.control.fault({ method: "POST", path: "/api_keys", status: 200, contentType, body });
      const failed = await session.create(type, { ...given, api_key: {} });
      const said = failed.details.join();
      assert.equal(said.includes('"key_1": if that key was made, it is the one to delete.'), named, said);
      assert.equal(said.includes("key_1"), named, said);
      assert.doesNotMatch(said, /an import by it|SECRET/, said);
    }
  });

  it("a success without the value names the key, if it has its ID", async (t) => {
    const { server, session } = await place(t);
    for (const id of ["key_1", "sk-svcacct-SECRET", "key_1 SECRET"]) {
      server.control.fault({ method: "POST", path: "/api_keys", status: 200, body: { id } });
      const failed = await session.create(type, { ...given, api_key: {} });
      assert.equal(failed.details.join().includes('"key_1"'), id === "key_1", id);
      assert.match(failed.details.join(), /may have been made/, id);
      assert.doesNotMatch(failed.details.join(), /SECRET/, id);
    }
  });
});
