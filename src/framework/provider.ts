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

/** A provider as the framework serves it. */
export interface Provider<P = unknown> {
  readonly name: string;
  readonly schema: Schema;
  readonly dataSources: ReadonlyMap<string, DataSource<P>>;
  readonly resources: ReadonlyMap<string, Resource<P>>;
  readonly ephemeralResources: ReadonlyMap<string, EphemeralResource<P>>;
  readonly listResources: ReadonlyMap<string, ListResource<P>>;
  readonly actions: ReadonlyMap<string, Action<P>>;
  readonly functions: ReadonlyMap<string, ProviderFunction>;
  validate(request: { config: MaybeUnknownConfig<Attributes>; diagnostics: Diagnostics }): void;
  configure(request: ConfigureRequest<Attributes>): P | Diagnostics;
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
