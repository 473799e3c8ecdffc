import assert from "node:assert/strict";
import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { keyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Kept } from "../../../support/provider-session.ts";
import { keptOf, place } from "./support.ts";

const type = "openai_project_service_account";
const given = { project_id: "proj_default", name: "Deployment" };
const keys = "organization/projects/{project_id}/api_keys";

const encodings = {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
} as const;

function texts({ publicKey, privateKey }: { readonly publicKey: unknown; readonly privateKey: unknown }) {
  return { publicKey: String(publicKey), privateKey: String(privateKey) };
}

const pair = texts(generateKeyPairSync("rsa", { modulusLength: 2048, ...encodings }));

function sent(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, body }) => `${method} ${path.split("proj_default/")[1] ?? ""} ${body}`);
}

function alive(server: OpenAIServer): unknown[] {
  return server.control.objects.all(keys).map(({ id }) => id);
}

function keyOf({ state }: Kept) {
  const { api_key_id, api_key_value, encrypted_value, api_key_expires_at } = state;
  return { api_key_id, api_key_value, encrypted_value, api_key_expires_at };
}

const none = { api_key_id: null, api_key_value: null, encrypted_value: null, api_key_expires_at: null };

test("no key is made unless asked, and the plan knows that", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(type, given));
  assert.deepEqual(keyOf(kept), none);
  assert.deepEqual(alive(server), []);
  assert.ok((await session.plan(type, given, kept)).empty);
});

test("a key is made after its account, with what is asked for, and its value is kept", async (t) => {
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

test("with a public key, only what is encrypted is kept", async (t) => {
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

test("a change of anything in the argument makes a new key, and then deletes the old one", async (t) => {
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

test("a key that is taken away is deleted, and one of an account without the argument stays", async (t) => {
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

test("the keys of other providers' states keep their place", async (t) => {
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

test("an old key that the API does not delete is named in a warning, and the new one is kept", async (t) => {
  const { server, session } = await place(t);
  const refusals = [
    { status: 400, body: { error: { message: "Service account keys cannot be deleted." } } },
    { status: 200, body: { deleted: false } },
    { status: 500, body: "" },
  ];
  for (const [index, refusal] of refusals.entries()) {
    const first = { ...given, api_key: { version: "1", expires_in_seconds: 3600 } };
    const kept = keptOf(await session.create(type, first));
    const over = server.control.fault({ method: "DELETE", path: "/api_keys/", times: "always", ...refusal });
    const rotated = await session.update(type, kept, { ...given, api_key: { version: "2" } });
    over();
    assert.deepEqual(rotated.titles, ["warning: Old key not deleted"], String(index));
    assert.ok(rotated.details.join().includes(String(kept.state.api_key_id)));
    assert.match(rotated.details.join(), /expires at 20\d\d-/);
    assert.notEqual(rotated.kept?.state.api_key_id, kept.state.api_key_id);
    assert.equal(alive(server).length, 2 * (index + 1), "both are alive");
  }
});

test("an interruption while the old key is deleted keeps the new one, and names the old one", async (t) => {
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

test("a key that could not be made leaves the account, and the old key, in state", async (t) => {
  const { server, session } = await place(t);
  const fault = { method: "POST", path: "/api_keys", status: 403, body: { error: { message: "No." } } };
  server.control.fault(fault);
  const config = { ...given, api_key: { version: "1" } };
  const failed = await session.create(type, config);
  assert.equal(failed.titles.filter((each) => each.startsWith("error")).length, 1);
  assert.ok(failed.kept, "the account is kept");
  assert.deepEqual(keyOf(failed.kept), none);
  // As after terraform untaint.
  const again = keptOf(await session.update(type, failed.kept, config));
  assert.equal(again.state.id, failed.kept.state.id);
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

test("an answer that is none shows nothing of the key, and says that one may be alive", async (t) => {
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

test("an answer that was cut names the key whose ID it has whole, to delete and not to import", async (t) => {
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

test("a success without the value names the key, if it has its ID", async (t) => {
  const { server, session } = await place(t);
  for (const id of ["key_1", "sk-svcacct-SECRET", "key_1 SECRET"]) {
    server.control.fault({ method: "POST", path: "/api_keys", status: 200, body: { id } });
    const failed = await session.create(type, { ...given, api_key: {} });
    assert.equal(failed.details.join().includes('"key_1"'), id === "key_1", id);
    assert.match(failed.details.join(), /may have been made/, id);
    assert.doesNotMatch(failed.details.join(), /SECRET/, id);
  }
});

test("a public key that cannot encrypt is an error on the argument, before anything is made, and is never shown", async (t) => {
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

test("an import knows no key, and a public key that is not known yet is no error", async (t) => {
  const { session } = await place(t);
  const made = keptOf(await session.create(type, { ...given, api_key: {} }));
  const kept = keptOf(await session.import(type, `proj_default/${made.state.id}`));
  assert.deepEqual(keyOf(kept), none);
  assert.ok((await session.plan(type, given, kept)).empty);
  const api_key = { encryption_public_key: UNKNOWN };
  assert.deepEqual(session.validate(type, { ...given, api_key }).titles, []);
  assert.deepEqual((await session.plan(type, { ...given, api_key })).titles, []);
});

test("a new key that is too long for its public key is deleted and named, and its value is kept nowhere", async (t) => {
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
  assert.deepEqual(created.titles, ["error: API key not encrypted"]);
  assert.ok(created.kept, "the account is kept");
  assert.deepEqual(keyOf(created.kept), none);

  const longer = texts(generateKeyPairSync("rsa", { modulusLength: 3072, ...encodings }));
  tooLong("key_fits");
  const fits = { ...given, api_key: { version: "3", encryption_public_key: longer.publicKey } };
  const made = keptOf(await session.update(type, kept, fits));
  assert.equal(made.state.api_key_id, "key_fits");
  assert.equal(Buffer.from(String(made.state.encrypted_value), "base64").length, 384);
});

test("a public key in another layout makes no new key, whenever it is known", async (t) => {
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

test("scopes that are left out and no scopes are the same: state follows, and no new key is made", async (t) => {
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
