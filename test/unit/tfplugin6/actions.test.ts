import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { type Action, type ActionDefinition, action, integer, string } from "../../../src/framework/index.ts";
import { type InvokeAction_Event, ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, type FakeData, fakeProvider } from "../../support/fake-provider.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";
import { reported } from "../../support/resource-client.ts";

const description = "It is described.";
const attributes = {
  target: string({ required: true, description }),
  times: integer({ optional: true, description }),
};
const action_type = "fake_ping";

type Definition = ActionDefinition<typeof attributes, FakeData>;

function ping(definition: Partial<Definition> = {}): Action<FakeData> {
  return action<FakeData>()({
    name: action_type,
    description,
    attributes,
    invoke: async () => {},
    ...definition,
  });
}

async function configured(context: TestContext, declared: Action<FakeData>): Promise<ProviderClient> {
  const client = await serve(context, fakeProvider({ actions: [declared] }));
  await client.unary(ProviderService.ConfigureProvider, {});
  return client;
}

function config(given: { readonly [name: string]: Value }) {
  return wire(configuration(attributes, given), ping().schema);
}

/** What Terraform shows: progress as it is, and the end with its diagnostics. */
function shown(events: readonly InvokeAction_Event[]) {
  return events.map(({ progress, completed }) => {
    assert.notEqual(
      progress === undefined,
      completed === undefined,
      "Terraform panics at an event that is neither",
    );
    return progress?.message ?? reported(completed?.diagnostics ?? []);
  });
}

function invoke(client: ProviderClient, given: { readonly [name: string]: Value }) {
  return client.serverStream(ProviderService.InvokeAction, { action_type, config: config(given) });
}

test("the schema has the action's arguments, and the metadata its name", async (context) => {
  const client = await configured(context, ping());
  const { action_schemas } = await client.unary(ProviderService.GetProviderSchema, {});
  const block = action_schemas.get(action_type)?.schema?.block;
  assert.deepEqual(
    block?.attributes.map(({ name, required }) => [name, required]),
    [
      ["target", true],
      ["times", false],
    ],
  );
  const { actions } = await client.unary(ProviderService.GetMetadata, {});
  assert.deepEqual(actions, [{ type_name: action_type }]);
});

test("an action has nothing computed, and a name of the provider's", () => {
  const computed = { id: string({ computed: true, description }) };
  assert.throws(
    () =>
      action<FakeData>()({ name: action_type, description, attributes: computed, invoke: async () => {} }),
    /an action has no state that could be computed/,
  );
  assert.throws(() => fakeProvider({ actions: [ping({ name: "other_ping" })] }), /does not begin with fake_/);
});

test("an action shows its progress in order, and then that it is done, with what it says", async (context) => {
  const given: unknown[] = [];
  const declared = ping({
    async invoke({ config, provider, progress, diagnostics }) {
      given.push(config, provider);
      progress("one");
      progress("two");
      await new Promise((resolve) => setTimeout(resolve, 20));
      progress("three \u001b[31mred\u001b[0m");
      diagnostics.addWarning("Slow", "It is slow.");
      progress("four");
    },
  });
  const client = await configured(context, declared);
  const events = await invoke(client, { target: "t", times: 3 });
  assert.deepEqual(shown(events), ["one", "two", "three �[31mred�[0m", "four", ["warning : It is slow."]]);
  assert.deepEqual(given, [{ target: "t", times: 3 }, { token: null }]);
});

for (const [what, act, detail] of [
  [
    "an error",
    async ({ diagnostics }: Parameters<Definition["invoke"]>[0]) =>
      void diagnostics.addError("No", "It is refused."),
    "error : It is refused.",
  ],
  ["an exception", () => Promise.reject(new Error("no")), "error : The provider failed unexpectedly: no."],
  [
    "an exception at once",
    () => {
      throw new Error("no");
    },
    "error : The provider failed unexpectedly: no.",
  ],
] as const) {
  test(`${what} of an action is in its last event`, async (context) => {
    const client = await configured(context, ping({ invoke: act }));
    assert.deepEqual(shown(await invoke(client, { target: "t" })), [[detail]]);
    assert.equal((await client.unary(ProviderService.GetMetadata, {})).actions.length, 1);
  });
}

