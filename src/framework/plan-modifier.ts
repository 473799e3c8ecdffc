import { equals, isUnknown, type Type, type Value } from "../cty/index.ts";
import { fillsIn } from "./fills-in.ts";

/** What a plan modifier sees of one attribute, at the root of a resource. */
export interface PlanModifierRequest {
  /** As the practitioner wrote it; may be unknown. */
  readonly config: Value;
  /** As planned so far; computed attributes without a value are unknown. */
  readonly plan: Value;
  /** As stored; null where there is no object yet. */
  readonly state: Value;
  readonly type: Type;
  /** Whether the object exists: else it is planned to be created. */
  readonly exists: boolean;
  /** Whether the object was imported and never updated since. */
  readonly imported: boolean;
  /** Whether another attribute is planned to change. */
  changes(name: string): boolean;
}

export interface PlanModifierResult {
  readonly plan?: Value;
  readonly requiresReplace?: boolean;
}

/** Changes what is planned for an attribute, or says that the change needs another object. */
export interface PlanModifier {
  /** For the documentation: "Changing this forces a new object to be created." Empty: not worth a word. */
  readonly description: string;
  modify(request: PlanModifierRequest): PlanModifierResult;
}

/**
 * A change needs another object. An import cannot know what the API does not tell: what the
 * configuration says over a null that an import left, at any depth, is adopted in place. So is what
 * `same` says the API only tells in other words (the version that an alias stands for).
 */
export function requiresReplace(same?: (written: Value, told: Value) => boolean): PlanModifier {
  return {
    description: "Changing it replaces the object.",
    modify({ plan, state, type, exists, imported }) {
      if (!exists) return {};
      if (imported && (fillsIn(plan, state, type) || same?.(plan, state) === true)) return {};
      return { requiresReplace: isUnknown(plan) || !equals(plan, state, type) };
    },
  };
}

/**
 * A computed value that an update does not change keeps its stored value in the plan, unless one of the
 * named attributes changes.
 */
export function useStateForUnknown(...unless: readonly string[]): PlanModifier {
  return {
    description: "",
    modify({ config, plan, state, exists, changes }) {
      // What the practitioner wrote is not the provider's to fill in, even if it is not known yet.
      if (!exists || !isUnknown(plan) || isUnknown(config)) return {};
      return unless.some(changes) ? {} : { plan: state };
    },
  };
}
