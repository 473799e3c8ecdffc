import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { UNKNOWN } from "../../../../src/framework/index.ts";
import { ProviderSession } from "../../../support/provider-session.ts";
import { place } from "../objects/support.ts";

/* The actions that have OpenAI try what is registered with it. */

const rows = [
  {
    action: "openai_external_key_validate",
    argument: "external_key_id",
    path: "organization/external_keys",
    id: "extkey_1",
    title: "External key",
    noun: "external key",
  },
  {
    action: "openai_external_storage_validate",
    argument: "external_storage_id",
    path: "organization/external_storage",
    id: "extstorage_1",
    title: "External storage configuration",
    noun: "external storage configuration",
  },
] as const;

type Row = (typeof rows)[number];

async function registered(t: TestContext, { path, id, argument }: Row) {
  const { server, session } = await place(t);
  server.control.addObject(path, { id });
  const validate = { method: "POST", path: `/v1/${path}/${id}/validate` };
  return { server, session, validate, config: { [argument]: id } };
}

for (const row of rows) {
  const { action, argument, id, title, noun } = row;

  test(`${action} has it tried once, and says that it works`, async (t) => {
    const { server, session, config, validate } = await registered(t, row);
    const { titles, progress } = await session.invoke(action, config);
    assert.deepEqual(titles, []);
    assert.match(progress.at(-1) ?? "", new RegExp(`for the ${noun} "${id}": it works`));
    assert.deepEqual(
      server.requests.map(({ method, path: asked, key }) => ({ method, path: asked, key })),
      [{ ...validate, key: "sk-admin-test" }],
    );
  });

  for (const [what, status, body, said] of [
    ["refused", 400, { error: { message: "The role cannot be assumed." } }, "The role cannot be assumed."],
    ["in conflict", 409, { error: { message: "The key is disabled." } }, "The key is disabled."],
    [
      "an error in a success",
      200,
      { status: "failed", error: { message: "KMS denied.", code: "permission" } },
      "KMS denied.",
    ],
    [
      "a message beside its status",
      200,
      { status: "invalid", message: "No such bucket." },
      "No such bucket.",
    ],
  ] as const) {
    test(`${action} that is ${what} is an error with the API's own reason`, async (t) => {
      const { server, session, config, validate } = await registered(t, row);
      server.fault({ ...validate, status, body, times: "always" });
      const { titles, details, paths } = await session.invoke(action, config);
      assert.deepEqual(titles, [`error: ${title} does not work`]);
      assert.deepEqual(paths, [argument]);
      assert.ok(details[0]?.includes(`The API said:\n  ${said}`), details[0]);
      assert.match(details[0] ?? "", /Check in the other cloud/);
      assert.equal(server.requests.length, 1, "the result is not asked for again");
    });
  }

  test(`${action} of one that does not exist says so, with its argument`, async (t) => {
    const { session } = await registered(t, row);
    const { titles, paths } = await session.invoke(action, { [argument]: `${id}_gone` });
    assert.deepEqual([titles, paths], [[`error: ${title} not found`], [argument]]);
  });

  test(`${action} without an admin key is an error of the plan, and nothing is sent`, async (t) => {
    const { server, config } = await registered(t, row);
    const session = new ProviderSession({ base_url: server.url, api_key: "sk-test" });
    for (const { titles } of [await session.planAction(action, config), await session.invoke(action, config)])
      assert.deepEqual(titles, ["error: No admin API key"]);
    assert.deepEqual(server.requests, []);
  });

  test(`${action}: a plan sends nothing, also where the ID or the provider is not known yet`, async (t) => {
    const { server, session, config } = await registered(t, row);
    assert.deepEqual((await session.planAction(action, config)).titles, []);
    assert.deepEqual((await session.planAction(action, { [argument]: UNKNOWN })).titles, []);
    const unknown = new ProviderSession({ base_url: server.url, admin_api_key: UNKNOWN });
    assert.deepEqual((await unknown.planAction(action, config)).titles, []);
    assert.deepEqual(server.requests, []);
  });

  for (const given of [null, "", "a/b", ".."]) {
    test(`${action} with the ID ${JSON.stringify(given)} is refused before anything is sent`, async (t) => {
      const { server, session } = await registered(t, row);
      const { titles, paths } = session.validateAction(action, { [argument]: given });
      assert.deepEqual([titles.length, paths], [1, [argument]]);
      assert.deepEqual((await session.invoke(action, { [argument]: given })).titles, titles);
      assert.deepEqual(server.requests, []);
    });
  }

  for (const body of [{}, { status: 7 }, { status: null }]) {
    test(`${action} answered with ${JSON.stringify(body)} is an unexpected answer`, async (t) => {
      const { server, session, config, validate } = await registered(t, row);
      server.fault({ ...validate, status: 200, body });
      const { titles } = await session.invoke(action, config);
      assert.deepEqual(titles, ["error: Unexpected answer from the API"]);
    });
  }

  test(`${action} is tried again where the API breaks down`, async (t) => {
    const { server, config, validate } = await registered(t, row);
    server.fault({ ...validate, status: 503, body: {}, headers: { "retry-after-ms": "1" } });
    const session = new ProviderSession({ base_url: server.url, admin_api_key: "sk-admin-test" });
    assert.deepEqual((await session.invoke(action, config)).titles, []);
    assert.equal(server.requests.length, 2);
  });

  test(`${action} is ended by an interrupt`, async (t) => {
    const { server, session, config, validate } = await registered(t, row);
    server.fault({ ...validate, delayMs: 60_000 });
    setTimeout(() => session.stop(), 50);
    const { titles } = await session.invoke(action, config);
    assert.deepEqual(titles, ["error: Read cancelled"]);
  });
}

