/*
 * What the compiler must accept and refuse in what a provider author writes. Nothing here runs:
 * inference.test.ts has this file compiled, and a line that `@ts-expect-error` stands over and that
 * compiles after all is a compile error itself.
 */
import {
  bool,
  type Config,
  type CreateRequest,
  type Diagnostics,
  dataSource,
  type ExactNumber,
  ephemeralResource,
  type ImportedState,
  integer,
  isUnknown,
  list,
  type MaybeUnknownConfig,
  map,
  nested,
  notBlank,
  nullableParameter,
  number,
  object,
  type Plan,
  parameter,
  provider,
  providerFunction,
  requiresReplace,
  resource,
  type State,
  set,
  string,
  types,
  type Unknown,
  type UpdateRequest,
} from "../../../src/framework/index.ts";
import { type FakeData, thing, thingAttributes } from "../../support/fake-provider.ts";
import { widget, type widgetAttributes } from "../../support/fake-resource.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

const description = "It is described.";

const attributes = {
  required: string({ required: true, description }),
  optional: string({ optional: true, description }),
  computed: string({ computed: true, description }),
  either: string({ optional: true, computed: true, description }),
  flag: bool({ required: true, description }),
  exact: number({ required: true, description }),
  whole: integer({ required: true, description }),
  words: list(types.string, { required: true, description }),
  sizes: set(types.integer, { required: true, description }),
  labels: map(types.string, { optional: true, description }),
  window: object(
    nested({
      start: string({ required: true, description }),
      end: string({ optional: true, description }),
      length: number({ computed: true, description }),
    }),
    { optional: true, description },
  ),
};

type Arguments = Config<typeof attributes>;
same<Arguments["required"], string>(true);
same<Arguments["optional"], string | null>(true);
same<Arguments["either"], string | null>(true);
same<Arguments["flag"], boolean>(true);
same<Arguments["exact"], ExactNumber>(true);
same<Arguments["whole"], number>(true);
same<Arguments["words"], readonly string[]>(true);
same<Arguments["sizes"], readonly number[]>(true);
same<Arguments["labels"], ReadonlyMap<string, string> | null>(true);
same<Arguments["window"], { readonly start: string; readonly end: string | null } | null>(true);
// A computed attribute is no argument, at any depth.
same<"computed" extends keyof Arguments ? true : false, false>(true);
same<keyof NonNullable<Arguments["window"]>, "start" | "end">(true);

type Stored = State<typeof attributes>;
same<Stored["required"], string>(true);
same<Stored["optional"], string | null>(true);
same<Stored["computed"], string | null>(true);
same<keyof Stored, keyof typeof attributes>(true);
same<keyof NonNullable<Stored["window"]>, "start" | "end" | "length">(true);

/* What is computed and never null. */

const identified = {
  name: string({ required: true, description }),
  id: string({ computed: true, notNull: true, description }),
  either: string({ optional: true, computed: true, notNull: true, description }),
  parts: list(nested({ id: string({ computed: true, notNull: true, description }) }), {
    computed: true,
    notNull: true,
    description,
  }),
};
same<State<typeof identified>["id"], string>(true);
same<State<typeof identified>["either"], string>(true);
same<State<typeof identified>["parts"], readonly { readonly id: string }[]>(true);
// A configuration may leave it out.
same<Config<typeof identified>["either"], string | null>(true);
same<ImportedState<typeof identified>["id"], string | null | undefined>(true);
same<Plan<typeof identified>["id"], string | Unknown>(true);
same<CreateRequest<typeof identified, FakeData>["computed"]["id"], string | Unknown>(true);
same<keyof CreateRequest<typeof identified, FakeData>["computed"], "id" | "either" | "parts">(true);
same<CreateRequest<typeof widgetAttributes, FakeData>["computed"]["id"], string | Unknown | null>(true);
// @ts-expect-error neither true nor false
string({ computed: true, notNull: "yes", description });

