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

/** What a conversion gets of a state whose schema is not declared. */
export interface RawConversionRequest extends Omit<ConversionRequest<Attributes>, "state"> {
  /** The state as JSON text, as it was stored. */
  readonly rawState: string;
}

type Converted<To> = To | Diagnostics | Promise<To | Diagnostics>;
type Convert<From extends Attributes, To> = (request: ConversionRequest<From>) => Converted<To>;
type ConvertRaw<To> = (request: RawConversionRequest) => Converted<To>;

/** Converts a state of an older version of a resource's schema. Made by `stateUpgrader` or `rawStateUpgrader`. */
export type StateUpgrader<To = unknown> = TypedUpgrader<To> | RawUpgrader<To>;

export interface TypedUpgrader<To = unknown> {
  /** The cty type of the old state. */
  readonly type: Type;
  convert(request: ConversionRequest<Attributes>): Converted<To>;
}

export interface RawUpgrader<To = unknown> {
  readonly type?: undefined;
  convertRaw(request: RawConversionRequest): Converted<To>;
}

/** Converts a state of another type of resource. Made by `stateMover` or `rawStateMover`. */
export type StateMover<To = unknown> = StateUpgrader<To> & { readonly from: MoveSource };

export interface MoveSource {
  /** The type of the resource that is moved: `openai_file`. */
  readonly type: string;
  /** The end of its provider's address, `mkdev-me/openai`. Left out means any provider. */
  readonly provider?: string;
  /** The version of its schema. Left out means 0, and of a raw state any. */
  readonly version?: number;
}

/**
 * Declares how a state is converted that an older version wrote. `attributes` are those of the old schema,
 * all of them: only their kinds matter. The result is a whole state of the current schema.
 */
export function stateUpgrader<const A extends Attributes, To>(
  attributes: A,
  convert: Convert<A, To>,
): TypedUpgrader<To> {
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

/**
 * As `stateUpgrader` for states of more than one shape, such as those that other providers wrote. As of an import,
 * attributes that the result leaves out are null, and a read fills them in.
 */
export function rawStateUpgrader<To>(convertRaw: ConvertRaw<To>): RawUpgrader<To> {
  return { convertRaw };
}

/** As `stateMover` for states of more than one shape. */
export function rawStateMover<To>(from: MoveSource, convertRaw: ConvertRaw<To>): StateMover<To> {
  return { from, convertRaw };
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
