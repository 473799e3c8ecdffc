import type { Value } from "../../src/cty/index.ts";
import type { Attributes, DataSource } from "../../src/framework/index.ts";
import { readDataSource } from "../../src/framework/server/index.ts";
import {
  callContext,
  configuration,
  configuredServer,
  type FakeData,
  thingAttributes,
  thingOf,
} from "./fake-provider.ts";

export interface Answer {
  readonly state: unknown;
  /** "path: detail's first paragraph" of each diagnostic. */
  readonly reported: readonly string[];
}

/** Reads a data source as the framework does: its state as a plain object, and its diagnostics. */
export async function read(
  source: DataSource<FakeData>,
  given: { readonly [name: string]: Value },
  server = configuredServer(),
): Promise<Answer> {
  const config = configuration(source.schema.attributes, given);
  const { state, diagnostics } = await readDataSource(server, source, config, callContext);
  const reported = [...diagnostics].map(({ path, detail }) => `${path ?? ""}: ${detail.split("\n")[0]}`);
  return { state: state === undefined ? undefined : { ...state }, reported };
}

/** A data source whose read returns what the types forbid: a mistake that only the framework can see. */
export function returning(state: unknown, attributes: Attributes = thingAttributes): DataSource<FakeData> {
  return { ...thingOf(attributes), read: () => Promise.resolve(state as never) };
}
