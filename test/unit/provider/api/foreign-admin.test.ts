import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeJSON } from "../../../../src/cty/index.ts";
import { createLogger, Diagnostics, nested, object, string } from "../../../../src/framework/index.ts";
import { takenOver } from "../../../../src/provider/api/foreign-state.ts";
import { projectServiceAccount } from "../../../../src/provider/objects/project-service-account.ts";
import { openai } from "../../../../src/provider/provider.ts";
import { foreignFrom, foreignShapes } from "../../../support/foreign-admin-states.ts";
import { objectCases } from "../../../support/object-cases.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { type Kept, ProviderSession } from "../../../support/provider-session.ts";
import { keptOf } from "../objects/support.ts";

const { resources } = openai({});

/** A state as Terraform stores it. */
function stored(target: string, { state }: Kept): Readonly<Record<string, unknown>> {
  const type = resources.get(target)?.schema.type;
  assert.ok(type);
  return JSON.parse(encodeJSON(state, type));
}

for (const shape of foreignShapes) {
  const { provider, type, target, version, without = [] } = shape;
  const object = objectCases.find(({ name }) => name === target);
  // Not declared yet.
  if (object === undefined) continue;
  test(`a ${type} of ${provider} is taken over as it is`, async (t) => {
    const server = await startOpenAIServer({ completions: [], ...object.server });
    t.after(() => server.close());
    const session = new ProviderSession({
      base_url: server.url,
      api_key: "sk-test",
      admin_api_key: "sk-admin-test",
      max_retries: 0,
    });
    const entries = Object.entries(object.config(server)).filter(([name]) => !without.includes(name));
    const config = Object.fromEntries(entries);
    const own = stored(
      target,
      keptOf(await session.refresh(target, keptOf(await session.create(target, config)))),
    );
    const theirs = foreignFrom(shape, own);
    server.control.clearRequests();
    const moved = await session.move(target, `registry.terraform.io/${provider}`, type, theirs, version);
    const upgraded = type === target ? [await session.upgrade(target, theirs, version, "null")] : [];
    for (const outcome of [moved, ...upgraded]) {
      const kept = keptOf(outcome);
      assert.equal(kept.state.id, own.id);
      const plan = await session.plan(target, config, kept);
      assert.deepEqual([plan.titles, plan.replaces], [[], []], plan.details.join("\n"));
      const changed = Object.keys(own).filter(
        (name) => JSON.stringify(own[name]) !== JSON.stringify(stored(target, kept)[name]),
      );
      assert.ok(plan.empty, `the plan changes something; other than before are ${changed}`);
    }
    assert.deepEqual(
      server.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  });
}

test("a key that finds no place is a warning which does not show it, and one that does is none", () => {
  const key = "sk-svcacct-theirs";
  const place = { api_key_value: string({ computed: true, sensitive: true, description: "The key." }) };
  const id = string({ computed: true, description: "The ID." });
  for (const [attributes, expected] of [
    [{ id }, ["Key not carried over"]],
    [{ id, ...place }, []],
    [{ id, key: object(nested(place), { computed: true, description: "It." }) }, ["Key not carried over"]],
  ] as const) {
    const { upgradeState = {} } = takenOver(projectServiceAccount.declaration, attributes);
    const upgrader = upgradeState[0];
    assert.ok(upgrader !== undefined && upgrader.type === undefined);
    const diagnostics = new Diagnostics();
    const log = createLogger("off", () => {});
    upgrader.convertRaw({
      rawState: JSON.stringify({ id: "user-1", api_key_value: key, api_key: "" }),
      diagnostics,
      log,
    });
    assert.deepEqual(
      [...diagnostics].map(({ summary }) => summary),
      expected,
    );
    assert.ok([...diagnostics].every(({ detail }) => !detail.includes(key)));
  }
});
