import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { Diagnostics, list, map, nested, PrivateState, string } from "../../../src/framework/index.ts";
import { callContext } from "../../support/fake-provider.ts";
import { apply, widget, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const given = { name: "x" };
const planned = { name: "x", id: UNKNOWN };
const whole = { name: "x", note: null, id: "i" };

test("a creation returns the state that the author made of the plan", async () => {
  const { state, reported } = await apply(widget(), given, { planned });
  assert.deepEqual(state, { name: "x", note: null, id: "id-of-x" });
  assert.deepEqual(reported, []);
});

test("the author gets what the provider is to compute as null, at every depth, and no computed attribute", async () => {
  const either = string({ optional: true, computed: true, description });
  const made = string({ computed: true, description });
  const item = nested({ either, made });
  const element = (value: Value) =>
    objectValue([
      ["either", value],
      ["made", value],
    ]);
  const attributes = {
    either,
    made,
    listed: list(item, { optional: true, description }),
    mapped: map(item, { optional: true, description }),
  };
  let plan: unknown;
  const declared = widgetOf(attributes, {
    create: async (request) => {
      plan = request.plan;
      return request.diagnostics.addError("Enough", "Seen.");
    },
  });
  await apply(
    declared,
    { listed: [element(null)], mapped: new Map([["k", element(null)]]) },
    {
      planned: {
        either: UNKNOWN,
        made: UNKNOWN,
        listed: [element(UNKNOWN)],
        mapped: new Map([["k", element(UNKNOWN)]]),
      },
    },
  );
  assert.deepEqual(plan, {
    either: null,
    listed: [{ either: null }],
    mapped: new Map([["k", { either: null }]]),
  });
});

test("the author gets write-only arguments with the configuration, and cannot store them", async () => {
  const attributes = {
    secret: string({ optional: true, writeOnly: true, description }),
    listed: list(nested({ secret: string({ optional: true, writeOnly: true, description }) }), {
      optional: true,
      description,
    }),
  };
  const seen: unknown[] = [];
  const declared = widgetOf(attributes, {
    create: async ({ config, plan }) => {
      seen.push(plan, config);
      return config;
    },
  });
  const element = (value: Value) => objectValue([["secret", value]]);
  const { state } = await apply(
    declared,
    { secret: "s", listed: [element("t")] },
    { planned: { secret: null, listed: [element(null)] } },
  );
  assert.deepEqual(seen, [
    { secret: null, listed: [{ secret: null }] },
    { secret: "s", listed: [{ secret: "t" }] },
  ]);
  assert.deepEqual(state, { secret: null, listed: [element(null)] });
});

test("an error before anything was saved leaves no object", async () => {
  const declared = widget({
    create: async ({ diagnostics }) => diagnostics.addError("No", "It is refused."),
  });
  const { state, reported } = await apply(declared, given, { planned });
  assert.equal(state, null);
  assert.deepEqual(reported, ["error : It is refused."]);
});

test("an error after the state was saved leaves that state, for Terraform to taint", async () => {
  const declared = widget({
    create: async ({ save, diagnostics }) => {
      save({ ...whole, note: null });
      return diagnostics.addError("No", "It broke on the way.");
    },
  });
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, whole);
  assert.deepEqual(reported, ["error : It broke on the way."]);
});

test("the last saved state counts", async () => {
  const declared = widget({
    create: async ({ save, diagnostics }) => {
      save({ ...whole, id: "first" });
      save({ ...whole, id: "second" });
      return diagnostics.addError("No", "It broke.");
    },
  });
  assert.equal((await apply(declared, given, { planned })).state?.id, "second");
});

test("diagnostics of the author's own are returned beside those of the call", async () => {
  const declared = widget({
    create: async ({ diagnostics }) => {
      diagnostics.addWarning("First", "Careful.");
      return new Diagnostics().addError("Second", "No.");
    },
  });
  const { reported } = await apply(declared, given, { planned });
  assert.deepEqual(reported, ["warning : Careful.", "error : No."]);
});

test("a warning does not spoil the state", async () => {
  const declared = widget({
    create: async ({ plan, diagnostics }) => {
      diagnostics.addWarning("Careful", "It is not visible yet.");
      return { ...plan, id: "i" };
    },
  });
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, whole);
  assert.deepEqual(reported, ["warning : It is not visible yet."]);
});

