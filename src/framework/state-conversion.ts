import type { Type } from "../cty/index.ts";
import type { Attributes } from "./attribute.ts";
import type { Diagnostics } from "./diagnostic.ts";
import { objectType, type State } from "./kind.ts";
import type { Logger } from "./log.ts";

/** What a conversion gets: the old state. The provider need not be configured, so there is no client. */
export interface ConversionRequest<A extends Attributes> {
  readonly state: State<A>;
  readonly diagnostics: Diagnostics;
  readonly log: Logger;
}

type Convert<From extends Attributes, To> = (
  request: ConversionRequest<From>,
) => To | Diagnostics | Promise<To | Diagnostics>;

/** Converts a state of an older version of a resource's schema. Made by `stateUpgrader`. */
export interface StateUpgrader<To = unknown> {
  /** The cty type of the old state. */
  readonly type: Type;
  convert(request: ConversionRequest<Attributes>): To | Diagnostics | Promise<To | Diagnostics>;
}

/** Converts a state of another type of resource. Made by `stateMover`. */
export interface StateMover<To = unknown> extends StateUpgrader<To> {
  readonly from: MoveSource;
}

export interface MoveSource {
  /** The type of the resource that is moved: `openai_file`. */
  readonly type: string;
  /** The end of its provider's address, `mkdev-me/openai`. Left out means any provider. */
  readonly provider?: string;
  /** The version of its schema. Left out means 0. */
  readonly version?: number;
}

/**
 * Declares how a state is converted that an older version wrote. `attributes` are those of the old schema,
 * all of them: only their kinds matter. The result is a whole state of the current schema.
 */
export function stateUpgrader<const A extends Attributes, To>(
  attributes: A,
  convert: Convert<A, To>,
): StateUpgrader<To> {
  // Method syntax makes parameters bivariant: the framework decodes the state by this very type.
  return { type: objectType(attributes), convert: (request: ConversionRequest<A>) => convert(request) };
}

/** As `stateUpgrader` for a `moved` block across types. Attributes that the result leaves out are null. */
export function stateMover<const A extends Attributes, To>(
  from: MoveSource,
  attributes: A,
  convert: Convert<A, To>,
): StateMover<To> {
  return { from, ...stateUpgrader(attributes, convert) };
}

/** Throws Error where an upgrader could never be called, or a version between could not be read. */
export function checkUpgraders(name: string, version: number, versions: readonly number[]): void {
  const wrong = versions.find((each) => !Number.isSafeInteger(each) || each < 0 || each >= version);
  if (wrong !== undefined) {
    throw new Error(
      `Invalid schema of resource ${name}: version ${wrong} cannot be upgraded: the schema has version ${version}.`,
    );
  }
}

/** Throws Error where two movers are for the same source. */
export function checkMovers(name: string, movers: readonly StateMover[]): void {
  const sources = movers.map(
    ({ from: { type, provider = "", version = 0 } }) => `${provider} ${type} ${version}`,
  );
  if (new Set(sources).size < sources.length) {
    throw new Error(`Invalid schema of resource ${name}: two entries of moveState have the same source.`);
  }
}
