import { equals, isUnknown, type Type, type Value } from "../cty/index.ts";
import type { Kind } from "./kind.ts";
import { fillsOnlyNulls } from "./walk.ts";

/** What a plan modifier gets of one attribute, at any depth of a resource but inside sets. */
export interface PlanModifierRequest {
  /** As the practitioner wrote it; may be unknown. */
  readonly config: Value;
  /** As planned so far; computed attributes without a value are unknown. */
  readonly plan: Value;
  /** As stored; null where there is no object yet. An element has the one with its index or key. */
  readonly state: Value;
  readonly kind: Kind;
  readonly type: Type;
  /** Whether the resource exists: else it is planned to be created. */
  readonly exists: boolean;
  /** Whether the state has the object that the attribute belongs to: false for a new element of a list. */
  readonly inState: boolean;
  /** Whether the resource was imported and never updated since. */
  readonly imported: boolean;
  /** Whether another attribute of the same object is planned to change. */
  changes(name: string): boolean;
}

/**
 * Changes what is planned for an attribute, or says that a change needs another object. All `modify` run
 * before any `requiresReplace`, so that the order of an attribute's modifiers does not matter for it.
 */
export interface PlanModifier {
  /** For the documentation: "Changing this forces a new object to be created." Empty: not shown. */
  readonly description: string;
  /** Returns the value to plan; undefined leaves the plan as it is. */
  modify?(request: PlanModifierRequest): Value | undefined;
  /** Called once the whole plan is made, the resource's `modifyPlan` included. */
  requiresReplace?(request: PlanModifierRequest): boolean;
  /** Whether every change replaces, but for values that an import could not know. */
  readonly alwaysReplaces?: boolean;
}

/** Whether an attribute's new value only differs in what the API reports in other words. */
export type SameAfterImport = (written: Value, imported: Value) => boolean;

/**
 * A change needs another object. An import leaves null what the API does not report: a configured value over
 * such a null, at any depth, is adopted in place. So is a value that `same` accepts for the imported one, for
 * example an alias for the version that it stands for.
 */
export function requiresReplace(same?: SameAfterImport): PlanModifier {
  return {
    description: "Changing it replaces the object.",
    requiresReplace: (request) => isReplacingChange(request, same),
    alwaysReplaces: true,
  };
}

/** As `requiresReplace`, only where the predicate returns true for the change. */
export function requiresReplaceIf(
  predicate: (request: PlanModifierRequest) => boolean,
  description: string,
): PlanModifier {
  return {
    description,
    requiresReplace: (request) => isReplacingChange(request) && predicate(request),
  };
}

/** As `requiresReplace`, but removing the argument from the configuration replaces nothing. */
export function requiresReplaceIfConfigured(): PlanModifier {
  return requiresReplaceIf(
    ({ config }) => config !== null,
    "Changing it to another value replaces the object.",
  );
}

function isReplacingChange(
  { plan, state, kind, type, exists, imported }: PlanModifierRequest,
  same?: SameAfterImport,
): boolean {
  if (!exists) return false;
  if (imported && (fillsOnlyNulls(plan, state, kind) || same?.(plan, state) === true)) return false;
  return isUnknown(plan) || !equals(plan, state, type);
}

/**
 * A computed value that an update does not change keeps its stored value in the plan, unless one of the
 * named attributes of the same object changes.
 */
export function useStateForUnknown(...unless: readonly string[]): PlanModifier {
  return {
    description: "",
    modify({ config, plan, state, inState, changes }) {
      // What the practitioner wrote is not the provider's to fill in, even if it is not known yet.
      if (!inState || !isUnknown(plan) || isUnknown(config)) return undefined;
      return unless.some(changes) ? undefined : state;
    },
  };
}
