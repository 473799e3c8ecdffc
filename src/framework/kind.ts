import type { ExactNumber, Type, Unknown } from "../cty/index.ts";
import * as cty from "../cty/index.ts";
import type { Attributes } from "./attribute.ts";
import type { ConfigValidator } from "./config-validators.ts";

/**
 * What an attribute's value is: Terraform's type together with the nested attributes that a
 * plain cty type does not carry (their modes, descriptions and validators).
 */
export type Kind =
  | { readonly kind: "string" | "number" | "integer" | "bool" | "dynamic"; readonly nullable?: true }
  | { readonly kind: "list" | "set" | "map"; readonly element: Kind }
  | ObjectKind<Attributes>;

export type StringKind = { readonly kind: "string" };
export type NumberKind = { readonly kind: "number" };
export type IntegerKind = { readonly kind: "integer" };
export type BoolKind = { readonly kind: "bool" };
export type ListKind<E extends Kind> = { readonly kind: "list"; readonly element: E };
export type SetKind<E extends Kind> = { readonly kind: "set"; readonly element: E };
export type MapKind<E extends Kind> = { readonly kind: "map"; readonly element: E };
export type ObjectKind<A extends Attributes> = {
  readonly kind: "object";
  readonly attributes: A;
  /** Checks that relate the object's attributes. */
  readonly configValidators?: readonly ConfigValidator[];
};

/** Of a computed map's elements that may be null. */
type NullableKind = { readonly nullable: true };

/** Element kinds for collections of plain values: `map(types.string, …)`. */
export const types = {
  string: { kind: "string" },
  /** For computed maps whose elements may be null. */
  nullableString: { kind: "string", nullable: true },
  number: { kind: "number" },
  /** A whole number that JavaScript holds exactly; validated, so that authors get a `number`. */
  integer: { kind: "integer" },
  bool: { kind: "bool" },
} as const satisfies Record<string, Kind>;

/** The JavaScript value of a kind; `U` is `Unknown` where Terraform may send one, else `never`. */
export type ValueOf<K extends Kind, U, View extends "config" | "state"> =
  | U
  | (K extends StringKind
      ? string
      : K extends NumberKind
        ? ExactNumber
        : K extends IntegerKind
          ? number
          : K extends BoolKind
            ? boolean
            : K extends { readonly kind: "list" | "set"; readonly element: infer E extends Kind }
              ? readonly ValueOf<E, U, View>[]
              : K extends { readonly kind: "map"; readonly element: infer E extends Kind }
                ? ReadonlyMap<string, ValueOf<E, U, View> | (E extends NullableKind ? null : never)>
                : K extends ObjectKind<infer A>
                  ? ObjectOf<A, U, View>
                  : unknown);

type Argument<A extends Attributes> = {
  [N in keyof A]: A[N]["mode"] extends "computed" ? never : N;
}[keyof A];

type AttributeValue<A extends Attributes, N extends keyof A, U, View extends "config" | "state"> =
  | ValueOf<A[N]["kind"], U, View>
  | (A[N]["mode"] extends "required"
      ? never
      : View extends "config"
        ? null
        : A[N]["notNull"] extends true
          ? never
          : null);

/**
 * The object of a set of attributes. As configuration it has the arguments only, so that an author
 * who spreads it into the state and forgets a computed attribute gets a compile error.
 */
export type ObjectOf<A extends Attributes, U, View extends "config" | "state"> = View extends "config"
  ? { readonly [N in Argument<A>]: AttributeValue<A, N, U, View> }
  : { readonly [N in keyof A]: AttributeValue<A, N, U, View> };

/** A configuration whose values are all known: what Read gets. */
export type Config<A extends Attributes> = ObjectOf<A, never, "config">;

/** A configuration in which Terraform may leave values unknown: what Validate and Configure get. */
export type MaybeUnknownConfig<A extends Attributes> = ObjectOf<A, Unknown, "config">;

/** A state: every attribute, computed ones too. */
export type State<A extends Attributes> = ObjectOf<A, never, "state">;

/** A plan: as a state, with values that are not known before apply. */
export type Plan<A extends Attributes> = ObjectOf<A, Unknown, "state">;

type Computed<A extends Attributes> = {
  [N in keyof A]: A[N]["mode"] extends "computed" | "optional_computed" ? N : never;
}[keyof A];

/** What is planned for computed attributes: unknown where the operation is to compute them. */
export type PlannedComputed<A extends Attributes> = {
  readonly [N in Computed<A>]: AttributeValue<A, N, Unknown, "state">;
};

/** The cty type of a kind, as Terraform stores and sends it. */
export function ctyType(kind: Kind): Type {
  switch (kind.kind) {
    case "string":
      return cty.string;
    case "number":
    case "integer":
      return cty.number;
    case "bool":
      return cty.bool;
    case "dynamic":
      return cty.dynamic;
    case "list":
      return cty.list(ctyType(kind.element));
    case "set":
      return cty.set(ctyType(kind.element));
    case "map":
      return cty.map(ctyType(kind.element));
    case "object":
      return objectType(kind.attributes);
  }
}

/** The cty object type of a set of attributes. */
export function objectType(attributes: Attributes): Type {
  return cty.object(Object.entries(attributes).map(([name, attribute]) => [name, ctyType(attribute.kind)]));
}

/** Whether a value of the kind may have objects in it. */
export function holdsObject(kind: Kind): boolean {
  return kind.kind === "object" || ("element" in kind && holdsObject(kind.element));
}