resource<FakeData>()({
  name: "fake_widget",
  description,
  attributes: identified,
  modifyPlan: ({ config, plan, state }) => {
    same<typeof config.name, string | Unknown>(true);
    same<typeof plan.id, string | Unknown>(true);
    same<NonNullable<typeof state>["id"], string>(true);
    return { plan: { either: "e" }, requiresReplace: ["name"] };
  },
  create: async ({ plan }) => ({ ...plan, id: "i", either: "e", parts: [] }),
  // @ts-expect-error the ID is never null
  read: async ({ state }) => ({ ...state, id: null }),
  update: async ({ state }) => ({ ...state, name: state.id.trim() }),
  delete: async () => {},
});
resource<FakeData>()({
  name: "fake_widget",
  description,
  attributes: identified,
  // @ts-expect-error there is no such attribute
  modifyPlan: () => ({ requiresReplace: ["ident"] }),
  create: async ({ plan }) => ({ ...plan, id: "i", either: "e", parts: [] }),
  read: async ({ state }) => state,
  update: async ({ state }) => state,
  delete: async () => {},
});

type Unsure = MaybeUnknownConfig<typeof attributes>;
same<Unsure["required"], string | Unknown>(true);
same<Unsure["optional"], string | Unknown | null>(true);
same<Unsure["words"], Unknown | readonly (string | Unknown)[]>(true);

/* The state that a read returns. */

thing({ read: async ({ config }) => ({ ...config, id: "x" }) });
thing({ read: async ({ config }) => ({ ...config, id: null }) });
// @ts-expect-error the computed attribute is missing
thing({ read: async ({ config }) => ({ ...config }) });
// @ts-expect-error an attribute is misspelt
thing({ read: async ({ config }) => ({ ...config, ident: "x" }) });
// @ts-expect-error an attribute has the wrong type
thing({ read: async ({ config }) => ({ ...config, id: 1 }) });
// @ts-expect-error a required argument cannot become null
thing({ read: async ({ config }) => ({ ...config, name: null, id: "x" }) });
// @ts-expect-error neither a state nor diagnostics
thing({ read: async () => undefined });
// @ts-expect-error there is no such argument
thing({ read: async ({ config }) => ({ ...config, id: config.ident }) });
// @ts-expect-error a read gets no computed attributes
thing({ read: async ({ config }) => ({ ...config, id: config.id }) });
thing({
  read: async ({ config }) => {
    // @ts-expect-error an optional argument may be null
    config.note.trim();
    return { ...config, id: config.name.trim() };
  },
});

dataSource<{ readonly size: number }>()({
  name: "fake_thing",
  description,
  attributes: thingAttributes,
  // @ts-expect-error what Configure makes has a type
  read: async ({ config, provider }) => ({ ...config, id: provider.size }),
});

/* Unknown values, which validate and configure may get. */

thing({
  validate({ config }) {
    // @ts-expect-error the value may be unknown
    config.name.trim();
    if (!isUnknown(config.name)) config.name.trim();
  },
});

provider<typeof thingAttributes, string>({
  name: "fake",
  description,
  attributes: thingAttributes,
  dataSources: [],
  // @ts-expect-error the value may be unknown
  configure: ({ config }) => config.name,
});

provider<typeof thingAttributes, string | Diagnostics>({
  name: "fake",
  description,
  attributes: thingAttributes,
  dataSources: [],
  configure: ({ config, diagnostics }) => (isUnknown(config.name) ? diagnostics : config.name),
});

/* Modes, and validators for a value of the right type. */

// @ts-expect-error an attribute is required, optional or computed
string({ description });
// @ts-expect-error it cannot be required and optional
string({ required: true, optional: true, description });
// @ts-expect-error it cannot be required and computed
string({ required: true, computed: true, description });
// @ts-expect-error it has a description
string({ required: true });
string({ required: true, description, validate: [notBlank()] });
// @ts-expect-error the validator is one of strings
number({ required: true, description, validate: [notBlank()] });

