import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { type Diagnostic, Diagnostics, isUnknown, notBlank, string } from "../../../src/framework/index.ts";
import { configureProvider, ProviderServer, validateProvider } from "../../../src/framework/server/index.ts";
import {
  callContext,
  configuration,
  configuredServer,
  type FakeData,
  fakeProvider,
  type fakeProviderAttributes,
  silent,
} from "../../support/fake-provider.ts";

async function configure(
  server: ProviderServer<FakeData>,
  given: { readonly [name: string]: Value },
): Promise<Diagnostic[]> {
  const config = configuration(server.provider.schema.attributes, given);
  return [...(await configureProvider(server, config, "1.11.4", callContext))];
}

function tokenOf(server: ProviderServer<FakeData>): string | null | undefined {
  return server.data(new Diagnostics())?.data.token;
}

test("what Configure makes is there for the calls that follow, until the next Configure", async () => {
  const server = new ProviderServer(fakeProvider(), silent);
  assert.equal(tokenOf(server), undefined);
  assert.deepEqual(await configure(server, { token: "one" }), []);
  assert.equal(tokenOf(server), "one");
  assert.deepEqual(await configure(server, {}), []);
  assert.equal(tokenOf(server), null);
});

test("Configure gets unknown values and Terraform's version", async () => {
  const seen: unknown[] = [];
  const declared = fakeProvider({
    configure({ config, terraformVersion }) {
      seen.push(isUnknown(config.token), terraformVersion);
      return { token: null };
    },
  });
  await configure(new ProviderServer(declared, silent), { token: UNKNOWN });
  assert.deepEqual(seen, [true, "1.11.4"]);
});

test("an error in Configure leaves nothing configured, whichever way it is reported", async () => {
  for (const declared of [
    fakeProvider({ configure: ({ diagnostics }) => diagnostics.addError("Title", "No.") }),
    fakeProvider({ configure: () => new Diagnostics().addError("Title", "No.") }),
    fakeProvider({
      configure({ diagnostics }) {
        diagnostics.addError("Title", "No.");
        return { token: "x" };
      },
    }),
  ]) {
    const server = new ProviderServer(declared, silent);
    assert.deepEqual(
      (await configure(server, {})).map(({ detail }) => detail),
      ["No."],
    );
    assert.equal(tokenOf(server), undefined);
  }
});

test("a warning in Configure does not stop it", async () => {
  const declared = fakeProvider({
    configure({ diagnostics }) {
      diagnostics.addWarning("Title", "Careful.");
      return { token: "x" };
    },
  });
  const server = new ProviderServer(declared, silent);
  assert.equal((await configure(server, {})).length, 1);
  assert.equal(tokenOf(server), "x");
});

test("diagnostics without an error, in place of a result, are a bug diagnostic", async () => {
  const declared = fakeProvider({
    configure: ({ diagnostics }) => diagnostics.addWarning("Title", "Careful."),
  });
  const diagnostics = await configure(new ProviderServer(declared, silent), {});
  assert.deepEqual(
    diagnostics.map(({ severity, summary }) => [severity, summary]),
    [
      ["warning", "Title"],
      ["error", "Provider bug"],
    ],
  );
});

const checked = {
  token: string({
    optional: true,
    sensitive: true,
    deprecated: "Use the environment.",
    validate: [notBlank()],
    description: "A token.",
  }),
} satisfies typeof fakeProviderAttributes;

test("arguments are checked by Validate, and again by Configure, since they may be known only now", async () => {
  const server = new ProviderServer(fakeProvider({ attributes: checked }), silent);
  const validated = validateProvider(server, configuration(checked, { token: "" }));
  assert.equal([...validated].filter(({ severity }) => severity === "error").length, 1);
  assert.equal((await configure(server, { token: "" })).length, 2);
  assert.equal(tokenOf(server), undefined);
});

test("Configure does not repeat the warnings that Validate gave", async () => {
  const server = new ProviderServer(fakeProvider({ attributes: checked }), silent);
  const validated = validateProvider(server, configuration(checked, { token: "x" }));
  assert.deepEqual(
    [...validated].map(({ summary }) => summary),
    ["Attribute Deprecated"],
  );
  assert.deepEqual(await configure(server, { token: "x" }), []);
});

test("the provider's own check runs after the arguments' and only if these found no error", async () => {
  const declared = fakeProvider({
    attributes: checked,
    validate: ({ diagnostics }) => void diagnostics.addError("Own check", "No."),
  });
  const run = (given: { readonly [name: string]: Value }) =>
    [...validateProvider(configuredServer(declared), configuration(checked, given))].map(
      ({ summary }) => summary,
    );
  assert.deepEqual(run({}), ["Own check"]);
  assert.deepEqual(run({ token: "" }), ["Attribute Deprecated", 'Invalid value for "token"']);
});
