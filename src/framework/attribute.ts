import type { Value } from "../cty/index.ts";
import type { ConfigValidator } from "./config-validators.ts";
import type {
  BoolKind,
  IntegerKind,
  Kind,
  ListKind,
  MapKind,
  NumberKind,
  ObjectKind,
  SetKind,
  StringKind,
  ValueOf,
} from "./kind.ts";
import type { PlanModifier } from "./plan-modifier.ts";
import type { Validator } from "./validators.ts";

/**
 * Where an attribute's value comes from, in Terraform's words: the practitioner must set it (`required`),
 * may (`optional`), cannot (`computed`), or may and the provider does otherwise (`optional_computed`).
 */
export type Mode = "required" | "optional" | "computed" | "optional_computed";

/** One attribute of a schema. Made by the builders below, which infer `K`, `M` and `N`. */
export interface Attribute<K extends Kind = Kind, M extends Mode = Mode, N extends boolean = boolean> {
  readonly kind: K;
  readonly mode: M;
  /** Markdown, for the Registry's page and editors. */
  readonly description: string;
  /** Hidden in Terraform's output. State still holds it in the clear. */
  readonly sensitive: boolean;
  /** Sent with the configuration only, never planned nor stored (Terraform 1.11 and later). */
  readonly writeOnly: boolean;
  /** What to use instead; makes Terraform warn where the attribute is set or referenced. */
  readonly deprecated: string | undefined;
  /**
   * Why it cannot be set, and what to use instead. An argument that has this exists for the error alone, and is on no
   * page; of a computed attribute it is what to say where a configuration sets it all the same.
   */
  readonly refused?: string | undefined;
  /** Terraform takes it for optional, so that the provider's checks see a configuration that lacks it. */
  readonly requiredByProvider?: boolean;
  readonly validators: readonly Validator[];
  /** Checks that relate it to other attributes of the same object. */
  readonly configValidators: readonly ConfigValidator[];
  /** Whether a computed attribute always has a value once the object is created or read. */
  readonly notNull: N;
  /** How a resource plans a change of it. */
  readonly planModifiers: readonly PlanModifier[];
  /** Planned where the configuration leaves an optional and computed attribute out. */
  readonly default: Value | undefined;
  /** Whether a written value means the same as the stored one, which is then planned. */
  readonly equivalent: ((written: Value, stored: Value) => boolean) | undefined;
}

/** Attributes by name: the schema of a data source, a resource, a provider or a nested object. */
export type Attributes = { readonly [name: string]: Attribute };

type ModeOptions =
  | { readonly required: true; readonly optional?: never; readonly computed?: never }
  | { readonly required?: never; readonly optional: true; readonly computed?: never }
  | { readonly required?: never; readonly optional?: never; readonly computed: true }
  | { readonly required?: never; readonly optional: true; readonly computed: true };

type ModeOf<O> = O extends { readonly required: true }
  ? "required"
  : O extends { readonly optional: true; readonly computed: true }
    ? "optional_computed"
    : O extends { readonly optional: true }
      ? "optional"
      : "computed";

type NotNullOf<O> = O extends { readonly notNull: true } ? true : false;

/** What every builder takes. Exactly one of `required`, `optional`, `computed` (or the last two). */
export type AttributeOptions<K extends Kind> = ModeOptions & {
  readonly description: string;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: string;
  readonly refused?: string;
  readonly validate?: readonly (Validator<ValueOf<K, never, "config">> | ConfigValidator)[];
  /** For a computed attribute such as an ID: it always has a value once the object is created or read. */
  readonly notNull?: boolean;
  readonly plan?: readonly PlanModifier[];
  readonly default?: Value;
  readonly equivalent?: (written: Value, stored: Value) => boolean;
};

function attribute<K extends Kind, O extends AttributeOptions<K>>(
  kind: K,
  options: O,
): Attribute<K, ModeOf<O>, NotNullOf<O>> {
  const { validate = [] } = options;
  return {
    kind,
    mode: modeOf(options),
    description: options.description,
    sensitive: options.sensitive ?? false,
    writeOnly: options.writeOnly ?? false,
    deprecated: options.deprecated,
    refused: options.refused,
    // The walk that runs validators hands each one a value of its own attribute's kind.
    validators: validate.filter((one) => !isConfigValidator(one)) as readonly Validator[],
    configValidators: validate.filter(isConfigValidator),
    notNull: notNullOf(options),
    planModifiers: options.plan ?? [],
    default: options.default,
    equivalent: options.equivalent,
  };
}

