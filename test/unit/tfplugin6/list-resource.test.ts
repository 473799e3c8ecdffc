import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";
import { decodeMsgpack, encodeMsgpack, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  Diagnostics,
  type ListRequest,
  type ListResource,
  type ListResourceDefinition,
  type ListResult,
  listResource,
  oneOf,
  string,
  types,
} from "../../../src/framework/index.ts";
import { type ListResource_Event, ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, type FakeData, fakeProvider } from "../../support/fake-provider.ts";
import { widget } from "../../support/fake-resource.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";
import { reported } from "../../support/resource-client.ts";

const description = "It is described.";
const attributes = { color: string({ optional: true, validate: [oneOf("red", "blue")], description }) };
const identity = { attributes: { id: { type: types.string, requiredForImport: true, description } } };
const listed = widget({ identity });
const type_name = "fake_widget";

type Definition = ListResourceDefinition<typeof attributes, FakeData>;
type Request = ListRequest<typeof attributes, FakeData>;

function widgets(list: Definition["list"], definition: Partial<Definition> = {}): ListResource<FakeData> {
  return listResource<FakeData>()({ name: type_name, description, attributes, list, ...definition });
}

/** A list without end, which counts what it was asked for and whether it was left in order. */
function endless(kinds: Partial<Record<number, ListResult | Diagnostics>> = {}) {
  const seen = { asked: 0, left: 0, requests: [] as Request[] };
  const list = async function* (request: Request): AsyncGenerator<ListResult | Diagnostics> {
    seen.requests.push(request);
    try {
      for (;;) {
        seen.asked += 1;
        yield kinds[seen.asked] ?? one(seen.asked);
      }
    } finally {
      seen.left += 1;
    }
  };
  return { seen, declared: widgets(list) };
}

function one(number: number): ListResult {
  return {
    identity: { id: `id-${number}` },
    displayName: `Widget ${number}`,
    state: { id: `id-${number}`, name: `n${number}` },
  };
}

async function configured(context: TestContext, declared: ListResource<FakeData>): Promise<ProviderClient> {
  const client = await serve(context, fakeProvider({ resources: [listed], listResources: [declared] }));
  await client.unary(ProviderService.ConfigureProvider, {});
  return client;
}

function request(
  limit: number,
  include_resource_object = false,
  given: { readonly [name: string]: Value } = {},
) {
  return {
    type_name,
    config: wire(configuration(attributes, given), { type: cty.object([["color", cty.string]]) }),
    limit,
    include_resource_object,
  };
}

/** Name, identity, state and diagnostics of an event, as Terraform reads them. */
function read(event: ListResource_Event) {
  const id = event.identity?.identity_data;
  const state = event.resource_object;
  return {
    name: event.display_name,
    identity:
      id === undefined
        ? undefined
        : { ...(decodeMsgpack(id.msgpack, cty.object([["id", cty.string]])) as object) },
    state:
      state === undefined ? undefined : { ...(decodeMsgpack(state.msgpack, listed.schema.type) as object) },
    reported: reported(event.diagnostic),
  };
}

test("the schema has the filters, and the metadata the name", async (context) => {
  const client = await configured(context, endless().declared);
  const { list_resource_schemas } = await client.unary(ProviderService.GetProviderSchema, {});
  assert.deepEqual([...list_resource_schemas.keys()], [type_name]);
  const names = list_resource_schemas.get(type_name)?.block?.attributes.map(({ name }) => name);
  assert.deepEqual(names, ["color"]);
  const { list_resources } = await client.unary(ProviderService.GetMetadata, {});
  assert.deepEqual(list_resources, [{ type_name }]);
});

test("a list of what has no identity, or is no resource, is refused where it is declared", () => {
  const { declared } = endless();
  const needs = /The list resource fake_widget needs a resource of its name that has an identity/;
  assert.throws(() => fakeProvider({ listResources: [declared] }), needs);
  assert.throws(() => fakeProvider({ resources: [widget()], listResources: [declared] }), needs);
  const computed = { id: string({ computed: true, description }) };
  const odd = { name: type_name, description, attributes: computed, list: endless().declared.list };
  assert.throws(() => listResource<FakeData>()(odd), /a list resource has no state that could be computed/);
});

