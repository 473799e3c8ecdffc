import {
  conform,
  equalsPieces,
  inPieces,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  Path,
  UNKNOWN,
  Unknown,
} from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { PrivateState } from "../private-state.ts";
import type { PlanModification, Resource } from "../resource.ts";
import { holding, isObjectValue, mapObject } from "../walk.ts";
import { configOf } from "./config.ts";
import { attempt } from "./exception.ts";
import { modifyAttributes, replacingPaths } from "./modify-plan.ts";
import { nullifyWriteOnly } from "./nullify-write-only.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { toObjectValue } from "./state.ts";

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
  readonly diagnostics: Diagnostics;
}

/**
 * Plans a creation or an update, in terraform-plugin-framework's order (fwserver's
 * server_planresourcechange.go): the proposal, write-only attributes null, what is left out as stored, defaults, equivalent values as
 * stored, computed attributes unknown if anything changes, each attribute's modifiers, the resource's own,
 * and what requires a replacement. Modifiers run for every plan. Where nothing but a modifier makes a change,
 * all of them run again, over unknown computed attributes.
 */
export async function planResourceChange<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  request: PlanRequest,
  context: CallContext,
): Promise<PlanResponse> {
  const { attributes, type } = resource.schema;
  const { config, prior } = request;
  const own = keepLeftOut(nullifyWriteOnly(request.proposed, attributes), request, attributes);
  const proposed = applyDefaults(own, config, attributes);
  const equivalent = prior === null ? proposed : keepEquivalent(proposed, prior, attributes);
  if (prior !== null && (await inPieces(equalsPieces(equivalent, prior, type)))) {
    const response = await modified(server, resource, prior, request, context);
    if (await inPieces(equalsPieces(response.planned, prior, type))) return { ...response, planned: prior };
  }
  return modified(server, resource, markComputed(equivalent, config, attributes), request, context);
}

/** What the resource has to say to a plan that destroys the object. */
export async function planDestruction<P>(
  resource: Resource<P>,
  prior: ObjectValue,
  context: CallContext,
): Promise<Diagnostics> {
  const diagnostics = new Diagnostics();
  await attempt(async () => resource.planDestroy?.({ state: prior, diagnostics }), diagnostics, context);
  return diagnostics;
}

/** A plan after all modifiers. */
async function modified<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  plan: ObjectValue,
  request: PlanRequest,
  context: CallContext,
): Promise<PlanResponse> {
  const { config, prior } = request;
  const diagnostics = new Diagnostics();
  const around = { config, prior, imported: request.private.imported };
  const byAttributes = modifyAttributes(resource, plan, around);
  const { plan: changed = {}, requiresReplace = [] } =
    (await modification(server, resource, byAttributes, { request, diagnostics, context })) ?? {};
  const planned = merged(byAttributes, changed, resource, diagnostics);
  const asked = requiresReplace.map((at) => (typeof at === "string" ? Path.root.atName(at) : at));
  const paths = [...replacingPaths(resource, planned, around), ...asked];
  const unique = new Map(paths.map((path) => [String(path), path]));
  return { planned, requiresReplace: [...unique.values()], diagnostics };
}

interface Modifying {
  readonly request: PlanRequest;
  readonly diagnostics: Diagnostics;
  readonly context: CallContext;
}

/** What the resource's own `modifyPlan` returns. */
async function modification<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  plan: ObjectValue,
  { request, diagnostics, context }: Modifying,
): Promise<PlanModification<Attributes> | undefined> {
  if (resource.modifyPlan === undefined) return undefined;
  const configured = server.data(diagnostics);
  if (configured === undefined) return undefined;
  const { signal, log } = context;
  const hook = {
    config: configOf(request.config, resource.schema.attributes),
    plan,
    state: request.prior,
    provider: configured.data,
    // Where one object replaces another, Terraform sends what was kept of the old one.
    private: request.prior === null ? PrivateState.empty() : request.private,
    diagnostics,
    signal,
    log,
  };
  log.log("debug", "Calling provider defined Resource ModifyPlan");
  const result = await attempt(async () => resource.modifyPlan?.(hook), diagnostics, context);
  log.log("debug", "Called provider defined Resource ModifyPlan");
  if (!(result instanceof Diagnostics)) return result;
  if (result !== diagnostics) diagnostics.append(result);
  return undefined;
}

