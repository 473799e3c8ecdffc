import assert from "node:assert/strict";
import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { describe, it } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { adminKeyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Kept } from "../../../support/provider-session.ts";
import { keptOf, place } from "./support.ts";

const type = "openai_admin_api_key";
const keys = "organization/admin_api_keys";
const given = { name: "Terraform" };
const pair = rsa(2048);

function rsa(modulusLength: number) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { publicKey: String(publicKey), privateKey: String(privateKey) };
}

function alive(server: OpenAIServer): string[] {
  return server.control.objects.all(keys).map(({ id }) => id);
}

function sent(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, body }) => `${method} ${path.split("/v1/")[1] ?? ""} ${body}`.trim());
}

/** All that is kept of it, as text. */
function everything({ state, private: own }: Kept): string {
  const numbers = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  return JSON.stringify(state, numbers) + own.encode().toString();
}

describe("an admin API key", { concurrency: 8 }, () => {
  it("a key is made with what is asked for, its value is kept, and a read has none and loses none", async (t) => {
    const { server, session } = await place(t);
    const config = { ...given, expires_in_seconds: 3600 };
    const kept = keptOf(await session.create(type, config));
    assert.deepEqual(sent(server), [`POST ${keys} {"expires_in_seconds":3600,"name":"Terraform"}`]);
    const { id, value, encrypted_value, redacted_value, expires_at, created_at } = kept.state;
    assert.deepEqual([value, encrypted_value], [adminKeyValue(String(id)), null]);
    assert.ok(String(redacted_value).endsWith(String(value).slice(-4)));
    assert.equal(Number(expires_at) - Number(created_at), 3600);
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual(read.state, kept.state);
    assert.ok((await session.plan(type, config, read)).empty);
  });

  it("with a public key, only what is encrypted is kept", async (t) => {
    const { session } = await place(t);
    const config = { ...given, encryption_public_key: pair.publicKey };
    const plan = await session.plan(type, config);
    assert.deepEqual([plan.planned?.value, plan.planned?.encrypted_value], [null, UNKNOWN]);
    const kept = keptOf(await session.create(type, config));
    const value = adminKeyValue(String(kept.state.id));
    const secret = Buffer.from(String(kept.state.encrypted_value), "base64");
    const padded = privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, secret);
    assert.equal(padded.subarray(padded.indexOf(0, 2) + 1).toString(), value);
    assert.ok(!everything(kept).includes(value));
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual(read.state, kept.state);
    assert.ok((await session.plan(type, config, read)).empty);
    const open = await session.plan(type, { ...given, encryption_public_key: UNKNOWN });
    assert.deepEqual([open.planned?.value, open.planned?.encrypted_value], [UNKNOWN, UNKNOWN]);
  });

  it("a change of any argument replaces the key, and another layout of the public key does not", async (t) => {
    const { session } = await place(t);
    const config = { ...given, version: "1", encryption_public_key: pair.publicKey };
    const kept = keptOf(await session.create(type, config));
    const changes = [
      { version: "2" },
      { version: null },
      { name: "Other" },
      { expires_in_seconds: 60 },
      { encryption_public_key: rsa(2048).publicKey },
      { encryption_public_key: null },
    ];
    for (const change of changes) {
      const plan = await session.plan(type, { ...config, ...change }, kept);
      assert.deepEqual(
        plan.replaces,
        [`.${Object.keys(change)[0]}`].map((each) => each.slice(1)),
      );
    }
    const layouts = [pair.publicKey.trim(), pair.publicKey.replaceAll("\n", "\r\n")];
    for (const encryption_public_key of layouts)
      assert.ok((await session.plan(type, { ...config, encryption_public_key }, kept)).empty);
  });

  it("a key that has expired is replaced by a plan that says so; one without its value is not", async (t) => {
    const { server, session } = await place(t);
    const config = { ...given, expires_in_seconds: 3600 };
    const kept = keptOf(await session.create(type, config));
    server.control.changeObject(keys, String(kept.state.id), { expires_at: 1_700_000_000 });
    const read = keptOf(await session.refresh(type, kept));
    const plan = await session.plan(type, config, read);
    assert.deepEqual(plan.replaces, ["expires_at"]);
    assert.deepEqual([plan.planned?.value, plan.planned?.encrypted_value], [UNKNOWN, null]);
    const imported = keptOf(await session.import(type, String(kept.state.id)));
    const without = await session.plan(type, given, imported);
    assert.deepEqual([without.replaces, without.empty], [[], true]);
    server.control.changeObject(keys, String(kept.state.id), { expires_at: 4_000_000_000 });
    const later = keptOf(await session.refresh(type, kept));
    assert.ok((await session.plan(type, config, later)).empty);
  });

  it("what only a creation sends is said to have no effect on an imported key, until it is taken over", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, { ...given, expires_in_seconds: 3600 }));
    const id = String(kept.state.id);
    const imported = keptOf(await session.import(type, id));
    const titlesOf = async (config: object) => {
      const { titles, paths } = await session.plan(type, { ...given, ...config }, imported);
      return [titles, paths];
    };
    const none = (name: string) => [[`warning: ${name} has no effect`], [name]];
    assert.deepEqual(await titlesOf({ expires_in_seconds: 60 }), none("expires_in_seconds"));
    assert.deepEqual(await titlesOf({ expires_in_seconds: 3600 }), [[], []], "it is so already");
    const pem = { encryption_public_key: pair.publicKey };
    assert.deepEqual(await titlesOf(pem), none("encryption_public_key"));
    // Another name makes another key, with it.
    assert.deepEqual(await titlesOf({ name: "Other", expires_in_seconds: 60 }), [[], []]);
    const config = { ...given, expires_in_seconds: 60 };
    server.control.clearRequests();
    const adopted = await session.update(type, imported, config);
    assert.ok(adopted.kept && server.requests.every(({ method }) => method === "GET"));
    assert.deepEqual((await session.plan(type, config, adopted.kept)).titles, []);
    server.control.changeObject(keys, id, { expires_at: null });
    const endless = keptOf(await session.import(type, id));
    assert.match((await session.plan(type, config, endless)).details.join(), /The key ends never/);
    // What no date can be, of a gateway's.
    server.control.changeObject(keys, id, { expires_at: 4e18 });
    const odd = keptOf(await session.import(type, id));
    assert.match(
      (await session.plan(type, config, odd)).details.join(),
      /The key ends at 4000000000000000000,/,
    );
  });

  it("an answer without the whole value leaves the key in state, tainted, and shows nothing of it", async (t) => {
    const { server, session } = await place(t);
    const contentType = "application/json";
    const answers = [
      { body: '{"id":"key_1","object":"organization.admin_api_key"}' },
      { body: '{"id":"key_1","value":""}' },
      { body: '{"id":"key_1","value":7}' },
      // What begins with its ID is read by it.
      { body: '{"id":"key_1","value":"sk-admin-SECRETSECRET' },
    ];
    server.control.addObject(keys, { id: "key_1", name: "Terraform" });
    for (const { body } of answers) {
      server.control.fault({ method: "POST", path: keys, status: 200, contentType, body });
      const failed = await session.create(type, given);
      assert.equal(failed.titles.at(-1), "error: Admin API key without its value", body);
      assert.doesNotMatch(failed.details.join(), /SECRET/);
      assert.ok(failed.kept, "it is in state");
      assert.deepEqual([failed.kept.state.id, failed.kept.state.value], ["key_1", null]);
      assert.doesNotMatch(everything(failed.kept), /SECRET/);
    }
  });

  it("a creation whose answer is lost is found by its name, but not a key that somebody uses", async (t) => {
    const { server, session } = await place(t);
    server.control.fault({ method: "POST", path: keys, reset: "headers" });
    const lost = await session.create(type, given);
    assert.deepEqual(lost.titles, [
      "warning: Answer lost, and found again",
      "error: Admin API key without its value",
    ]);
    assert.deepEqual(alive(server), [lost.kept?.state.id]);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);

    server.control.changeObject(keys, alive(server)[0] ?? "", { last_used_at: 1_800_000_000 });
    server.control.fault({ method: "POST", path: keys, status: 500, body: "" });
    const other = await session.create(type, given);
    assert.equal(other.kept ?? undefined, undefined, "the key of somebody else is not taken");
    assert.ok(other.titles.every((each) => each.startsWith("error")));
  });

  it("the key that the provider asks with is not deleted, whichever place it came from", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, given));
    const own = String(kept.state.value);
    server.control.clearRequests();
    const headers = new Map([["Authorization", `Bearer ${own}`]]);
    for (const provider of [{ admin_api_key: own }, { api_key: own }, { headers }]) {
      const refused = await session.with(provider).delete(type, kept);
      assert.deepEqual(refused.titles, ["error: Key is the provider's own"]);
      assert.equal(refused.kept?.state.id, kept.state.id);
      assert.ok(!refused.details.join().includes(own));
    }
    assert.deepEqual([sent(server), alive(server)], [[], [kept.state.id]]);
    // The same end, and another beginning; and ends that are too short to know it by.
    const others = [
      { api_key: `sk-other${own.slice(8)}` },
      { admin_api_key: `${own.slice(0, -4)}zzzz` },
      { admin_api_key: "sk-admin-test" },
    ];
    for (const provider of others) {
      const { id } = keptOf(await session.create(type, given)).state;
      const state = { ...kept, state: { ...kept.state, id: String(id) } };
      const gone = await session.with(provider).delete(type, state);
      assert.deepEqual([gone.titles, gone.kept], [[], null]);
    }
    const short = { ...kept, state: { ...kept.state, redacted_value: "sk-...a" } };
    assert.deepEqual((await session.with({ admin_api_key: own }).delete(type, short)).titles, []);
    assert.deepEqual(alive(server), []);
  });

  it("a value that is too long for its public key is kept nowhere, and the key goes with the next apply", async (t) => {
    const { server, session } = await place(t);
    const value = `sk-admin-${"S".repeat(240)}`;
    server.control.fault({ method: "POST", path: keys, status: 200, body: { id: "key_long", value } });
    const failed = await session.create(type, { ...given, encryption_public_key: pair.publicKey });
    assert.equal(failed.titles.at(-1), "error: API key not encrypted");
    assert.equal(failed.paths.at(-1), "encryption_public_key");
    assert.ok(failed.kept);
    assert.deepEqual(
      [failed.kept.state.id, failed.kept.state.value, failed.kept.state.encrypted_value],
      ["key_long", null, null],
    );
    for (const text of [everything(failed.kept), failed.details.join()]) assert.ok(!text.includes("SSSS"));
  });

  it("a public key that cannot encrypt is an error on the argument, before anything is made", async (t) => {
    const { server, session } = await place(t);
    const bad = [pair.privateKey, rsa(1024).publicKey, "keys/public.pem", ""];
    for (const encryption_public_key of bad) {
      const failed = await session.create(type, { ...given, encryption_public_key });
      assert.deepEqual([failed.titles.length, failed.paths], [1, ["encryption_public_key"]]);
    }
    assert.deepEqual(sent(server), []);
  });

  it("an import takes over what it could not know, without a request, and has no value", async (t) => {
    const { server, session } = await place(t);
    const { state } = keptOf(await session.create(type, given));
    const imported = keptOf(await session.import(type, String(state.id)));
    assert.deepEqual([imported.state.value, imported.state.encrypted_value], [null, null]);
    server.control.clearRequests();
    const config = { ...given, version: "1", expires_in_seconds: 60, encryption_public_key: pair.publicKey };
    const adopted = keptOf(await session.update(type, imported, config));
    assert.deepEqual([sent(server), adopted.state.encrypted_value], [[], null]);
    assert.ok((await session.plan(type, config, adopted)).empty);
    assert.deepEqual((await session.plan(type, { ...config, version: "2" }, adopted)).replaces, ["version"]);
  });

  it("the data sources have no value of any key", async (t) => {
    const { server, session } = await place(t);
    const { state } = keptOf(await session.create(type, given));
    const one = keptOf(await session.read(type, { api_key_id: state.id }));
    const all = keptOf(await session.read("openai_admin_api_keys", {}));
    assert.equal(one.state.name, "Terraform");
    assert.deepEqual(all.state.ids, alive(server));
    for (const read of [one, all]) assert.ok(!everything(read).includes(adminKeyValue(String(state.id))));
  });

  it("what the API quotes of a key in state is in no message, nor is a piece of it", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, given));
    const value = String(kept.state.value);
    const forms = [value, value.slice(12, 40)];
    const body = { error: { message: `Refused: ${forms.join(" and ")}.` } };
    server.control.fault({ times: "always", status: 400, body });
    for (const failed of [await session.refresh(type, kept), await session.delete(type, kept)]) {
      assert.match(failed.details.join(), /Refused: /);
      for (const form of forms) assert.ok(!failed.details.join().includes(form), failed.details.join());
    }
  });

  it("what the API quotes of a service account's key is in no message either", async (t) => {
    const { server, session } = await place(t);
    const account = "openai_project_service_account";
    const config = { project_id: "proj_default", name: "Deployment", api_key: { version: "1" } };
    const kept = keptOf(await session.create(account, config));
    const value = String(kept.state.api_key_value);
    const forms = [value, value.slice(12, 40)];
    const body = { error: { message: `Refused: ${forms.join(" and ")}.` } };
    server.control.fault({ times: "always", status: 400, body });
    const failures = [
      await session.refresh(account, kept),
      await session.update(account, kept, { ...config, name: "Release" }),
      await session.update(account, kept, { ...config, api_key: { version: "2" } }),
      await session.delete(account, kept),
    ];
    for (const failed of failures) {
      assert.match(failed.details.join(), /Refused: /);
      for (const form of forms) assert.ok(!failed.details.join().includes(form), failed.details.join());
    }
  });

  it("an interruption while a key is made waits for it, and keeps its value", async (t) => {
    const { server, session } = await place(t);
    server.control.fault({ method: "POST", path: keys, delayMs: 1_000 });
    const running = session.create(type, given);
    while (!server.requests.some(({ method }) => method === "POST"))
      await new Promise((resolve) => setTimeout(resolve, 5));
    session.stop();
    const kept = keptOf(await running);
    assert.deepEqual(alive(server), [kept.state.id]);
    assert.equal(kept.state.value, adminKeyValue(String(kept.state.id)));
  });

  it("a key that this run has made is not taken for that of a lost answer", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, given));
    server.control.fault({ method: "POST", path: keys, status: 500, body: "" });
    const lost = await session.create(type, given);
    assert.ok(lost.titles.every((each) => each.startsWith("error")));
    assert.equal(lost.kept ?? undefined, undefined, "the other resource keeps its key");
    assert.deepEqual(alive(server), [kept.state.id]);
  });
});