test("a list gives identity and name of each object, and its state only where it is asked for", async (context) => {
  const { seen, declared } = endless();
  const client = await configured(context, declared);
  const plain = await client.serverStream(ProviderService.ListResource, request(2, false, { color: "red" }));
  assert.deepEqual(plain.map(read), [
    { name: "Widget 1", identity: { id: "id-1" }, state: undefined, reported: [] },
    { name: "Widget 2", identity: { id: "id-2" }, state: undefined, reported: [] },
  ]);
  const whole = await client.serverStream(ProviderService.ListResource, request(1, true));
  const state = { id: "id-3", name: "n3", note: null };
  assert.deepEqual(whole.map(read), [{ name: "Widget 3", identity: { id: "id-3" }, state, reported: [] }]);
  const [first, second] = seen.requests;
  assert.deepEqual([first?.config, first?.limit, first?.includeResource], [{ color: "red" }, 2, false]);
  assert.deepEqual([second?.config, second?.limit, second?.includeResource], [{ color: null }, 1, true]);
});

test("no more is asked for than the limit, and the list is left in order", async (context) => {
  const { seen, declared } = endless();
  const client = await configured(context, declared);
  assert.equal((await client.serverStream(ProviderService.ListResource, request(7))).length, 7);
  assert.equal(seen.asked, 7);
  assert.equal(seen.left, 1);
});

test("diagnostics of an object and between objects do not end a list, nor count; an error does", async (context) => {
  const warned = { ...one(2), diagnostics: new Diagnostics().addWarning("Odd", "It is odd.") };
  const between = new Diagnostics().addWarning("Slow", "It is slow.");
  const failed = new Diagnostics().addError("Gone", "It is gone.");
  const { seen, declared } = endless({ 2: warned, 3: between, 5: failed });
  const client = await configured(context, declared);
  const events = await client.serverStream(ProviderService.ListResource, request(9));
  const ids = events.map((event) => {
    const { identity, reported: said } = read(event);
    return [identity === undefined ? undefined : Reflect.get(identity, "id"), said];
  });
  assert.deepEqual(ids, [
    ["id-1", []],
    ["id-2", ["warning : It is odd."]],
    [undefined, ["warning : It is slow."]],
    ["id-4", []],
    [undefined, ["error : It is gone."]],
  ]);
  assert.equal(seen.left, 1);
  const four = await client.serverStream(ProviderService.ListResource, request(1));
  assert.equal(four.length, 1);
});

for (const [what, result, detail] of [
  [
    "an identity without its ID",
    { ...one(1), identity: {} },
    "gave an identity that its schema does not allow",
  ],
  ["an identity of null", { ...one(1), identity: { id: null } }, "gave an identity that is not whole"],
  [
    "an identity with more",
    { ...one(1), identity: { id: "i", x: 1 } },
    "gave an identity that its schema does not",
  ],
  ["a state that does not fit", { ...one(1), state: { id: 7 } }, "a value that its schema does not allow"],
] as const) {
  test(`${what} is a mistake of the provider's, said in the stream`, async (context) => {
    const client = await configured(context, endless({ 1: result }).declared);
    const events = await client.serverStream(ProviderService.ListResource, request(3, true));
    assert.equal(events.length, 1);
    assert.match(reported(events[0]?.diagnostic ?? []).join(), new RegExp(`^error .*${detail}`));
  });
}

test("what a list throws is its last event", async (context) => {
  const declared = widgets(async function* () {
    yield one(1);
    throw new Error("no");
  });
  const client = await configured(context, declared);
  const events = await client.serverStream(ProviderService.ListResource, request(3));
  assert.deepEqual(
    events.map(read).map(({ reported }) => reported),
    [[], ["error : The provider failed unexpectedly: no."]],
  );
});

for (const [what, odd, detail] of [
  ["a limit of 0", request(0), /whole number from 1 on/],
  ["a limit below 0", request(-1), /whole number from 1 on/],
  ["arguments that are not known", request(1, false, { color: UNKNOWN }), /arguments that are not known yet/],
  [
    "arguments of another shape",
    { ...request(1), config: { msgpack: Buffer.from([0x81, 0xa1, 0x78, 1]) } },
    /unsupported/,
  ],
] as const) {
  test(`${what}: an error, nothing is listed, and the next list is served`, async (context) => {
    const { seen, declared } = endless();
    const client = await configured(context, declared);
    const events = await client.serverStream(ProviderService.ListResource, odd);
    assert.equal(events.length, 1);
    assert.match(reported(events[0]?.diagnostic ?? []).join(), detail);
    assert.equal(seen.asked, 0);
    assert.equal((await client.serverStream(ProviderService.ListResource, request(1))).length, 1);
  });
}

test("a list before the provider is configured is an error", async (context) => {
  const declared = endless().declared;
  const client = await serve(context, fakeProvider({ resources: [listed], listResources: [declared] }));
  const events = await client.serverStream(ProviderService.ListResource, request(1));
  assert.match(reported(events[0]?.diagnostic ?? []).join(), /before it configured the provider/);
});

