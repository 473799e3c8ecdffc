import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { decodeMsgpack, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  Diagnostics,
  type EphemeralResource,
  ephemeralResource,
  string,
} from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, type FakeData, fakeProvider } from "../../support/fake-provider.ts";
import { serve, wire } from "../../support/provider-client.ts";
import { reported } from "../../support/resource-client.ts";

const type_name = "fake_token";
const description = "It is described.";
const attributes = {
  name: string({ required: true, description }),
  note: string({ optional: true, description }),
  either: string({ optional: true, computed: true, description }),
  token: string({ computed: true, sensitive: true, description }),
};

type Definition = Parameters<ReturnType<typeof ephemeralResource<FakeData>>>[0];

/** The ephemeral resource `fake_token`: the token of a name. */
function token(definition: Partial<Definition> = {}): EphemeralResource<FakeData> {
  return ephemeralResource<FakeData>()({
    name: type_name,
    description,
    attributes,
    open: async ({ config }) => ({ ...config, token: `token-of-${config.name}` }),
    ...definition,
  });
}

/** The same with an `open` that returns what its types forbid. */
function opening(result: unknown): EphemeralResource<FakeData> {
  return { ...token(), open: () => Promise.resolve(result as never) };
}

async function served(context: TestContext, declared: EphemeralResource<FakeData>, configured = true) {
  const client = await serve(context, fakeProvider({ ephemeralResources: [declared] }));
  if (configured) await client.unary(ProviderService.ConfigureProvider, {});
  return {
    client,
    open: async (given: { readonly [name: string]: Value }) => {
      const config = wire(configuration(attributes, given), declared.schema);
      const response = await client.unary(ProviderService.OpenEphemeralResource, { type_name, config });
      const result = response.result && decodeMsgpack(response.result.msgpack, declared.schema.type);
      return { ...response, result, reported: reported(response.diagnostics) };
    },
  };
}

test("an opened resource answers with its value, to be renewed never and with nothing to keep", async (context) => {
  const { open } = await served(context, token());
  const response = await open({ name: "x" });
  assert.deepEqual(Object.fromEntries(Object.entries(response.result ?? {})), {
    name: "x",
    note: null,
    either: null,
    token: "token-of-x",
  });
  assert.deepEqual(response.reported, []);
  assert.equal(response.renew_at, undefined);
  assert.equal(response.private, undefined);
  assert.equal(response.deferred, undefined);
});

test("renewing and closing answer without a complaint", async (context) => {
  const { client } = await served(context, token());
  const renewed = await client.unary(ProviderService.RenewEphemeralResource, { type_name });
  assert.deepEqual(renewed.diagnostics, []);
  assert.equal(renewed.renew_at, undefined);
  assert.deepEqual(
    (await client.unary(ProviderService.CloseEphemeralResource, { type_name })).diagnostics,
    [],
  );
});

test("a computed argument that is left out may be filled in, another may not", async (context) => {
  const { open } = await served(context, opening({ name: "x", note: null, either: "e", token: "t" }));
  assert.deepEqual((await open({ name: "x" })).reported, []);
  for (const [result, path] of [
    [{ name: "x", note: "filled in", either: null, token: "t" }, "note"],
    [{ name: "y", note: null, either: null, token: "t" }, "name"],
  ] as const) {
    const response = await (await served(context, opening(result))).open({ name: "x" });
    assert.equal(response.result, undefined);
    assert.deepEqual(response.reported, [`error ${path}: The provider changed the argument ${path}.`]);
  }
  const kept = await (
    await served(context, opening({ name: "x", note: null, either: "z", token: "t" }))
  ).open({
    name: "x",
    either: "e",
  });
  assert.deepEqual(kept.reported, ["error either: The provider changed the argument either."]);
});

for (const [what, declared, detail] of [
  [
    "an error",
    token({ open: async ({ diagnostics }) => diagnostics.addError("No", "It is refused.") }),
    "It is refused.",
  ],
  [
    "an error beside a value",
    token({
      open: async ({ config, diagnostics }) => {
        diagnostics.addError("No", "It is refused.");
        return { ...config, token: "t" };
      },
    }),
    "It is refused.",
  ],
  [
    "an exception",
    token({ open: () => Promise.reject(new Error("no")) }),
    "The provider failed unexpectedly: no.",
  ],
  [
    "diagnostics without an error",
    token({ open: async () => new Diagnostics() }),
    "Opening fake_token gave neither a value nor an error.",
  ],
  ["null", opening(null), "Opening fake_token gave neither a value nor an error."],
  ["nothing", opening(undefined), "Opening fake_token gave neither a value nor an error."],
  ["an unknown value", opening(UNKNOWN), "The provider returned no state."],
  [
    "a value that is not wholly known",
    opening({ name: "x", note: null, either: null, token: UNKNOWN }),
    "The provider returned a state that is not wholly known.",
  ],
] as const) {
  test(`${what} opens nothing`, async (context) => {
    const { open } = await served(context, declared);
    const response = await open({ name: "x" });
    assert.equal(response.result, undefined);
    assert.deepEqual(response.reported, [`error : ${detail}`]);
  });
}

test("a value of the wrong type is reported at its attribute", async (context) => {
  const { open } = await served(context, opening({ name: "x", note: null, either: null, token: 5 }));
  assert.deepEqual((await open({ name: "x" })).reported, [
    "error token: The provider returned a value that its schema does not allow: token: a string is required, got a number.",
  ]);
});

test("arguments that are not known yet never reach the author", async (context) => {
  const declared = token({ open: () => Promise.reject(new Error("called")) });
  const { open } = await served(context, declared);
  assert.deepEqual((await open({ name: UNKNOWN })).reported, [
    "error : Terraform asked to open fake_token with arguments that are not known yet.",
  ]);
});

test("an open before Configure is a diagnostic", async (context) => {
  const { open } = await served(context, token(), false);
  assert.match((await open({ name: "x" })).reported.join(), /before it configured the provider/);
});

test("arguments are checked, each by itself and then together", async (context) => {
  const declared = token({
    validate: ({ diagnostics }) => {
      diagnostics.addError("No", "Never.");
    },
  });
  const { client } = await served(context, declared);
  for (const [given, expected] of [
    [{}, 'error name: The argument "name" is required, and its value here is null.'],
    [{ name: UNKNOWN }, "error : Never."],
  ] as const) {
    const config = wire(configuration(attributes, given), declared.schema);
    const request = { type_name, config };
    const { diagnostics } = await client.unary(ProviderService.ValidateEphemeralResourceConfig, request);
    assert.deepEqual(reported(diagnostics), [expected]);
  }
});

test("StopProvider ends an open without speaking of a bug", async (context) => {
  let begin: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const declared = token({
    open: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        begin();
      }),
  });
  const { client, open } = await served(context, declared);
  const opened = open({ name: "x" });
  await started;
  await client.unary(ProviderService.StopProvider, {});
  assert.deepEqual((await opened).reported, [
    "error : Terraform stopped the provider before the operation was done.",
  ]);
});
