import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNumber } from "../../../src/cty/index.ts";
import {
  Diagnostics,
  number,
  PrivateState,
  type ResourceDefinition,
  rawStateMover,
  rawStateUpgrader,
  requiresReplace,
  set,
  stateMover,
  stateUpgrader,
  string,
  types,
} from "../../../src/framework/index.ts";
import { ProviderService, type RawState } from "../../../src/tfplugin6/messages.gen.ts";
import type { FakeData } from "../../support/fake-provider.ts";
import { plan, providerOf, widgetOf } from "../../support/fake-resource.ts";
import { serve } from "../../support/provider-client.ts";
import { type ResourceClient, reported, serveResource } from "../../support/resource-client.ts";

const description = "It is described.";
const attributes = {
  name: string({ required: true, plan: [requiresReplace()], description }),
  size: number({ optional: true, description }),
  words: set(types.string, { optional: true, description }),
  secret: string({ optional: true, writeOnly: true, description }),
  id: string({ computed: true, notNull: true, description }),
};
const first = {
  title: string({ required: true, description }),
  size: string({ optional: true, description }),
};
const second = { ...first, size: number({ optional: true, description }) };

type Definition = ResourceDefinition<typeof attributes, FakeData>;

/** Version 2 of a resource, whose name was a title, and whose size was a text in version 0. */
function upgraded(definition: Partial<Definition> = {}) {
  return widgetOf(attributes, {
    version: 2,
    upgradeState: {
      0: stateUpgrader(first, ({ state }) => ({
        name: state.title,
        size: state.size === null ? null : parseNumber(state.size),
        words: null,
        secret: null,
        id: `id-of-${state.title}`,
      })),
      1: stateUpgrader(second, async ({ state: { title, size } }) => ({
        name: title,
        size,
        words: null,
        secret: "leaked",
        id: `id-of-${title}`,
      })),
    },
    ...definition,
  });
}

const json = (text: string): Partial<RawState> => ({ json: Buffer.from(text) });

function upgrade({ client, type_name }: ResourceClient, text: string, version: number) {
  return client.unary(ProviderService.UpgradeResourceState, { type_name, version, raw_state: json(text) });
}

const exact = "9007199254740993.000000000000000001";
const current = { name: "x", size: parseNumber(exact), words: null, secret: null, id: "id-of-x" };

test("a state of each older version becomes one of the current, with all its digits", async (context) => {
  const served = await serveResource(context, upgraded());
  for (const [version, text] of [
    [0, `{"title":"x","size":"${exact}"}`],
    [1, `{"title":"x","size":${exact}}`],
    [2, `{"name":"x","size":${exact},"id":"id-of-x"}`],
  ] as const) {
    const response = await upgrade(served, text, version);
    assert.deepEqual(reported(response.diagnostics), []);
    assert.deepEqual(served.decode(response.upgraded_state), current);
  }
});

test("a provider that was not configured upgrades a state too", async (context) => {
  const client = await serve(context, providerOf(upgraded()));
  const response = await client.unary(ProviderService.UpgradeResourceState, {
    type_name: "fake_widget",
    version: 0,
    raw_state: json('{"title":"x"}'),
  });
  assert.deepEqual(reported(response.diagnostics), []);
  assert.ok(response.upgraded_state);
});

const advice =
  "Use the provider's version that wrote it, or remove the object from the state and import it again.";

test("a version without an upgrader names those that can be read", async (context) => {
  const { upgradeState: all, ...declared } = upgraded();
  const some = { ...declared, upgradeState: new Map([...all].filter(([version]) => version === 1)) };
  const served = await serveResource(context, some);
  for (const version of [0, 3]) {
    const response = await upgrade(served, "{}", version);
    assert.equal(response.upgraded_state, undefined);
    assert.deepEqual(reported(response.diagnostics), [
      `error : The state of this fake_widget was written by version ${version} of its schema, and this provider reads ` +
        `versions 1, 2. ${advice}`,
    ]);
  }
});

test("a state that is none of its version is reported, with what to do", async (context) => {
  const served = await serveResource(context, upgraded());
  const response = await upgrade(served, '{"title":["x"]}', 0);
  assert.equal(response.upgraded_state, undefined);
  assert.deepEqual(reported(response.diagnostics), [
    `error : The state of this fake_widget has a value that its schema does not allow: title: a string is required, got a JSON array. ${advice}`,
  ]);
  assert.equal(served.decode((await upgrade(served, "null", 0)).upgraded_state), null);
});