/** The plan with the values that `modifyPlan` returned, if they fit the schema. */
function merged<P>(
  plan: ObjectValue,
  changed: { readonly [name: string]: unknown },
  { name, schema }: Resource<P>,
  diagnostics: Diagnostics,
): ObjectValue {
  const values = toObjectValue(changed, schema.attributes);
  if (!isObjectValue(values) || Object.keys(values).length === 0) return plan;
  const whole = objectValue([...Object.entries(plan), ...Object.entries(values)]);
  const mistakes = conform(whole, schema.type);
  for (const { message, path } of mistakes) {
    diagnostics.add(
      bugDiagnostic(
        `modifyPlan of ${name} returned a value that its schema does not allow: ${message}.`,
        path,
      ),
    );
  }
  return mistakes.length > 0 ? plan : nullifyWriteOnly(whole, schema.attributes);
}

/**
 * The plan with the stored value of each optional and computed attribute that the configuration leaves out, at every
 * depth. Terraform proposes null for one with nested attributes, since a configuration may have set it before (objchange's
 * `optionalValueNotComputable`); what the API chose would then change in every plan.
 */
function keepLeftOut(
  plan: ObjectValue,
  { config, prior }: Pick<PlanRequest, "config" | "prior">,
  attributes: Attributes,
): ObjectValue {
  if (prior === null) return plan;
  const beside = [config, prior];
  return mapObject(
    plan,
    beside,
    attributes,
    (planned, [written = null, stored = null], { attribute }, inside) => {
      if (attribute === undefined) return inside();
      if (planned === null && written === null && isLeftToChoose(attribute)) return stored;
      return holdsLeftToChoose(attribute.kind) ? inside() : planned;
    },
  );
}

const isLeftToChoose = ({ mode }: Attribute) => mode === "optional_computed";
const holdsLeftToChoose = holding(isLeftToChoose);

/** The plan with each default in place of what the configuration leaves out, at every depth. */
function applyDefaults(plan: ObjectValue, config: ObjectValue, attributes: Attributes): ObjectValue {
  return mapObject(plan, [config], attributes, (planned, [written = null], { attribute }, inside) => {
    if (attribute === undefined || written !== null) return inside();
    return attribute.default === undefined ? planned : attribute.default;
  });
}

const holdsEquivalent = holding(({ equivalent }) => equivalent !== undefined);

/**
 * The plan with the stored value wherever the planned one means the same (JSON in another layout), at
 * every depth: what means the same is no change.
 */
function keepEquivalent(plan: ObjectValue, prior: ObjectValue, attributes: Attributes): ObjectValue {
  return mapObject(plan, [prior], attributes, (planned, [stored = null], { attribute }, inside) => {
    if (attribute === undefined) return inside();
    if (planned === null || stored === null || isUnknown(planned)) return planned;
    const { equivalent } = attribute;
    if (equivalent !== undefined && isWhollyKnown(planned) && equivalent(planned, stored)) return stored;
    return holdsEquivalent(attribute.kind) ? inside() : planned;
  });
}

/**
 * Marks unknown what the provider will compute: every computed attribute that the configuration leaves
 * out, at every depth (fwserver's MarkComputedNilsAsUnknown).
 */
function markComputed(plan: ObjectValue, config: ObjectValue, attributes: Attributes): ObjectValue {
  return mapObject(plan, [config], attributes, (planned, [written = null], { attribute }, inside) => {
    if (attribute === undefined) return inside();
    if (written === null && isComputed(attribute)) {
      if (attribute.default !== undefined) return planned;
      return attribute.notNull ? unknownButNotNull : UNKNOWN;
    }
    return isUnknown(written) ? planned : inside();
  });
}

function isComputed({ mode }: Attribute): boolean {
  return mode === "computed" || mode === "optional_computed";
}

const unknownButNotNull = new Unknown({ nullness: "not_null" });
