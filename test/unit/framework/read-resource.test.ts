import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { Diagnostics, PrivateState, type Resource, string } from "../../../src/framework/index.ts";
import { importResource, readResource } from "../../../src/framework/server/index.ts";
import { callContext, configuration, configuredServer, type FakeData } from "../../support/fake-provider.ts";
import { providerOf, widget, widgetOf } from "../../support/fake-resource.ts";

const before = { name: "x", note: null, id: "i" };

async function read(declared: Resource<FakeData>, data: FakeData | null = { token: null }) {
  const server = configuredServer(providerOf(declared), data);
  const state = configuration(declared.schema.attributes, before);
  const kept = PrivateState.empty();
  kept.set("k", "v");
  return answer(await readResource(server, declared, state, kept, callContext));
}

function answer({ state, private: kept, diagnostics }: Awaited<ReturnType<typeof readResource>>) {
  return {
    state: state === null ? null : { ...state },
    private: kept,
    reported: [...diagnostics].map(({ severity, detail }) => `${severity}: ${detail.split("\n")[0]}`),
  };
}

test("a read returns the object as it is now, and what the author keeps of it", async () => {
  const declared = widget({
    read: async ({ state, private: kept }) => {
      kept.set("seen", kept.get("k"));
      return { ...state, note: "changed" };
    },
  });
  const result = await read(declared);
  assert.deepEqual(result.state, { ...before, note: "changed" });
  assert.equal(result.private.get("seen"), "v");
  assert.deepEqual(result.reported, []);
});

test("an object that is gone is null", async () => {
  const { state, reported } = await read(widget({ read: async () => null }));
  assert.equal(state, null);
  assert.deepEqual(reported, []);
});

for (const [what, declared, detail] of [
  [
    "an error",
    widget({ read: async ({ diagnostics }) => diagnostics.addError("No", "It is refused.") }),
    "error: It is refused.",
  ],
  [
    "an error beside a state",
    widget({
      read: async ({ diagnostics, state }) => {
        diagnostics.addError("No", "It is refused.");
        return { ...state, note: "n" };
      },
    }),
    "error: It is refused.",
  ],
  [
    "an error beside null",
    widget({
      read: async ({ diagnostics }) => {
        diagnostics.addError("No", "It is refused.");
        return null;
      },
    }),
    "error: It is refused.",
  ],
  [
    "an exception",
    widget({ read: () => Promise.reject(new Error("no")) }),
    "error: The provider failed unexpectedly: no.",
  ],
  [
    "diagnostics without an error",
    widget({ read: async () => new Diagnostics() }),
    "error: Reading fake_widget gave neither a state nor an error.",
  ],
  [
    "nothing",
    { ...widget(), read: async () => undefined as never },
    "error: Reading fake_widget gave neither a state nor an error.",
  ],
  [
    "a wrong state",
    { ...widget(), read: async () => ({ ...before, id: 5 }) as never },
    "error: The provider returned a value that its schema does not allow: id: a string is required, got a number.",
  ],
  [
    "a state that is not wholly known",
    { ...widget(), read: async () => ({ ...before, id: UNKNOWN }) as never },
    "error: The provider returned a state that is not wholly known.",
  ],
  [
    "no state at all",
    { ...widget(), read: async () => UNKNOWN as never },
    "error: The provider returned no state.",
  ],
] as const) {
  test(`${what} keeps the state and what is private`, async () => {
    const result = await read(declared);
    assert.deepEqual(result.state, before);
    assert.equal(result.private.get("k"), "v");
    assert.deepEqual(result.reported, [detail]);
  });
}

test("a warning comes beside the state", async () => {
  const declared = widget({
    read: async ({ state, diagnostics }) => {
      diagnostics.addWarning("Expired", "It has expired.");
      return state;
    },
  });
  const { state, reported } = await read(declared);
  assert.deepEqual(state, before);
  assert.deepEqual(reported, ["warning: It has expired."]);
});

test("without a configured provider nothing is read, and the state stays", async () => {
  const { state, reported } = await read(widget({ read: async () => null }), null);
  assert.deepEqual(state, before);
  assert.equal(reported.length, 1);
});

test("a write-only attribute is stored by no read", async () => {
  const secret = string({ optional: true, writeOnly: true, description: "A secret." });
  const declared = widgetOf({ secret }, { read: async () => ({ secret: "s" }) });
  const server = configuredServer(providerOf(declared));
  const state = configuration({ secret }, {});
  const result = await readResource(server, declared, state, PrivateState.empty(), callContext);
  assert.equal(result.state?.secret, null);
});

async function importing(declared: Resource<FakeData>, data: FakeData | null = { token: "t" }) {
  const server = configuredServer(providerOf(declared), data);
  return answer(await importResource(server, declared, "the-id", callContext));
}

test("an import finds an object by its ID, and remembers that it was one", async () => {
  const declared = widget({
    import: async ({ id, provider, private: kept }) => {
      kept.set("k", "v");
      return { name: null, note: provider.token, id };
    },
  });
  const result = await importing(declared);
  assert.deepEqual(result.state, { name: null, note: "t", id: "the-id" });
  assert.equal(result.private.imported, true);
  assert.equal(PrivateState.decode(result.private.encode()).imported, true);
  assert.equal(result.private.get("k"), "v");
  assert.deepEqual(result.reported, []);
});

for (const [what, declared, detail] of [
  ["a resource that cannot be", widget(), "error: There is no way to import fake_widget."],
  [
    "an error",
    widget({ import: async ({ diagnostics }) => diagnostics.addError("No", "There is no such ID.") }),
    "error: There is no such ID.",
  ],
  [
    "an error beside a state",
    widget({
      import: async ({ id, diagnostics }) => {
        diagnostics.addError("No", "It belongs to somebody else.");
        return { ...before, id };
      },
    }),
    "error: It belongs to somebody else.",
  ],
  [
    "an exception",
    widget({ import: () => Promise.reject(new Error("no")) }),
    "error: The provider failed unexpectedly: no.",
  ],
  [
    "diagnostics without an error",
    widget({ import: async () => new Diagnostics() }),
    "error: Importing fake_widget gave neither a state nor an error.",
  ],
  [
    "null",
    { ...widget(), import: async () => null as never },
    "error: Importing fake_widget gave neither a state nor an error.",
  ],
  [
    "a wrong state",
    { ...widget(), import: async () => ({ ...before, id: 5 }) as never },
    "error: The provider returned a value that its schema does not allow: id: a string is required, got a number.",
  ],
] as const) {
  test(`an import of ${what} imports nothing`, async () => {
    const { state, reported } = await importing(declared);
    assert.equal(state, null);
    assert.deepEqual(reported, [detail]);
  });
}

test("whether a resource can be imported is known of it", () => {
  assert.equal(widget().importable, false);
  assert.equal(widget({ import: async () => before }).importable, true);
});

test("without a configured provider nothing is imported", async () => {
  const { state, reported } = await importing(widget({ import: async () => before }), null);
  assert.equal(state, null);
  assert.equal(reported.length, 1);
});
