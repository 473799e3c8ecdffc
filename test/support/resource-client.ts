import type { TestContext } from "node:test";
import { decodeMsgpack, type Value } from "../../src/cty/index.ts";
import { type Provider, type Resource, resource, string } from "../../src/framework/index.ts";
import type { Input } from "../../src/protobuf/input.ts";
import { type Diagnostic, type DynamicValue, ProviderService } from "../../src/tfplugin6/messages.gen.ts";
import { configuration, type FakeData } from "./fake-provider.ts";
import { providerOf } from "./fake-resource.ts";
import { type ProviderClient, serve, wire } from "./provider-client.ts";

type Given = { readonly [name: string]: Value };

/** A client of a configured provider with one resource, and that resource's values on the wire and back. */
export interface ResourceClient {
  readonly client: ProviderClient;
  readonly type_name: string;
  /** A configuration or state of the resource; null is no object. */
  encode(given: Given | null): Input<DynamicValue>;
  /** What a response holds: a plain object, null for no object, undefined for no answer. */
  decode(value: DynamicValue | undefined): Given | null | undefined;
}

export async function serveResource(
  context: TestContext,
  declared: Resource<FakeData>,
  provider: Provider<FakeData> = providerOf(declared),
): Promise<ResourceClient> {
  const client = await serve(context, provider);
  await client.unary(ProviderService.ConfigureProvider, {});
  const { schema, name } = declared;
  return {
    client,
    type_name: name,
    encode: (given) =>
      given === null
        ? { msgpack: Buffer.from([0xc0]) }
        : wire(configuration(schema.attributes, given), schema),
    decode: (value) => {
      if (value === undefined) return undefined;
      const decoded = decodeMsgpack(value.msgpack, schema.type);
      return decoded === null ? null : Object.fromEntries(Object.entries(decoded));
    },
  };
}

/** "severity path: detail's first paragraph" of each diagnostic. */
export function reported(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, attribute, detail }) => {
    const path = attribute?.steps.map((s) => s.attribute_name ?? s.element_key_string ?? s.element_key_int);
    return `${severity === 1 ? "error" : "warning"} ${path?.join(".") ?? ""}: ${detail.split("\n")[0]}`;
  });
}

/** A resource whose state is the ID that it is imported by, and a secret that is never stored. */
export const secretive = resource<FakeData>()({
  name: "fake_widget",
  description: "Keeps a widget.",
  attributes: {
    name: string({ optional: true, description: "A name." }),
    secret: string({ optional: true, writeOnly: true, description: "A secret." }),
  },
  create: async ({ plan }) => plan,
  read: async ({ state }) => state,
  update: async ({ plan }) => plan,
  delete: async () => {},
  import: async ({ id }) => ({ name: id, secret: "leaked" }),
});
