import { type ObjectValue, objectValue, type Value } from "../../src/cty/index.ts";
import {
  type Attributes,
  createLogger,
  type DataSource,
  type DataSourceDefinition,
  dataSource,
  type Provider,
  type ProviderDefinition,
  provider,
  string,
} from "../../src/framework/index.ts";
import { type CallContext, ProviderServer } from "../../src/framework/server/index.ts";

/** What the fake provider's Configure makes: the token it was configured with. */
export interface FakeData {
  readonly token: string | null;
}

export const fakeProviderAttributes = {
  token: string({ optional: true, sensitive: true, description: "A token." }),
};

export const thingAttributes = {
  name: string({ required: true, description: "The thing's name." }),
  note: string({ optional: true, description: "A note." }),
  id: string({ computed: true, description: "The thing's identifier." }),
};

type ThingDefinition = DataSourceDefinition<typeof thingAttributes, FakeData>;

/** The data source `fake_thing`; its read returns the arguments and the id `id-of-NAME`. */
export function thing(definition: Partial<ThingDefinition> = {}): DataSource<FakeData> {
  return dataSource<FakeData>()({
    name: "fake_thing",
    description: "Reads a thing.",
    attributes: thingAttributes,
    read: async ({ config }) => ({ ...config, id: `id-of-${config.name}` }),
    ...definition,
  });
}

/** A data source `fake_thing` with attributes of the test's own, of which nothing is read. */
export function thingOf<const A extends Attributes>(
  attributes: A,
  definition: Partial<DataSourceDefinition<A, FakeData>> = {},
): DataSource<FakeData> {
  return dataSource<FakeData>()({
    name: "fake_thing",
    description: "Reads a thing.",
    attributes,
    read: async ({ diagnostics }) => diagnostics.addError("Not read", "This test reads nothing."),
    ...definition,
  });
}

type FakeDefinition = ProviderDefinition<typeof fakeProviderAttributes, FakeData>;

/** The provider `fake`, with the data source `fake_thing`. */
export function fakeProvider(definition: Partial<FakeDefinition> = {}): Provider<FakeData> {
  return provider<typeof fakeProviderAttributes, FakeData>({
    name: "fake",
    description: "Reads things.",
    attributes: fakeProviderAttributes,
    dataSources: [thing()],
    configure: ({ config }) => ({ token: typeof config.token === "string" ? config.token : null }),
    ...definition,
  });
}

/** A logger that writes nothing. */
export const silent = createLogger("off");

/** The framework's server of a provider, configured unless `data` is null. */
export function configuredServer(
  declared = fakeProvider(),
  data: FakeData | null = { token: null },
): ProviderServer<FakeData> {
  const server = new ProviderServer(declared, silent);
  if (data !== null) server.configured(data);
  return server;
}

export const callContext: CallContext = { signal: new AbortController().signal, log: silent };

/** A configuration as Terraform sends it: each attribute that is not given is null. */
export function configuration(
  attributes: Attributes,
  given: { readonly [name: string]: Value },
): ObjectValue {
  const names = new Set([...Object.keys(attributes), ...Object.keys(given)]);
  return objectValue([...names].map((name) => [name, given[name] ?? null]));
}