const [key, storage] = rows;

test("a status of a key that names a failure is an error, and one that says nothing a warning", async (t) => {
  const { server, session, config, validate } = await registered(t, key);
  for (const status of ["failed", "INVALID", "access_denied", "unhealthy", "key_not_found"]) {
    server.fault({ ...validate, status: 200, body: { status } });
    const { titles, details } = await session.invoke(key.action, config);
    assert.deepEqual(titles, ["error: External key does not work"], status);
    assert.ok(details[0]?.includes(JSON.stringify(status)));
  }
  for (const status of ["blue", "pending"]) {
    server.fault({ ...validate, status: 200, body: { status } });
    const { titles, details } = await session.invoke(key.action, config);
    assert.deepEqual(titles, ["warning: Unknown result of the validation"]);
    assert.ok(details[0]?.includes(JSON.stringify(status)));
  }
});

test("a result that is not there yet is waited for", async (t) => {
  const { server, session, config, validate } = await registered(t, storage);
  server.control.changeObject(storage.path, storage.id, { status: "unhealthy" });
  server.fault({ ...validate, status: 200, body: { id: storage.id, object: "x", status: "pending" } });
  const { titles } = await session.invoke(storage.action, config);
  assert.deepEqual(titles, ["error: External storage configuration does not work"]);
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ["POST", "GET"],
  );
});

test("a result that does not come in time is an error that says so", async (t) => {
  const { server, session, config, validate } = await registered(t, storage);
  server.fault({ ...validate, status: 200, body: { id: storage.id, object: "x", status: "pending" } });
  const { titles, details } = await session.invoke(storage.action, {
    ...config,
    timeouts: { read: "400ms" },
  });
  assert.deepEqual(titles, ["error: External storage configuration not validated yet"]);
  assert.match(details[0] ?? "", /timeouts = \{ read = "15m" \}/);
});

test("a wait for a result is ended by an interrupt", async (t) => {
  const { server, session, config, validate } = await registered(t, storage);
  server.control.changeObject(storage.path, storage.id, { status: "pending" });
  server.fault({ ...validate, status: 200, body: { id: storage.id, object: "x", status: "pending" } });
  setTimeout(() => session.stop(), 200);
  const { titles } = await session.invoke(storage.action, config);
  assert.deepEqual(titles, ["error: Read cancelled"]);
});

for (const status of ["degraded", "unhealthy"]) {
  test(`storage that is ${status} is an error`, async (t) => {
    const { server, session, config } = await registered(t, storage);
    server.control.changeObject(storage.path, storage.id, { status });
    const { titles, details } = await session.invoke(storage.action, config);
    assert.deepEqual(titles, ["error: External storage configuration does not work"]);
    assert.ok(details[0]?.includes(JSON.stringify(status)));
  });
}
