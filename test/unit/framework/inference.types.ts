/*
 * What the compiler must accept and refuse in what a provider author writes. Nothing here runs:
 * inference.test.ts has this file compiled, and a line that `@ts-expect-error` stands over and that
 * compiles after all is a compile error itself.
 */
import {
  bool,
  type Config,
  type Diagnostics,
  dataSource,
  type ExactNumber,
  integer,
  isUnknown,
  list,
  type MaybeUnknownConfig,
  map,
  nested,
  notBlank,
  number,
  object,
  provider,
  type State,
  set,
  string,
  types,
  type Unknown,
} from "../../../src/framework/index.ts";
import { thing, thingAttributes } from "../../support/fake-provider.ts";

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