test("the filters and the limit are validated", async (context) => {
  const client = await configured(
    context,
    widgets(endless().declared.list, {
      validate: ({ config, diagnostics }) => {
        if (config.color === "blue") diagnostics.addWarning("Blue", "It is blue.");
      },
    }),
  );
  const validate = async (given: { readonly [name: string]: Value }, limit: Value | undefined) => {
    const { config } = request(1, false, given);
    const number = limit === undefined ? {} : { limit: { msgpack: encodeMsgpack(limit, cty.number) } };
    const request_ = { type_name, config, ...number };
    return reported((await client.unary(ProviderService.ValidateListResourceConfig, request_)).diagnostics);
  };
  assert.deepEqual(await validate({ color: "red" }, 100), []);
  assert.deepEqual(await validate({ color: UNKNOWN }, UNKNOWN), []);
  assert.deepEqual(await validate({}, undefined), []);
  assert.deepEqual(await validate({}, null), []);
  assert.deepEqual(await validate({ color: "blue" }, 1), ["warning : It is blue."]);
  assert.match((await validate({ color: "green" }, 1)).join(), /^error color: /);
  for (const limit of [0, -1, 1.5]) {
    assert.deepEqual(
      await validate({}, limit),
      ['error : "limit" of a list must be a whole number from 1 on.'],
      `${limit}`,
    );
  }
});

/** A list whose second object comes only when `go` is called, and which says what it saw. */
function waiting() {
  const seen = { left: 0, aborted: false };
  let arrived = () => {};
  const waits = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const declared = widgets(async function* ({ signal }) {
    try {
      yield one(1);
      arrived();
      if (!signal.aborted) await once(signal, "abort");
      seen.aborted = true;
      signal.throwIfAborted();
    } finally {
      seen.left += 1;
    }
  });
  return { declared, seen, waits };
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    assert.ok(tries < 1_000, what);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a client that cancels half-way ends the list, and the process goes on serving", async (context) => {
  const { declared, seen, waits } = waiting();
  const client = await configured(context, declared);
  const stream = client.openStream(ProviderService.ListResource, request(5));
  const failed = once(stream, "error");
  stream.resume();
  await waits;
  stream.cancel();
  const [error]: { code?: number }[] = await failed;
  assert.equal(error?.code, 1);
  await until("the list is left", () => seen.left === 1);
  assert.equal(seen.aborted, true);
  assert.equal((await client.unary(ProviderService.GetMetadata, {})).list_resources.length, 1);
});

test("StopProvider ends a list with an error: a part is not taken for the whole", async (context) => {
  const { declared, seen, waits } = waiting();
  const client = await configured(context, declared);
  const events = client.serverStream(ProviderService.ListResource, request(5));
  await waits;
  await client.unary(ProviderService.StopProvider, {});
  assert.deepEqual(
    (await events).map(read).map(({ reported }) => reported),
    [[], ["error : Terraform stopped the provider before the operation was done."]],
  );
  assert.equal(seen.left, 1);
});

test("a list that ends quietly when it is stopped is not taken for whole either", async (context) => {
  let arrived = () => {};
  const waits = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const declared = widgets(async function* ({ signal }) {
    arrived();
    if (!signal.aborted) await once(signal, "abort");
    yield one(1);
  });
  const client = await configured(context, declared);
  const events = client.serverStream(ProviderService.ListResource, request(5));
  await waits;
  await client.unary(ProviderService.StopProvider, {});
  assert.deepEqual(
    (await events).map(read).map(({ reported }) => reported),
    [["error : Terraform stopped the provider before the operation was done."]],
  );
});

test("a client that does not read is not flooded: the list is asked for more only as it takes", async (context) => {
  const seen = { asked: 0 };
  const long = "x".repeat(100_000);
  const declared = widgets(async function* () {
    for (;;) {
      seen.asked += 1;
      yield { ...one(seen.asked), state: { id: `id-${seen.asked}`, name: long } };
    }
  });
  const client = await configured(context, declared);
  const stream = client.openStream(ProviderService.ListResource, request(5_000, true));
  stream.on("error", () => {});
  stream.pause();
  let before = -1;
  await until("the list rests", () => {
    const rests = seen.asked > 0 && seen.asked === before;
    before = seen.asked;
    return rests;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(seen.asked < 2_000, `${seen.asked} were asked for, and none was taken`);
  const rested = seen.asked;
  stream.resume();
  await until("the list goes on", () => seen.asked > rested);
  stream.cancel();
});