/* What a resource's operations get and return. */

type Create = CreateRequest<typeof widgetAttributes, FakeData>;
same<Create["plan"], { readonly name: string; readonly note: string | null }>(true);
same<Create["config"], Create["plan"]>(true);
same<Create["provider"], FakeData>(true);
type Update = UpdateRequest<typeof widgetAttributes, FakeData>;
same<Update["state"]["id"], string | null>(true);
same<Update["state"]["name"], string>(true);
same<"state" extends keyof Create ? true : false, false>(true);
same<ImportedState<typeof widgetAttributes>["name"], string | null | undefined>(true);
same<keyof ImportedState<typeof widgetAttributes>, "name" | "note" | "id">(true);

widget({ create: async ({ plan }) => ({ ...plan, id: "i" }) });
// @ts-expect-error the computed attribute is missing
widget({ create: async ({ plan }) => ({ ...plan }) });
// @ts-expect-error an attribute has the wrong type
widget({ create: async ({ plan }) => ({ ...plan, id: 1 }) });
// @ts-expect-error a plan has no computed attributes for its author
widget({ create: async ({ plan }) => ({ ...plan, id: plan.id }) });
// @ts-expect-error there is no state before a creation
widget({ create: async ({ state }) => state });
// @ts-expect-error a creation is never nothing
widget({ create: async () => null });
widget({
  create: async ({ plan, save }) => {
    save({ ...plan, id: "i" });
    // @ts-expect-error a saved state is whole
    save({ ...plan });
    return { ...plan, id: "i" };
  },
});
widget({ update: async ({ plan, state }) => ({ ...plan, id: state.id }) });
widget({ read: async () => null });
widget({ read: async ({ state }) => ({ ...state, note: null }) });
// @ts-expect-error neither a state nor null
widget({ read: async () => undefined });
widget({ import: async ({ id }) => ({ name: null, note: null, id }) });
widget({ import: async ({ id }) => ({ id }) });
// @ts-expect-error there is no such attribute
widget({ import: async ({ id }) => ({ ident: id }) });
// @ts-expect-error an attribute has the wrong type
widget({ import: async () => ({ id: 1 }) });
// @ts-expect-error an import that finds nothing is an error
widget({ import: async () => null });

resource<FakeData>()({
  name: "fake_widget",
  description,
  attributes: { name: string({ required: true, plan: [requiresReplace()], description }) },
  create: async ({ plan }) => plan,
  read: async ({ state }) => state,
  update: async ({ plan }) => plan,
  // @ts-expect-error there is no such argument
  delete: async ({ state }) => state.ident,
});

ephemeralResource<FakeData>()({
  name: "fake_token",
  description,
  attributes: thingAttributes,
  // @ts-expect-error what Configure makes has a type
  open: async ({ config, provider }) => ({ ...config, id: provider.size }),
});

/* The arguments and the result of a function. */

const choice = nested({
  index: integer({ required: true, description }),
  text: string({ optional: true, description }),
});
const named = { name: "f", summary: description, description } as const;

providerFunction({
  ...named,
  parameters: [
    parameter("choices", { kind: "list", element: choice }, description),
    nullableParameter("separator", types.string, description),
    parameter("weights", { kind: "map", element: types.number }, description),
  ],
  returns: types.string,
  call(choices, separator, weights) {
    same<typeof choices, readonly { readonly index: number; readonly text: string | null }[]>(true);
    same<typeof separator, string | null>(true);
    same<typeof weights, ReadonlyMap<string, ExactNumber>>(true);
    return choices[0]?.text ?? null;
  },
});
providerFunction({
  ...named,
  parameters: [],
  returns: types.string,
  // @ts-expect-error the result has the wrong type
  call: () => 1,
});
providerFunction({
  ...named,
  parameters: [nullableParameter("value", types.string, description)],
  returns: types.string,
  // @ts-expect-error a nullable argument may be null
  call: (value) => value.trim(),
});
