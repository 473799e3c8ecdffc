import type { Action } from "./action.ts";
import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type { DataSource } from "./data-source.ts";
import type { Diagnostics } from "./diagnostic.ts";
import type { EphemeralResource } from "./ephemeral-resource.ts";
import type { MaybeUnknownConfig } from "./kind.ts";
import type { ListResource } from "./list-resource.ts";
import type { Logger } from "./log.ts";
import type { ProviderFunction } from "./provider-function.ts";
import type { Resource } from "./resource.ts";
import { type Schema, schema } from "./schema.ts";

/** What a provider's author declares. */
export interface ProviderDefinition<A extends Attributes, P> {
  /** The type name, which every object's name begins with: `openai`. */
  readonly name: string;
  readonly description: string;
  readonly attributes: A;
  /** Checks that relate arguments to each other: `exactlyOneOf("id", "name")`. */
  readonly configValidators?: readonly ConfigValidator[];
  readonly dataSources: readonly DataSource<P>[];
  readonly resources?: readonly Resource<P>[];
  readonly ephemeralResources?: readonly EphemeralResource<P>[];
  /** Each lists the objects of the resource of its name, which has an identity. */
  readonly listResources?: readonly ListResource<P>[];
  readonly actions?: readonly Action<P>[];
  readonly functions?: readonly ProviderFunction[];
  /** Checks the configuration as a whole. Each argument's own validators have passed. */
  validate?(request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }): void;
  /**
   * Makes what data sources and resources get as `provider`. Called once a configuration, several
   * times in a debug session. Values may be unknown at plan; an error stops the whole run, so what
   * only some objects need is better left to them.
   */
  configure(request: ConfigureRequest<A>): P | Diagnostics;
}

export interface ConfigureRequest<A extends Attributes> {
  readonly config: MaybeUnknownConfig<A>;
  /** As Terraform reports it, "1.11.4"; empty from a client that does not. */
  readonly terraformVersion: string;
  readonly diagnostics: Diagnostics;
  readonly log: Logger;
}

/** The objects of one kind, by name: a Map, or what loads each at the first call that names it. */
export interface Objects<T> {
  keys(): Iterable<string>;
  get(name: string): T | undefined | Promise<T | undefined>;
}

/** All objects of a kind, loaded. */
export async function loadAll<T>(objects: Objects<T>): Promise<Map<string, T>> {
  const all = new Map<string, T>();
  for (const name of objects.keys()) {
    const object = await objects.get(name);
    if (object !== undefined) all.set(name, object);
  }
  return all;
}

/** A provider as the framework serves it. */
export interface ServedProvider<P = unknown> {
  readonly name: string;
  readonly schema: Schema;
  readonly dataSources: Objects<DataSource<P>>;
  readonly resources: Objects<Resource<P>>;
  readonly ephemeralResources: Objects<EphemeralResource<P>>;
  readonly listResources: Objects<ListResource<P>>;
  readonly actions: Objects<Action<P>>;
  readonly functions: Objects<ProviderFunction>;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  configure(request: ConfigureRequest<Attributes>): P | Diagnostics | Promise<P | Diagnostics>;
}

/** A provider with all of its objects loaded and checked. */
export interface Provider<P = unknown> extends ServedProvider<P> {
  readonly dataSources: ReadonlyMap<string, DataSource<P>>;
  readonly resources: ReadonlyMap<string, Resource<P>>;
  readonly ephemeralResources: ReadonlyMap<string, EphemeralResource<P>>;
  readonly listResources: ReadonlyMap<string, ListResource<P>>;
  readonly actions: ReadonlyMap<string, Action<P>>;
  readonly functions: ReadonlyMap<string, ProviderFunction>;
  configure(request: ConfigureRequest<Attributes>): P | Diagnostics;
}

/** What loads the objects of one kind, by name. */
export type Loaders<T> = Readonly<Record<string, () => Promise<T | undefined>>>;

