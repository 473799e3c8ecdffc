import { equals, type ObjectValue, type Path } from "../../cty/index.ts";
import type { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { applyDefaults } from "./apply-defaults.ts";
import { keepEquivalent } from "./keep-equivalent.ts";
import { markComputed } from "./mark-computed.ts";
import { modifyPlan } from "./modify-plan.ts";
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
 * server_planresourcechange.go): the proposal, write-only attributes null, defaults, equivalent values as
 * stored, then, only if anything changes, computed attributes unknown, and each attribute's modifiers.
 */
export function planResourceChange<P>(resource: Resource<P>, request: PlanRequest): PlanResponse {
  const { attributes, type } = resource.schema;
  const { config, prior } = request;
  const proposed = applyDefaults(nullifyWriteOnly(request.proposed, attributes), config, attributes);
  const equivalent = prior === null ? proposed : keepEquivalent(proposed, prior, attributes);
  if (prior !== null && equals(equivalent, prior, type)) return { planned: prior, requiresReplace: [] };
  return modifyPlan(resource, markComputed(equivalent, config, attributes), request);
}
