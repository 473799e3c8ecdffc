import assert from "node:assert/strict";
import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { describe, it } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { keyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import { alive, given, keyOf, none, sent, type } from "./service-account-support.ts";
import { keptOf, place } from "./support.ts";

const encodings = {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
} as const;

function texts({ publicKey, privateKey }: { readonly publicKey: unknown; readonly privateKey: unknown }) {
  return { publicKey: String(publicKey), privateKey: String(privateKey) };
}

const pair = texts(generateKeyPairSync("rsa", { modulusLength: 2048, ...encodings }));

describe("the key of a service account", { concurrency: 8 }, () => {
  it("no key is made unless asked, and the plan knows that", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, given));
    assert.deepEqual(keyOf(kept), none);
    assert.deepEqual(alive(server), []);
    assert.ok((await session.plan(type, given, kept)).empty);
  });

  it("a key is made after its account, with what is asked for, and its value is kept", async (t) => {
    const { server, session } = await place(t);
    const api_key = { name: "deploy", expires_in_seconds: 3600, scopes: ["api.model.request"] };
    const kept = keptOf(await session.create(type, { ...given, api_key }));
    const [account, key] = sent(server);
    assert.equal(account, 'POST service_accounts {"name":"Deployment","create_service_account_only":true}');
    assert.equal(
      key,
      `POST service_accounts/${kept.state.id}/api_keys {"name":"deploy","expires_in_seconds":3600,"scopes":["api.model.request"]}`,
    );
    const { api_key_id, api_key_value, encrypted_value, api_key_expires_at } = keyOf(kept);
    assert.deepEqual(alive(server), [api_key_id]);
    assert.deepEqual([api_key_value, encrypted_value], [keyValue(String(api_key_id)), null]);
    assert.equal(Number(api_key_expires_at) > 1_700_000_000, true);
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual(keyOf(read), keyOf(kept), "a read has no key, and loses none");
    assert.ok((await session.plan(type, { ...given, api_key }, read)).empty);
    server.control.clearRequests();
    const renamed = keptOf(await session.update(type, read, { ...given, name: "Release", api_key }));
    assert.deepEqual(keyOf(renamed), keyOf(kept));
    assert.deepEqual(sent(server), [`POST service_accounts/${kept.state.id} {"name":"Release"}`]);
  });

  it("with a public key, only what is encrypted is kept", async (t) => {
    const { session } = await place(t);
    const api_key = { encryption_public_key: pair.publicKey };
    const plan = await session.plan(type, { ...given, api_key });
    assert.equal(plan.planned?.api_key_value, null, "the plan knows that there is no readable value");
    const kept = keptOf(await session.create(type, { ...given, api_key }));
    const { api_key_id, api_key_value, encrypted_value } = keyOf(kept);
    const value = keyValue(String(api_key_id));
    const secret = Buffer.from(String(encrypted_value), "base64");
    // Node refuses to undo the padding of PKCS#1 v1.5: 0, 2, random bytes that are not 0, 0.
    const padded = privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, secret);
    assert.deepEqual([...padded.subarray(0, 2)], [0, 2]);
    assert.equal(padded.subarray(padded.indexOf(0, 2) + 1).toString(), value);
    assert.equal(api_key_value, null);
    assert.ok(!JSON.stringify(kept.state, bigints).includes(value));
    assert.ok(!kept.private.encode().toString().includes(value));
  });

  const bigints = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

  it("a change of anything in the argument makes a new key, and then deletes the old one", async (t) => {
    const { server, session } = await place(t);
    let api_key: Record<string, unknown> = { version: "1" };
    let kept = keptOf(await session.create(type, { ...given, api_key }));
    const changes = [
      { version: "2" },
      { expires_in_seconds: 60 },
      { scopes: ["api.all.read"] },
      { scopes: [] },
      { name: "again" },
      { encryption_public_key: pair.publicKey },
      { encryption_public_key: null },
    ];
    for (const change of changes) {
      api_key = { ...api_key, ...change };
      server.control.clearRequests();
      const old = kept.state.api_key_id;
      kept = keptOf(await session.update(type, kept, { ...given, api_key }));
      const steps = sent(server).map((each) => each.split(" ").slice(0, 2).join(" "));
      assert.deepEqual(steps, [`POST service_accounts/${kept.state.id}/api_keys`, `DELETE api_keys/${old}`]);
      assert.deepEqual(alive(server), [kept.state.api_key_id]);
      assert.notEqual(kept.state.api_key_id, old);
      assert.ok((await session.plan(type, { ...given, api_key }, kept)).empty, JSON.stringify(change));
    }
  });

  it("a key that is taken away is deleted, and one of an account without the argument stays", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, { ...given, api_key: {} }));
    const without = keptOf(await session.update(type, kept, given));
    assert.deepEqual([keyOf(without), alive(server)], [none, []]);
    // As another provider's state has it.
    const { id } = kept.state;
    const theirs = {
      ...given,
      id,
      service_account_id: id,
      api_key_id: "key_theirs",
      api_key_value: "sk-theirs",
    };
    const taken = await session.stored(type, theirs, given);
    const read = keptOf(await session.refresh(type, taken));
    assert.equal(read.state.api_key_value, "sk-theirs");
    assert.ok((await session.plan(type, given, read)).empty);
    const renamed = keptOf(await session.update(type, read, { ...given, name: "Release" }));
    assert.deepEqual([renamed.state.api_key_id, renamed.state.api_key_value], ["key_theirs", "sk-theirs"]);
  });

  it("the keys of other providers' states keep their place", async (t) => {
    const { session } = await place(t);
    const made = keptOf(await session.create(type, given));
    const { id } = made.state;
    for (const key of [{ api_key: "sk-theirs" }, { api_key_value: "sk-theirs" }]) {
      const theirs = { ...given, id, service_account_id: id, api_key_id: "key_theirs", ...key };
      const kept = await session.stored(type, theirs, given);
      const read = keptOf(await session.refresh(type, kept));
      assert.deepEqual(keyOf(read), { ...none, api_key_id: "key_theirs", api_key_value: "sk-theirs" });
      assert.equal(read.state.api_key, null);
      assert.ok((await session.plan(type, given, read)).empty);
    }
  });

  it("an old key that the API does not delete is named in a warning, and the new one is kept", async (t) => {
    const { server, session } = await place(t);
    const refusals = [
      { status: 400, body: { error: { message: "Service account keys cannot be deleted." } } },
      { status: 200, body: { deleted: false } },
      { status: 500, body: "" },
    ];
    for (const [index, refusal] of refusals.entries()) {
      const first = { ...given, api_key: { version: "1", expires_in_seconds: 3600 } };
      const kept = keptOf(await session.create(type, first));
      const over = server.control.fault({
        method: "DELETE",
        path: "/api_keys/",
        times: "always",
        ...refusal,
      });
      const rotated = await session.update(type, kept, { ...given, api_key: { version: "2" } });
      over();
      assert.deepEqual(rotated.titles, ["warning: Old key not deleted"], String(index));
      assert.ok(rotated.details.join().includes(String(kept.state.api_key_id)));
      assert.match(rotated.details.join(), /expires at 20\d\d-/);
      assert.notEqual(rotated.kept?.state.api_key_id, kept.state.api_key_id);
      assert.equal(alive(server).length, 2 * (index + 1), "both are alive");
    }
  });

  it("a public key that cannot encrypt is an error on the argument, before anything is made, and is never shown", async (t) => {
    const { server, session } = await place(t);
    const short = texts(generateKeyPairSync("rsa", { modulusLength: 1024, ...encodings }));
    const curve = texts(generateKeyPairSync("ec", { namedCurve: "P-256", ...encodings }));
    const broken = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    const bad = {
      private: pair.privateKey,
      both: pair.publicKey + pair.privateKey,
      short: short.publicKey,
      curve: curve.publicKey,
      broken,
      path: "keys/public.pem",
      empty: "",
    };
    for (const [what, encryption_public_key] of Object.entries(bad)) {
      const failed = await session.create(type, { ...given, api_key: { encryption_public_key } });
      assert.equal(failed.titles.length, 1, what);
      assert.deepEqual(failed.paths, ["api_key.encryption_public_key"], what);
      for (const line of encryption_public_key
        .split("\n")
        .filter((each) => each.length > 16 && !each.startsWith("-")))
        assert.ok(!failed.details.join().includes(line), what);
    }
    assert.deepEqual(sent(server), []);
    assert.deepEqual(server.control.objects.all("organization/projects/{project_id}/service_accounts"), []);
  });

  it("an import knows no key, and a public key that is not known yet is no error", async (t) => {
    const { session } = await place(t);
    const made = keptOf(await session.create(type, { ...given, api_key: {} }));
    const kept = keptOf(await session.import(type, `proj_default/${made.state.id}`));
    assert.deepEqual(keyOf(kept), none);
    assert.ok((await session.plan(type, given, kept)).empty);
    const api_key = { encryption_public_key: UNKNOWN };
    assert.deepEqual(session.validate(type, { ...given, api_key }).titles, []);
    assert.deepEqual((await session.plan(type, { ...given, api_key })).titles, []);
  });

  it("a new key that is too long for its public key is deleted and named, and its value is kept nowhere", async (t) => {
    const { server, session } = await place(t);
    const value = `sk-svcacct-${"S".repeat(235)}`;
    const tooLong = (id: string) =>
      server.control.fault({ method: "POST", path: "/api_keys", status: 200, body: { id, value } });
    const first = { ...given, api_key: { version: "1" } };
    const kept = keptOf(await session.create(type, first));
    const next = { ...given, api_key: { version: "2", encryption_public_key: pair.publicKey } };
    const deletions = [
      { answer: { status: 200, body: { deleted: true } }, deleted: true },
      { answer: { status: 200, body: { deleted: false } }, deleted: false },
      { answer: { status: 400, body: { error: { message: "Service account keys cannot be deleted." } } } },
      { answer: { status: 404, body: { error: { message: "API key with id 'key_long' not found." } } } },
      { answer: { status: 500, body: "" } },
    ];
    for (const { answer, deleted = false } of deletions) {
      tooLong("key_long");
      server.control.fault({ method: "DELETE", path: "/api_keys/key_long", ...answer });
      server.control.clearRequests();
      const failed = await session.update(type, kept, next);
      assert.deepEqual(failed.titles, ["error: API key not encrypted"]);
      assert.deepEqual(failed.paths, ["api_key.encryption_public_key"]);
      const said = failed.details.join();
      assert.match(said, /"key_long".*3,072 or 4,096 bits/s);
      assert.equal(said.includes("The new key was deleted"), deleted, said);
      assert.equal(said.includes("no deletion is confirmed"), !deleted, said);
      assert.ok(sent(server).some((each) => each.startsWith("DELETE api_keys/key_long")));
      assert.ok(failed.kept);
      assert.deepEqual(keyOf(failed.kept), keyOf(kept), "the old key stays the key");
      for (const place of [said, JSON.stringify(failed.kept.state, bigints), failed.kept.private.encode()])
        assert.ok(!place.toString().includes("SSSS"));
    }
    assert.deepEqual(alive(server), [kept.state.api_key_id]);

    tooLong("key_first");
    server.control.fault({
      method: "DELETE",
      path: "/api_keys/key_first",
      status: 200,
      body: { deleted: true },
    });
    const created = await session.create(type, next);
    assert.deepEqual(created.titles, ["warning: Service account without its key"]);
    assert.match(created.details.join(), /API key not encrypted/);
    assert.deepEqual(created.paths, ["api_key.encryption_public_key"]);
    assert.ok(created.kept, "the account is kept");
    assert.deepEqual(keyOf(created.kept), none);

    const longer = texts(generateKeyPairSync("rsa", { modulusLength: 3072, ...encodings }));
    tooLong("key_fits");
    const fits = { ...given, api_key: { version: "3", encryption_public_key: longer.publicKey } };
    const made = keptOf(await session.update(type, kept, fits));
    assert.equal(made.state.api_key_id, "key_fits");
    assert.equal(Buffer.from(String(made.state.encrypted_value), "base64").length, 384);
  });

  it("a public key in another layout makes no new key, whenever it is known", async (t) => {
    const { server, session } = await place(t);
    const pem = pair.publicKey;
    const kept = keptOf(
      await session.create(type, { ...given, api_key: { encryption_public_key: pem, version: "1" } }),
    );
    const layouts = [pem.trim(), `${pem}\n`, pem.replaceAll("\n", "\r\n"), pem.replace(/^(?=.)/gm, "  ")];
    for (const encryption_public_key of layouts) {
      const config = { ...given, api_key: { encryption_public_key, version: "1" } };
      assert.ok((await session.plan(type, config, kept)).empty, JSON.stringify(encryption_public_key));
      // What is planned before the public key is known is applied with it.
      const open = { ...given, api_key: { encryption_public_key: UNKNOWN, version: "1" } };
      const { planned, private: own, config: written } = await session.plan(type, open, kept);
      assert.ok(planned);
      const api_key = { ...(kept.state.api_key as object), encryption_public_key };
      const resolved = { planned: { ...planned, api_key }, config: { ...written, api_key }, private: own };
      server.control.clearRequests();
      const applied = keptOf(await session.apply(type, { ...resolved, prior: kept.state, given: config }));
      assert.deepEqual(keyOf(applied), keyOf(kept));
      assert.deepEqual(sent(server), []);
    }
    const other = texts(generateKeyPairSync("rsa", { modulusLength: 2048, ...encodings })).publicKey;
    const config = { ...given, api_key: { encryption_public_key: other, version: "1" } };
    assert.equal((await session.plan(type, config, kept)).planned?.api_key_id, UNKNOWN);
  });

  it("scopes that are left out and no scopes are the same: state follows, and no new key is made", async (t) => {
    const { server, session } = await place(t);
    const without = { ...given, api_key: { version: "1" } };
    const empty = { ...given, api_key: { version: "1", scopes: [] } };
    const kept = keptOf(await session.create(type, without));
    let last = kept;
    for (const config of [empty, without]) {
      assert.equal((await session.plan(type, config, last)).planned?.api_key_id, kept.state.api_key_id);
      server.control.clearRequests();
      last = keptOf(await session.update(type, last, config));
      assert.deepEqual(keyOf(last), keyOf(kept));
      assert.deepEqual(sent(server), []);
      assert.ok((await session.plan(type, config, last)).empty);
    }
  });
});
