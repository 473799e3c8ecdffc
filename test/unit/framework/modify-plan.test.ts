import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, Path, UNKNOWN } from "../../../src/cty/index.ts";
import {
  Diagnostics,
  isUnknown,
  list,
  nested,
  type PlanModification,
  PrivateState,
  requiresReplace,
  string,
  useStateForUnknown,
} from "../../../src/framework/index.ts";
import { planResourceChange } from "../../../src/framework/server/index.ts";
import { callContext, configuration, configuredServer } from "../../support/fake-provider.ts";
import { plan, providerOf, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const attributes = {
  path: string({ required: true, description }),
  note: string({ optional: true, description }),
  secret: string({ optional: true, writeOnly: true, description }),
  hash: string({ computed: true, plan: [requiresReplace()], description }),
  id: string({ computed: true, notNull: true, plan: [useStateForUnknown()], description }),
  made: string({ computed: true, description }),
};
const prior = { path: "f", note: null, secret: null, hash: "old", id: "i", made: "m" };

test("the hook gets configuration, plan, state, private state and what Configure made", async () => {
  const seen: unknown[] = [];
  const declared = widgetOf(attributes, {
    modifyPlan({ config, plan: planned, state, provider, private: own }) {
      seen.push(config, { ...planned }, state === null ? null : { ...state }, provider, own.get("k"));
      return undefined;
    },
  });
  const kept = PrivateState.empty();
  kept.set("k", "v");
  await plan(declared, { path: UNKNOWN, secret: "s" }, prior, kept);
  assert.deepEqual(seen, [
    { path: UNKNOWN, note: null, secret: "s" },
    { path: UNKNOWN, note: null, secret: null, hash: UNKNOWN, id: "i", made: UNKNOWN },
    prior,
    { token: null },
    "v",
  ]);
});

test("a creation has no state, and none of what an object before it kept", async () => {
  const seen: unknown[] = [];
  const declared = widgetOf(attributes, {
    modifyPlan: async ({ state, private: own }) => {
      seen.push(state, own.get("k"), own.imported);
      return { plan: { hash: "h" } };
    },
  });
  const old = PrivateState.empty();
  old.set("k", "v");
  old.imported = true;
  const { planned } = await plan(declared, { path: "f" }, null, old);
  assert.deepEqual(seen, [null, undefined, false]);
  assert.equal(planned.hash, "h");
});

/** A resource that plans the hash of a file, which is outside of the configuration. */
function hashed(hash: string) {
  return widgetOf(attributes, {
    modifyPlan: ({ config }) => (isUnknown(config.path) ? undefined : { plan: { hash } }),
  });
}

test("what changes outside of the configuration is planned where the proposal equals the state", async () => {
  const same = await plan(hashed("old"), { path: "f" }, prior);
  assert.deepEqual({ ...same.planned }, prior);
  assert.deepEqual(same.replaces, []);
  const changed = await plan(hashed("new"), { path: "f" }, prior);
  assert.deepEqual({ ...changed.planned }, { ...prior, hash: "new", made: UNKNOWN });
  // The attribute's own modifier sees what the hook planned.
  assert.deepEqual(changed.replaces, ["hash"]);
});

test("a replacement is required by name and by path, once each", async () => {
  const listed = list(nested({ word: string({ optional: true, plan: [requiresReplace()], description }) }), {
    optional: true,
    description,
  });
  const declared = widgetOf(
    { ...attributes, listed },
    {
      modifyPlan: () => ({
        plan: { hash: "old" },
        requiresReplace: ["note", Path.root.atName("listed").atListIndex(0).atName("word"), "note"],
      }),
    },
  );
  const word = (value: string) => [objectValue([["word", value]])];
  const { replaces } = await plan(
    declared,
    { path: "f", note: "n", listed: word("b") },
    { ...prior, listed: word("a") },
  );
  assert.deepEqual(replaces, ["listed[0].word", "note"]);
});

test("warnings come with the plan, and errors too", async () => {
  const declared = (answer: "warning" | "error") =>
    widgetOf(attributes, {
      modifyPlan: ({ diagnostics }) => {
        if (answer === "warning")
          diagnostics.addAttributeWarning(Path.root.atName("path"), "W", "It is large.");
        else return diagnostics.addAttributeError(Path.root.atName("path"), "E", "It is not there.");
        return { plan: { hash: "new" } };
      },
    });
  const warned = await plan(declared("warning"), { path: "f" }, prior);
  assert.deepEqual(warned.reported, ["warning path: It is large."]);
  assert.equal(warned.planned.hash, "new");
  assert.deepEqual((await plan(declared("error"), { path: "f" }, prior)).reported, [
    "error path: It is not there.",
  ]);
  assert.deepEqual((await plan(declared("error"), { path: "f" })).reported, ["error path: It is not there."]);
});

test("diagnostics of the author's own are reported", async () => {
  const declared = widgetOf(attributes, {
    modifyPlan: () => new Diagnostics().addError("E", "It is refused."),
  });
  assert.deepEqual((await plan(declared, { path: "f" })).reported, ["error : It is refused."]);
});

test("an exception is a diagnostic", async () => {
  const declared = widgetOf(attributes, {
    modifyPlan: () => {
      throw new Error("no");
    },
  });
  const { reported } = await plan(declared, { path: "f" }, prior);
  assert.deepEqual(reported, ["error : The provider failed unexpectedly: no."]);
});

test("a planned value that the schema does not allow is a bug diagnostic, and is not planned", async () => {
  for (const [wrong, what] of [
    [
      { hash: 5 },
      "error hash: modifyPlan of fake_widget returned a value that its schema does not allow: hash: a string is required, got a number.",
    ],
    [
      { unheard: "of" },
      "error unheard: modifyPlan of fake_widget returned a value that its schema does not allow: unheard: unsupported attribute.",
    ],
  ] as const) {
    const declared = {
      ...widgetOf(attributes),
      modifyPlan: () => ({ plan: wrong }) as PlanModification<never>,
    };
    const { reported, planned } = await plan(declared, { path: "f" }, prior);
    assert.deepEqual(reported, [what]);
    assert.deepEqual({ ...planned }, prior);
  }
});

test("what the hook plans for a write-only argument is not planned", async () => {
  const declared = widgetOf(attributes, {
    modifyPlan: ({ config }) => ({ plan: { secret: config.secret } }),
  });
  assert.equal((await plan(declared, { path: "f", secret: "s" }, prior)).planned.secret, null);
});

test("a hook needs a configured provider, and a resource without one does not", async () => {
  const change = {
    config: configuration(attributes, { path: "f" }),
    prior: null,
    proposed: configuration(attributes, { path: "f" }),
    private: PrivateState.empty(),
  };
  for (const [declared, expected] of [
    [hashed("h"), ["Terraform asked for an object before it configured the provider."]],
    [widgetOf(attributes), []],
  ] as const) {
    const server = configuredServer(providerOf(declared), null);
    const { diagnostics } = await planResourceChange(server, declared, change, callContext);
    assert.deepEqual(
      [...diagnostics].map(({ detail }) => detail.split("\n")[0]),
      expected,
    );
  }
});