/** What loads the objects of each kind. */
export interface ObjectLoaders<P> {
  readonly dataSources: Loaders<DataSource<P>>;
  readonly resources: Loaders<Resource<P>>;
  readonly ephemeralResources: Loaders<EphemeralResource<P>>;
  readonly listResources: Loaders<ListResource<P>>;
  readonly actions: Loaders<Action<P>>;
  readonly functions: Loaders<ProviderFunction>;
}

/** Declares a provider. Throws Error where a schema or name breaks one of Terraform's rules. */
export function provider<const A extends Attributes, P>(definition: ProviderDefinition<A, P>): Provider<P> {
  if (!/^[a-z][a-z0-9]*$/.test(definition.name)) {
    throw new Error(`The provider's name ${definition.name} has characters beside a-z and 0-9.`);
  }
  const checked = schema("provider", definition.name, definition);
  const { name } = definition;
  const objects = {
    dataSources: byName("data source", name, definition.dataSources),
    resources: byName("resource", name, definition.resources ?? []),
    ephemeralResources: byName("ephemeral resource", name, definition.ephemeralResources ?? []),
    listResources: byName("list resource", name, definition.listResources ?? []),
    actions: byName("action", name, definition.actions ?? []),
    functions: onlyOnce("function", definition.functions ?? []),
  };
  for (const listed of objects.listResources.keys()) {
    if (objects.resources.get(listed)?.identity === undefined)
      throw new Error(`The list resource ${listed} needs a resource of its name that has an identity.`);
  }
  const erased: Pick<Provider<P>, "validate" | "configure"> = {
    validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
      definition.validate?.(request),
    configure: (request: ConfigureRequest<A>) => definition.configure(request),
  };
  return { name, schema: checked, ...objects, ...erased };
}

/** What is declared of a provider whose objects are loaded by name. */
export interface LoadedByNameDefinition<A extends Attributes, P>
  extends Pick<
    ProviderDefinition<A, P>,
    "name" | "description" | "attributes" | "configValidators" | "validate"
  > {
  readonly objects: ObjectLoaders<P>;
  /** As a provider's `configure`, which may be loaded first. */
  configure(request: ConfigureRequest<A>): P | Diagnostics | Promise<P | Diagnostics>;
}

/** Declares a provider that loads an object at the first call that names it: names are checked by `provider`. */
export function providerByName<const A extends Attributes, P>(
  definition: LoadedByNameDefinition<A, P>,
): ServedProvider<P> {
  const { name, objects } = definition;
  const erased: Pick<ServedProvider<P>, "validate" | "configure"> = {
    validate: (request: { config: MaybeUnknownConfig<A>; diagnostics: Diagnostics }) =>
      definition.validate?.(request),
    configure: (request: ConfigureRequest<A>) => definition.configure(request),
  };
  return {
    name,
    schema: schema("provider", name, definition),
    dataSources: loadedByName(objects.dataSources),
    resources: loadedByName(objects.resources),
    ephemeralResources: loadedByName(objects.ephemeralResources),
    listResources: loadedByName(objects.listResources),
    actions: loadedByName(objects.actions),
    functions: loadedByName(objects.functions),
    ...erased,
  };
}

function loadedByName<T>(loaders: Loaders<T>): Objects<T> {
  return {
    keys: () => Object.keys(loaders),
    get: (name) => (Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined),
  };
}

function byName<T extends { readonly name: string }>(
  what: string,
  provider: string,
  objects: readonly T[],
): Map<string, T> {
  for (const object of objects) checkName(provider, object.name);
  return onlyOnce(what, objects);
}

function onlyOnce<T extends { readonly name: string }>(what: string, objects: readonly T[]): Map<string, T> {
  const result = new Map<string, T>();
  for (const object of objects) {
    if (result.has(object.name)) throw new Error(`The ${what} ${object.name} is declared twice.`);
    result.set(object.name, object);
  }
  return result;
}

/** Terraform finds an object's provider by the part of its name before the first underscore. */
function checkName(provider: string, name: string): void {
  if (!new RegExp(`^${provider}_[a-z0-9_]+$`).test(name)) {
    throw new Error(
      `The name ${name} does not begin with ${provider}_, or has characters beside a-z, 0-9 and _.`,
    );
  }
}