for (const [what, convert, expected] of [
  ["an error", ({ diagnostics }) => diagnostics.addError("No", "It is too old."), "error : It is too old."],
  [
    "an exception",
    () => {
      throw new Error("no");
    },
    "error : The provider failed unexpectedly: no.",
  ],
  [
    "diagnostics without an error",
    () => new Diagnostics(),
    "error : Upgrading the state of fake_widget from version 0 gave neither a state nor an error.",
  ],
  [
    "nothing",
    () => undefined as never,
    "error : Upgrading the state of fake_widget from version 0 gave neither a state nor an error.",
  ],
  [
    "a value that the schema does not allow",
    () => ({ ...current, size: "x" }) as never,
    "error size: The provider returned a value that its schema does not allow: size: a number is required, got a string.",
  ],
  [
    "no ID",
    () => ({ ...current, id: null }) as never,
    "error id: The provider returned no value for id, which must have one.",
  ],
] as const satisfies readonly (readonly [
  string,
  Parameters<typeof stateUpgrader<typeof first, never>>[1],
  string,
])[]) {
  test(`an upgrade that ends in ${what} answers with no state`, async (context) => {
    const served = await serveResource(
      context,
      upgraded({ upgradeState: { 0: stateUpgrader(first, convert) } }),
    );
    const response = await upgrade(served, '{"title":"x"}', 0);
    assert.equal(response.upgraded_state, undefined);
    assert.deepEqual(reported(response.diagnostics), [expected]);
  });
}

test("a warning comes beside the upgraded state", async (context) => {
  const upgrader = stateUpgrader(first, ({ diagnostics }) => {
    diagnostics.addWarning("Old", "It was old.");
    return { name: "x", size: null, words: null, secret: null, id: "i" };
  });
  const served = await serveResource(context, upgraded({ upgradeState: { 0: upgrader } }));
  const response = await upgrade(served, '{"title":"x"}', 0);
  assert.deepEqual(reported(response.diagnostics), ["warning : It was old."]);
  assert.equal(served.decode(response.upgraded_state)?.id, "i");
});

test("an upgrader of the current version or of a later one is a programmer's mistake", () => {
  const upgrader = stateUpgrader(first, (): never => assert.fail("called"));
  for (const version of [2, 3, -1, 0.5]) {
    assert.throws(
      () => upgraded({ upgradeState: { [version]: upgrader } }),
      new RegExp(`version ${version} cannot be upgraded: the schema has version 2`),
    );
  }
});

/* Moves from other types. */

const source = { type: "openai_widget", provider: "mkdev-me/openai" };

/** A resource that takes over the states of others' widgets, knowing their names only. */
function moving() {
  return widgetOf(attributes, {
    moveState: [
      stateMover(source, { title: first.title }, ({ state }) => ({ id: state.title })),
      stateMover({ ...source, version: 1 }, { title: first.title }, async ({ state }) => ({
        id: `${state.title}-1`,
      })),
      stateMover({ type: "fake_thing" }, { label: first.title }, ({ state }) => ({
        name: state.label,
        id: "i",
        secret: "leaked",
      })),
    ],
  });
}

interface Source {
  readonly version?: number;
  readonly provider?: string;
}

function move(
  { client }: ResourceClient,
  source_type_name: string,
  text: string,
  { version = 0, provider = "registry.terraform.io/mkdev-me/openai" }: Source = {},
) {
  return client.unary(ProviderService.MoveResourceState, {
    source_provider_address: provider,
    source_type_name,
    source_schema_version: version,
    source_state: json(text),
    target_type_name: "fake_widget",
    source_private: Buffer.from('{"k":"theirs"}'),
  });
}

test("a moved state has what is known, and null for the rest", async (context) => {
  const served = await serveResource(context, moving());
  const nothing = { name: null, size: null, words: null, secret: null, id: null };
  for (const [response, expected] of [
    [await move(served, "openai_widget", '{"title":"x"}'), { ...nothing, id: "x" }],
    [await move(served, "openai_widget", '{"title":"x"}', { version: 1 }), { ...nothing, id: "x-1" }],
    [
      await move(served, "fake_thing", '{"label":"y"}', { provider: "example.com/any/one" }),
      { ...nothing, name: "y", id: "i" },
    ],
  ] as const) {
    assert.deepEqual(reported(response.diagnostics), []);
    assert.deepEqual(served.decode(response.target_state), expected);
    // Nothing of the other provider's, but that arguments over null are adopted as after an import.
    const own = PrivateState.decode(response.target_private);
    assert.equal(own.get("k"), undefined);
    assert.equal(own.imported, true);
  }
});

test("over what a move left null, an argument is adopted in place", async (context) => {
  const declared = moving();
  const served = await serveResource(context, declared);
  const response = await move(served, "openai_widget", '{"title":"x"}');
  const prior = served.decode(response.target_state);
  assert.ok(prior);
  const moved = PrivateState.decode(response.target_private);
  assert.deepEqual((await plan(declared, { name: "n" }, prior, moved)).replaces, []);
  assert.deepEqual((await plan(declared, { name: "n" }, prior)).replaces, ["name"]);
});