function isConfigValidator(validator: object): validator is ConfigValidator {
  return "names" in validator;
}

function notNullOf<O extends { readonly notNull?: boolean }>(options: O): NotNullOf<O>;
function notNullOf({ notNull = false }: { readonly notNull?: boolean }): boolean {
  return notNull;
}

function modeOf<O extends ModeOptions>(options: O): ModeOf<O>;
function modeOf(options: ModeOptions): Mode {
  if (options.required) return "required";
  if (options.computed) return options.optional ? "optional_computed" : "computed";
  return "optional";
}

export function string<const O extends AttributeOptions<StringKind>>(
  options: O,
): Attribute<StringKind, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "string" }, options);
}

/** A number of any size, exact: `number`, `bigint` or `Decimal`. */
export function number<const O extends AttributeOptions<NumberKind>>(
  options: O,
): Attribute<NumberKind, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "number" }, options);
}

/** A whole number within ±2^53, checked in configurations; authors get a JavaScript `number`. */
export function integer<const O extends AttributeOptions<IntegerKind>>(
  options: O,
): Attribute<IntegerKind, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "integer" }, options);
}

/** A value of any type, at the root or in single objects: Terraform crashes on one in a collection. */
export function dynamic<const O extends AttributeOptions<{ readonly kind: "dynamic" }>>(
  options: O,
): Attribute<{ readonly kind: "dynamic" }, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "dynamic" }, options);
}

export function bool<const O extends AttributeOptions<BoolKind>>(
  options: O,
): Attribute<BoolKind, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "bool" }, options);
}

/** A list of plain values (`list(types.string, …)`) or of objects (`list(nested({…}), …)`). */
export function list<const E extends Kind, const O extends AttributeOptions<ListKind<E>>>(
  element: E,
  options: O,
): Attribute<ListKind<E>, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "list", element }, options);
}

/** A set of plain values or of objects. Authors get and return an array, whose order means nothing. */
export function set<const E extends Kind, const O extends AttributeOptions<SetKind<E>>>(
  element: E,
  options: O,
): Attribute<SetKind<E>, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "set", element }, options);
}

/** A map; authors get a `Map`, because its keys are the practitioner's (`__proto__` is one). */
export function map<const E extends Kind, const O extends AttributeOptions<MapKind<E>>>(
  element: E,
  options: O,
): Attribute<MapKind<E>, ModeOf<O>, NotNullOf<O>> {
  return attribute({ kind: "map", element }, options);
}

/** A single nested object: `object(nested({…}), …)`. */
export function object<const A extends Attributes, const O extends AttributeOptions<ObjectKind<A>>>(
  element: ObjectKind<A>,
  options: O,
): Attribute<ObjectKind<A>, ModeOf<O>, NotNullOf<O>> {
  return attribute(element, options);
}

/** The kind of a nested object, to be used in `list`, `set`, `map` or `object`. */
export function nested<const A extends Attributes>(
  attributes: A,
  { validate = [] }: { readonly validate?: readonly ConfigValidator[] } = {},
): ObjectKind<A> {
  return { kind: "object", attributes, configValidators: validate };
}

/** The kind, where everything in it is write-only: OpenTofu demands it of what is in a write-only attribute. */
export function writeOnlyKind<K extends Kind>(kind: K): K;
export function writeOnlyKind(kind: Kind): Kind {
  if (kind.kind === "object") {
    const entries = Object.entries(kind.attributes).map(([name, each]): [string, Attribute] => [
      name,
      { ...each, kind: writeOnlyKind(each.kind), writeOnly: true },
    ]);
    return { ...kind, attributes: Object.fromEntries(entries) };
  }
  return "element" in kind ? { ...kind, element: writeOnlyKind(kind.element) } : kind;
}
