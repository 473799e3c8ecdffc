import {
  conform,
  isWhollyKnown,
  type ObjectValue,
  object,
  objectValue,
  type Type,
  typeToJSON,
} from "../cty/index.ts";
import type { Attributes } from "./attribute.ts";
import { ctyType, type Kind } from "./kind.ts";
import type { TypedUpgrader } from "./state-conversion.ts";
import { isObjectValue } from "./walk.ts";

/**
 * What identifies an object, and nothing else: Terraform 1.12 and later keep it beside the state. Each attribute
 * has the name and the type of an attribute of the resource, from which the framework takes its value. The choice
 * is for good: another identity of the same object needs an upgrade.
 */
export interface IdentityDefinition<A extends Attributes = Attributes> {
  /** The version of the identity's schema, 0 if left out. */
  readonly version?: number;
  readonly attributes: { readonly [N in keyof A & string]?: IdentityAttribute };
  /** Converts the identities of older versions, by their version, each to the current one. */
  readonly upgradeIdentity?: { readonly [version: number]: TypedUpgrader };
}

export interface IdentityAttribute {
  /** A string, a number or a bool, or a list of them. */
  readonly type: Kind;
  /** Whether an import by identity must give it. Otherwise it may. */
  readonly requiredForImport?: boolean;
  readonly description: string;
}

/** A checked identity schema. */
export interface IdentitySchema {
  readonly version: number;
  readonly attributes: { readonly [name: string]: IdentityAttribute };
  readonly type: Type;
  readonly upgradeIdentity: ReadonlyMap<number, TypedUpgrader>;
}

/** Checks an identity where it is declared. Throws Error: a mistake here is a programmer's. */
export function identitySchema(
  name: string,
  { version = 0, attributes, upgradeIdentity = {} }: IdentityDefinition,
  resource: Attributes,
): IdentitySchema {
  const fail = (why: string): never => {
    throw new Error(`Invalid identity of resource ${name}: ${why}.`);
  };
  if (!Number.isSafeInteger(version) || version < 0) fail("its version must be a whole number from 0 on");
  const declared = Object.entries(attributes).flatMap(([each, attribute]) =>
    attribute === undefined ? [] : [[each, attribute] as const],
  );
  if (declared.length === 0) fail("it has no attribute");
  for (const [each, { type, description }] of declared) {
    const attribute = Object.hasOwn(resource, each) ? resource[each] : undefined;
    if (attribute === undefined) return fail(`${each} is no attribute of the resource`);
    if (!isIdentityKind(type)) fail(`${each} must be a string, a number or a bool, or a list of them`);
    if (typeToJSON(ctyType(attribute.kind)) !== typeToJSON(ctyType(type)))
      fail(`${each} has another type there`);
    if (attribute.writeOnly || attribute.sensitive) fail(`${each} is a secret`);
    if (description.trim() === "") fail(`${each} has no description`);
  }
  if (!declared.some(([, { requiredForImport }]) => requiredForImport)) fail("an import would need nothing");
  const upgrades = Object.entries(upgradeIdentity).map(([from, one]) => [Number(from), one] as const);
  for (const [from] of upgrades) {
    if (!Number.isSafeInteger(from) || from < 0 || from >= version)
      fail(`version ${from} cannot be upgraded: it has version ${version}`);
  }
  return {
    version,
    attributes: Object.fromEntries(declared),
    type: object(declared.map(([each, { type }]) => [each, ctyType(type)])),
    upgradeIdentity: new Map(upgrades),
  };
}

function isIdentityKind(kind: Kind): boolean {
  if (kind.kind === "list") return kind.element.kind !== "list" && isIdentityKind(kind.element);
  return ["string", "number", "integer", "bool"].includes(kind.kind);
}

/**
 * The identity in a state or in another object that has its attributes. Null where one of them has no value: an
 * identity is whole, or there is none.
 */
export function identityIn({ attributes, type }: IdentitySchema, values: unknown): ObjectValue | null {
  if (!isObjectValue(values)) return null;
  const identity = objectValue(Object.keys(attributes).map((name) => [name, values[name] ?? null]));
  const whole = Object.values(identity).every((value) => value !== null && isWhollyKnown(value));
  return whole && conform(identity, type).length === 0 ? identity : null;
}
