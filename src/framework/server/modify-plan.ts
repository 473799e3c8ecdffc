import { equals, type ObjectValue, objectValue, Path, type Value } from "../../cty/index.ts";
import { ctyType } from "../kind.ts";
import type { PlanModifierRequest } from "../plan-modifier.ts";
import type { Resource } from "../resource.ts";
import type { PlanRequest, PlanResponse } from "./plan-resource-change.ts";

/** Runs the attributes' plan modifiers over a plan. */
export function modifyPlan<P>(resource: Resource<P>, plan: ObjectValue, request: PlanRequest): PlanResponse {
  const modification = new Modification(resource, plan, request);
  const names = Object.keys(resource.schema.attributes);
  return {
    planned: objectValue(names.map((name) => [name, modification.planOf(name)])),
    requiresReplace: names.filter((name) => modification.replaces.has(name)).map((n) => Path.root.atName(n)),
  };
}

class Modification<P> {
  /** The attributes whose change needs another object. */
  readonly replaces = new Set<string>();
  readonly #resource: Resource<P>;
  readonly #plan: ObjectValue;
  readonly #request: PlanRequest;
  readonly #done = new Map<string, Value>();

  constructor(resource: Resource<P>, plan: ObjectValue, request: PlanRequest) {
    this.#resource = resource;
    this.#plan = plan;
    this.#request = request;
  }

  /** What is planned for an attribute in the end. One that another asks for is planned before it. */
  planOf(name: string): Value {
    const done = this.#done.get(name);
    if (done !== undefined) return done;
    const attribute = this.#attribute(name);
    const { config, prior } = this.#request;
    let plan = this.#plan[name] ?? null;
    // Two attributes that ask for each other see what is planned without modifiers.
    this.#done.set(name, plan);
    const common: Omit<PlanModifierRequest, "plan"> = {
      config: config[name] ?? null,
      state: prior?.[name] ?? null,
      type: ctyType(attribute.kind),
      exists: prior !== null,
      imported: this.#request.private.imported,
      changes: (other) => this.#changes(other),
    };
    for (const modifier of attribute.planModifiers) {
      const result = modifier.modify({ ...common, plan });
      if (result.plan !== undefined) plan = result.plan;
      if (result.requiresReplace === true) this.replaces.add(name);
    }
    this.#done.set(name, plan);
    return plan;
  }

  #changes(name: string): boolean {
    const state = this.#request.prior?.[name] ?? null;
    return !equals(this.planOf(name), state, ctyType(this.#attribute(name).kind));
  }

  #attribute(name: string) {
    const attribute = this.#resource.schema.attributes[name];
    if (attribute === undefined) throw new Error(`${this.#resource.name} has no attribute ${name}`);
    return attribute;
  }
}
