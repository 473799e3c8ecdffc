import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type EphemeralResource, ephemeralResource, string } from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, type FakeData, fakeProvider } from "../../support/fake-provider.ts";
import { serve, wire } from "../../support/provider-client.ts";
import { reported } from "../../support/resource-client.ts";

const type_name = "fake_lease";
const description = "It is described.";
const attributes = {
  name: string({ required: true, description }),
  token: string({ computed: true, notNull: true, description }),
};

type Definition = Parameters<ReturnType<typeof ephemeralResource<FakeData>>>[0];

/** The ephemeral resource `fake_lease`, which is renewed at a time and closed. */
function lease(definition: Partial<Definition> = {}): EphemeralResource<FakeData> {
  return ephemeralResource<FakeData>()({
    name: type_name,
    description,
    attributes,
    open: async ({ config, private: own, renewAt }) => {
      own.set("lease", `of-${config.name}`);
      renewAt(new Date("2026-01-02T03:04:05.678Z"));
      return { ...config, token: "t" };
    },
    renew: async () => {},
    ...definition,
  });
}

async function served(context: TestContext, declared: EphemeralResource<FakeData>, configured = true) {
  const client = await serve(context, fakeProvider({ ephemeralResources: [declared] }));
  if (configured) await client.unary(ProviderService.ConfigureProvider, {});
  const config = wire(configuration(attributes, { name: "x" }), declared.schema);
  return {
    client,
    open: () => client.unary(ProviderService.OpenEphemeralResource, { type_name, config }),
    renew: (own: Uint8Array) =>
      client.unary(ProviderService.RenewEphemeralResource, { type_name, private: own }),
    close: (own: Uint8Array) =>
      client.unary(ProviderService.CloseEphemeralResource, { type_name, private: own }),
  };
}

const kept = Buffer.from('{"lease":"of-x"}');

test("an open answers with when to renew, to the millisecond, and with what is private", async (context) => {
  const { open } = await served(context, lease());
  const response = await open();
  assert.deepEqual(response.diagnostics, []);
  assert.deepEqual({ ...response.renew_at }, { seconds: 1767323045, nanos: 678_000_000 });
  assert.deepEqual(response.private, kept);
});

test("an open that fails keeps nothing, and is not renewed", async (context) => {
  const declared = lease({
    open: async ({ private: own, renewAt, diagnostics }) => {
      own.set("lease", "half");
      renewAt(new Date());
      return diagnostics.addError("No", "It is refused.");
    },
  });
  const response = await (await served(context, declared)).open();
  assert.equal(response.renew_at, undefined);
  assert.equal(response.private, undefined);
  assert.deepEqual(reported(response.diagnostics), ["error : It is refused."]);
});

test("an open that asks for a renewal of a resource without one is a bug diagnostic", async (context) => {
  const { renew: _, ...declared } = lease();
  assert.deepEqual(reported((await (await served(context, declared)).open()).diagnostics), [
    "error : The provider failed unexpectedly: fake_lease asks for a renewal and has no renew.",
  ]);
});

test("a renewal gets what Open kept and what Configure made, and says when the next one is", async (context) => {
  const seen: unknown[] = [];
  const declared = lease({
    renew: async ({ private: own, provider, renewAt }) => {
      seen.push(own.get("lease"), provider);
      own.set("lease", "renewed");
      renewAt(new Date(2_000));
    },
  });
  const response = await (await served(context, declared)).renew(kept);
  assert.deepEqual(response.diagnostics, []);
  assert.deepEqual({ ...response.renew_at }, { seconds: 2, nanos: 0 });
  assert.equal(response.private?.toString(), '{"lease":"renewed"}');
  assert.deepEqual(seen, ["of-x", { token: null }]);
});

test("a renewal that asks for no other one is the last, and keeps what is private", async (context) => {
  const response = await (await served(context, lease())).renew(kept);
  assert.equal(response.renew_at, undefined);
  assert.deepEqual(response.private, kept);
});

for (const [what, renew, detail] of [
  [
    "an error",
    async ({ diagnostics, renewAt }) => {
      renewAt(new Date());
      diagnostics.addError("No", "It is over.");
    },
    "It is over.",
  ],
  ["an exception", () => Promise.reject(new Error("no")), "The provider failed unexpectedly: no."],
] as const satisfies readonly (readonly [string, Definition["renew"], string])[]) {
  test(`${what} of a renewal is reported, and no other renewal follows`, async (context) => {
    const response = await (await served(context, lease({ renew }))).renew(kept);
    assert.deepEqual(reported(response.diagnostics), [`error : ${detail}`]);
    assert.equal(response.renew_at, undefined);
    assert.deepEqual(response.private, kept);
  });
}

test("a close gets what was kept, and its errors are reported", async (context) => {
  const seen: unknown[] = [];
  const declared = lease({
    close: async ({ private: own, provider, diagnostics }) => {
      seen.push(own.get("lease"), provider);
      diagnostics.addWarning("Late", "It was over.");
    },
  });
  const response = await (await served(context, declared)).close(kept);
  assert.deepEqual(reported(response.diagnostics), ["warning : It was over."]);
  assert.deepEqual(seen, ["of-x", { token: null }]);
  const throwing = lease({ close: () => Promise.reject(new Error("no")) });
  assert.deepEqual(reported((await (await served(context, throwing)).close(kept)).diagnostics), [
    "error : The provider failed unexpectedly: no.",
  ]);
});

test("a renewal and a close before Configure are diagnostics, where there is something to call", async (context) => {
  const declared = lease({ close: async () => {} });
  const { renew, close } = await served(context, declared, false);
  for (const { diagnostics } of [await renew(kept), await close(kept)]) {
    assert.match(reported(diagnostics).join(), /before it configured the provider/);
  }
});

test("StopProvider ends a renewal without speaking of a bug", async (context) => {
  let begin: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const declared = lease({
    renew: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        begin();
      }),
  });
  const { client, renew } = await served(context, declared);
  const renewed = renew(kept);
  await started;
  await client.unary(ProviderService.StopProvider, {});
  assert.deepEqual(reported((await renewed).diagnostics), [
    "error : Terraform stopped the provider before the operation was done.",
  ]);
});