/** A resource whose states of version 0 to 2, of any shape, are read as text. */
function raw() {
  const titleIn = (text: string) => /"title":"(\w+)"/.exec(text)?.[1] ?? null;
  const upgrader = rawStateUpgrader(({ rawState }) => ({ id: titleIn(rawState), secret: "leaked" }));
  return widgetOf(attributes, {
    version: 3,
    upgradeState: { 0: upgrader, 1: upgrader, 2: upgrader },
    moveState: [rawStateMover(source, ({ rawState }) => ({ id: titleIn(rawState) }))],
  });
}

test("of a raw state of any version, what is not known is null, for a read to fill in", async (context) => {
  const served = await serveResource(context, raw());
  const nothing = { name: null, size: null, words: null, secret: null };
  for (const version of [0, 1, 2]) {
    for (const [text, id] of [
      ['{"title":"x","more":[1,{"a":null}]}', "x"],
      ['{"label":"x"}', null],
    ] as const) {
      const upgradedState = await upgrade(served, text, version);
      assert.deepEqual(reported(upgradedState.diagnostics), []);
      assert.deepEqual(served.decode(upgradedState.upgraded_state), { ...nothing, id });
      const moved = await move(served, "openai_widget", text, { version });
      assert.deepEqual(reported(moved.diagnostics), []);
      assert.deepEqual(served.decode(moved.target_state), { ...nothing, id });
    }
  }
  assert.equal(served.decode((await upgrade(served, " null ", 0)).upgraded_state), null);
  for (const [text, why] of [
    ["[]", "an object is required, got a JSON array"],
    ['"x"', "an object is required, got a JSON string"],
    ["true", "an object is required, got a JSON literal"],
    ['{"title":"x"', "ends too early"],
    ["null null", "JSON"],
    ['{"title":"a\nb"}', "is not valid"],
  ] as const) {
    for (const { diagnostics } of [
      await upgrade(served, text, 1),
      await move(served, "openai_widget", text),
    ]) {
      assert.doesNotMatch(diagnostics[0]?.summary ?? "", /bug/);
      assert.match(diagnostics[0]?.detail ?? "", new RegExp(why, "i"), text);
    }
  }
  const refused = await move(served, "openai_gadget", "{}");
  assert.match(refused.diagnostics[0]?.detail ?? "", /Accepted: openai_widget of mkdev-me\/openai\.$/);
});

test("a move from another provider, type or version is refused with what can be moved", async (context) => {
  const served = await serveResource(context, moving());
  for (const [type, options] of [
    ["openai_gadget", {}],
    ["openai_widget", { version: 2 }],
    ["openai_widget", { provider: "registry.terraform.io/openai/openai" }],
    ["openai_widget", { provider: "registry.terraform.io/not-mkdev-me/openai" }],
  ] as const) {
    const { diagnostics, target_state } = await move(served, type, '{"title":"x"}', options);
    assert.equal(target_state, undefined);
    assert.equal(diagnostics[0]?.summary, "Resource cannot be moved");
    const { version = 0, provider = "registry.terraform.io/mkdev-me/openai" }: Source = options;
    assert.equal(
      diagnostics[0]?.detail.split("\n\n")[1],
      `Given: ${type} of ${provider}, version ${version}. Accepted: openai_widget of mkdev-me/openai, version 0; ` +
        "openai_widget of mkdev-me/openai, version 1; fake_thing, version 0.",
    );
  }
});

test("a state to move that is not as expected is reported, with what to do", async (context) => {
  const served = await serveResource(context, moving());
  const { diagnostics, target_state } = await move(served, "openai_widget", '{"other":1}');
  assert.equal(target_state, undefined);
  assert.deepEqual(reported(diagnostics), [
    "error : The state of the openai_widget has a value that was not expected there: other: unsupported attribute. " +
      "Remove the moved block, and import the object instead.",
  ]);
});

test("Terraform is asked to move states only where some resource does", async (context) => {
  for (const [declared, expected] of [
    [moving(), true],
    [widgetOf(attributes), false],
  ] as const) {
    const { client } = await serveResource(context, declared);
    const schemas = await client.unary(ProviderService.GetProviderSchema, {});
    const metadata = await client.unary(ProviderService.GetMetadata, {});
    assert.equal(schemas.server_capabilities?.move_resource_state, expected);
    assert.equal(metadata.server_capabilities?.move_resource_state, expected);
  }
});

test("two movers for one source are a programmer's mistake", () => {
  const mover = stateMover(source, first, () => ({}));
  assert.throws(() => widgetOf(attributes, { moveState: [mover, mover] }), /two entries of moveState/);
});
