import { equals, type ObjectValue, objectValue, Path, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { ctyType } from "../kind.ts";
import type { PlanModifierRequest } from "../plan-modifier.ts";
import type { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { keepEquivalent } from "./keep-equivalent.ts";
import { markComputed } from "./mark-computed.ts";
import { nullifyWriteOnly } from "./nullify-write-only.ts";

export interface PlanRequest {
  readonly config: ObjectValue;
  /** Null: there is no object yet. */
  readonly prior: ObjectValue | null;
  /** Terraform's proposal: the configuration, and prior values of computed attributes. */
  readonly proposed: ObjectValue;
  readonly private: PrivateState;
}

export interface PlanResponse {
  readonly planned: ObjectValue;
  readonly requiresReplace: readonly Path[];
}

/**
 * Plans a creation or an update, in terraform-plugin-framework's order (fwserver's
 * server_planresourcechange.go): the proposal, write-only attributes null, equivalent values as stored,
 * then, only if anything changes, computed attributes unknown, and each attribute's modifiers.
 */
export function planResourceChange<P>(resource: Resource<P>, request: PlanRequest): PlanResponse {
  const { attributes, type } = resource.schema;
  const { config, prior } = request;
  const proposed = applyDefaults(nullifyWriteOnly(request.proposed, attributes), config, attributes);
  const equivalent = prior === null ? proposed : keepEquivalent(proposed, prior, attributes);
  if (prior !== null && equals(equivalent, prior, type)) return { planned: prior, requiresReplace: [] };
  const marked = markComputed(equivalent, config, attributes);
  return modify(resource, marked, request);
}

function applyDefaults(plan: ObjectValue, config: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => {
      const left = (config[name] ?? null) === null;
      return [name, left && attribute.default !== undefined ? attribute.default : (plan[name] ?? null)];
    }),
  );
}

function modify<P>(resource: Resource<P>, plan: ObjectValue, request: PlanRequest): PlanResponse {
  const { attributes } = resource.schema;
  const { config, prior } = request;
  const requiresReplace: Path[] = [];
  const differs = (name: string): boolean => {
    const attribute = attributes[name];
    if (attribute === undefined) throw new Error(`${resource.name} has no attribute ${name}.`);
    return !equals(plan[name] ?? null, prior?.[name] ?? null, ctyType(attribute.kind));
  };
  const planned = Object.entries(attributes).map(([name, attribute]): [string, Value] => {
    let value = plan[name] ?? null;
    for (const modifier of attribute.planModifiers) {
      const seen: PlanModifierRequest = {
        config: config[name] ?? null,
        plan: value,
        state: prior?.[name] ?? null,
        type: ctyType(attribute.kind),
        exists: prior !== null,
        imported: request.private.imported,
        changes: differs,
      };
      const result = modifier.modify(seen);
      if (result.plan !== undefined) value = result.plan;
      if (result.requiresReplace === true) requiresReplace.push(Path.root.atName(name));
    }
    return [name, value];
  });
  return { planned: objectValue(planned), requiresReplace };
}