for (const [what, given, detail] of [
  ["without its target", { target: null }, /^error target: The argument "target" is required/],
  ["with a number that is not whole", { target: "t", times: 1.5 }, /^error times: /],
  ["with what is not known", { target: UNKNOWN }, /arguments that are not known yet/],
] as const) {
  test(`an action ${what} is not begun`, async (context) => {
    const begun: string[] = [];
    const client = await configured(context, ping({ invoke: async () => void begun.push("begun") }));
    const [last, ...more] = shown(await invoke(client, given));
    assert.deepEqual(more, []);
    assert.match(String(last), detail);
    assert.deepEqual(begun, []);
  });
}

test("arguments are validated; what is not known yet is not", async (context) => {
  const declared = ping({
    validate: ({ config, diagnostics }) => {
      if (config.target === "odd") diagnostics.addWarning("Odd", "It is odd.");
    },
  });
  const client = await configured(context, declared);
  const validate = async (given: { readonly [name: string]: Value }) =>
    reported(
      (
        await client.unary(ProviderService.ValidateActionConfig, {
          type_name: action_type,
          config: config(given),
        })
      ).diagnostics,
    );
  assert.deepEqual(await validate({ target: "t" }), []);
  assert.deepEqual(await validate({ target: UNKNOWN }), []);
  assert.deepEqual(await validate({ target: "odd" }), ["warning : It is odd."]);
  assert.match((await validate({})).join(), /^error target: /);
});

test("a plan looks ahead: with what is not known, with ephemeral values as null, and without asking where it need not", async (context) => {
  const given: unknown[] = [];
  const declared = ping({
    async plan({ config, diagnostics }) {
      given.push(config.target);
      if (config.target === "t") diagnostics.addWarning("Two", "It would ping 2.");
      if (config.target === "none") diagnostics.addError("None", "There is none.");
    },
  });
  const client = await configured(context, declared);
  const plan = async (to: ProviderClient, target: Value) =>
    reported(
      (await to.unary(ProviderService.PlanAction, { action_type, config: config({ target }) })).diagnostics,
    );
  assert.deepEqual(await plan(client, "t"), ["warning : It would ping 2."]);
  assert.deepEqual(await plan(client, "none"), ["error : There is none."]);
  assert.deepEqual(await plan(client, null), []);
  assert.deepEqual(await plan(client, UNKNOWN), []);
  assert.deepEqual(given.slice(0, 3), ["t", "none", null]);
  const without = await serve(context, fakeProvider({ actions: [ping()] }));
  assert.deepEqual(await plan(without, "t"), []);
  const unconfigured = await serve(context, fakeProvider({ actions: [declared] }));
  assert.match((await plan(unconfigured, "t")).join(), /before it configured the provider/);
});

/** An action that waits until it is aborted, and then says what it did. */
function waiting() {
  const seen = { aborted: 0 };
  const declared = ping({
    async invoke({ signal, progress, diagnostics }) {
      progress("waits");
      if (!signal.aborted) await once(signal, "abort");
      seen.aborted += 1;
      diagnostics.addError("Interrupted", "1 of 2 was pinged.");
    },
  });
  return { seen, declared };
}

test("StopProvider ends an action, which says how far it came", async (context) => {
  const { declared, seen } = waiting();
  const client = await configured(context, declared);
  const stream = client.openStream(ProviderService.InvokeAction, {
    action_type,
    config: config({ target: "t" }),
  });
  const events: InvokeAction_Event[] = [];
  stream.on("data", (event: InvokeAction_Event) => events.push(event));
  const ended = once(stream, "end");
  await once(stream, "data");
  await client.unary(ProviderService.StopProvider, {});
  await ended;
  assert.deepEqual(shown(events), ["waits", ["error : 1 of 2 was pinged."]]);
  assert.equal(seen.aborted, 1);
});

test("a client that cancels half-way ends an action, and the process goes on serving", async (context) => {
  const { declared, seen } = waiting();
  const client = await configured(context, declared);
  const stream = client.openStream(ProviderService.InvokeAction, {
    action_type,
    config: config({ target: "t" }),
  });
  const failed = once(stream, "error");
  await once(stream, "data");
  stream.cancel();
  await failed;
  for (let tries = 0; seen.aborted === 0; tries += 1) {
    assert.ok(tries < 1_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal((await client.unary(ProviderService.GetMetadata, {})).actions.length, 1);
});