test("a state beside an error is kept, for Terraform to taint", async () => {
  const declared = widget({
    create: async ({ plan, diagnostics }) => {
      diagnostics.addError("No", "Half done.");
      return { ...plan, id: "i" };
    },
  });
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, whole);
  assert.deepEqual(reported, ["error : Half done."]);
});

for (const [what, result] of [
  ["diagnostics without an error", new Diagnostics().addWarning("Careful", "Hm.")],
  ["null", null],
  ["nothing", undefined],
] as const) {
  test(`${what} in place of a state is a mistake, which keeps what was saved`, async () => {
    const declared = {
      ...widget(),
      create: async ({ save }: Parameters<ReturnType<typeof widget>["create"]>[0]) => {
        save(whole);
        return result as never;
      },
    };
    const { state, reported } = await apply(declared, given, { planned });
    assert.deepEqual(state, whole);
    assert.equal(reported.at(-1), "error : Create of fake_widget gave neither a state nor an error.");
  });
}

for (const how of ["rejects", "throws at once"]) {
  test(`a function that ${how} after it saved a state does not lose it`, async () => {
    const declared = widget({
      create: ({ save, private: kept }) => {
        save(whole);
        kept.set("k", "v");
        if (how === "rejects") return Promise.reject(new TypeError("x is not a function"));
        throw new TypeError("x is not a function");
      },
    });
    const result = await apply(declared, given, { planned });
    assert.deepEqual(result.state, whole);
    assert.equal(result.private.get("k"), "v");
    assert.deepEqual(result.reported, ["error : The provider failed unexpectedly: x is not a function."]);
  });
}

test("an exception before anything was saved leaves no object", async () => {
  const declared = widget({ create: () => Promise.reject(new Error("no")) });
  const { state, reported } = await apply(declared, given, { planned });
  assert.equal(state, null);
  assert.deepEqual(reported, ["error : The provider failed unexpectedly: no."]);
});

test("what the author keeps privately comes back, and a new object begins with none of an old one's", async () => {
  const seen: (string | undefined)[] = [];
  const declared = widget({
    create: async ({ plan, private: kept }) => {
      seen.push(kept.get("old"));
      kept.set("new", "n");
      return { ...plan, id: "i" };
    },
  });
  const old = PrivateState.empty();
  old.set("old", "o");
  old.imported = true;
  const result = await apply(declared, given, { planned, private: old });
  assert.deepEqual(seen, [undefined]);
  assert.equal(result.private.get("new"), "n");
  assert.equal(result.private.get("old"), undefined);
  assert.equal(result.private.imported, false);
});

test("an aborted creation that throws is cancelled, no bug, and keeps what was saved", async () => {
  const stop = new AbortController();
  const declared = widget({
    create: async ({ save, signal }) => {
      save(whole);
      stop.abort();
      signal.throwIfAborted();
      return whole;
    },
  });

  const context = { ...callContext, signal: stop.signal };
  const { state, reported } = await apply(declared, given, { planned, context });
  assert.deepEqual(state, whole);
  assert.deepEqual(reported, ["error : Terraform stopped the provider before the operation was done."]);
});

test("an aborted creation that ends in a state all the same is a creation", async () => {
  const declared = widget();

  const context = { ...callContext, signal: AbortSignal.abort() };
  const { reported } = await apply(declared, given, { planned, context });
  assert.deepEqual(reported, []);
});

test("a creation gets what is planned for computed attributes, and what is not known yet", async () => {
  const either = string({ optional: true, computed: true, description });
  const attributes = {
    name: string({ required: true, description }),
    hash: string({ computed: true, description }),
    none: string({ computed: true, description }),
    id: string({ computed: true, description }),
    either,
    written: either,
  };
  const seen: unknown[] = [];
  const declared = widgetOf(attributes, {
    create: async ({ plan, computed }) => {
      seen.push({ ...computed });
      return { ...plan, hash: "h", none: null, id: "i", either: "e" };
    },
  });
  const { state, reported } = await apply(
    declared,
    { name: "x", written: "w" },
    { planned: { name: "x", hash: "h", none: null, id: UNKNOWN, either: UNKNOWN, written: "w" } },
  );
  assert.deepEqual(reported, []);
  assert.equal(state?.written, "w");
  assert.deepEqual(seen, [{ hash: "h", none: null, id: UNKNOWN, either: UNKNOWN, written: "w" }]);
});
