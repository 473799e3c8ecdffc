import { equals, type ObjectValue, objectValue, type Path, type Value } from "../../cty/index.ts";
import type { Attribute } from "../attribute.ts";
import { ctyType } from "../kind.ts";
import type { PlanModifierRequest } from "../plan-modifier.ts";
import type { Resource } from "../resource.ts";
import { holding, isObjectValue, mapObject, mapValue, type Node, nodeOf } from "../walk.ts";

/** The objects beside a plan that modifiers compare it with. */
export interface PlanSurroundings {
  readonly config: ObjectValue;
  /** Null: there is no object yet. */
  readonly prior: ObjectValue | null;
  readonly imported: boolean;
}

/** The plan after the `modify` of all attributes' modifiers, at every depth. */
export function modifyAttributes<P>(
  resource: Resource<P>,
  plan: ObjectValue,
  around: PlanSurroundings,
): ObjectValue {
  return eachAttribute(resource, plan, around, (request, { planModifiers }) => {
    let planned = request.plan;
    for (const modifier of planModifiers) {
      const modified = modifier.modify?.({ ...request, plan: planned });
      if (modified !== undefined) planned = modified;
    }
    return planned;
  });
}

/** The paths of the attributes whose planned change needs another object. */
export function replacingPaths<P>(
  resource: Resource<P>,
  plan: ObjectValue,
  around: PlanSurroundings,
): readonly Path[] {
  const paths: Path[] = [];
  eachAttribute(resource, plan, around, (request, { planModifiers }, path) => {
    if (planModifiers.some((modifier) => modifier.requiresReplace?.(request))) paths.push(path);
    return request.plan;
  });
  return paths;
}

/** Of all other values, of which a computed one may hold very many, nothing is planned inside. */
const holdsModifiers = holding(({ planModifiers }) => planModifiers.length > 0);

type Modify = (request: PlanModifierRequest, attribute: Attribute, path: Path) => Value;

function eachAttribute<P>(
  { name, schema: { attributes } }: Resource<P>,
  plan: ObjectValue,
  { config, prior, imported }: PlanSurroundings,
  modify: Modify,
): ObjectValue {
  return planObject(plan, [config, prior], nodeOf({ kind: "object", attributes }));

  function planObject(object: ObjectValue, beside: readonly Value[], node: Node): ObjectValue {
    const attributes = node.kind.kind === "object" ? node.kind.attributes : {};
    const stored = beside[1];
    const done = new Map<string, Value>();

    /** What is planned for an attribute in the end. One that another asks for is planned before it. */
    function planOf(attributeName: string): Value {
      if (!Object.hasOwn(attributes, attributeName)) {
        throw new Error(`${name} has no attribute ${node.path.atName(attributeName)}`);
      }
      const one = objectValue([[attributeName, object[attributeName] ?? null]]);
      if (!done.has(attributeName)) mapObject(one, beside, attributes, planAttribute, node);
      return done.get(attributeName) ?? null;
    }

    function planAttribute(plan: Value, [config = null, state = null]: readonly Value[], at: Node): Value {
      const { attribute, kind } = at;
      if (attribute === undefined) return plan;
      // Two attributes that ask for each other see what is planned without modifiers.
      done.set(at.name, plan);
      const request: PlanModifierRequest = {
        config,
        plan,
        state,
        kind,
        type: ctyType(kind),
        exists: prior !== null,
        inState: isObjectValue(stored),
        imported,
        changes,
      };
      const modified = modify(request, attribute, at.path);
      const planned = holdsModifiers(kind) ? planInside(modified, [config, state], at) : modified;
      done.set(at.name, planned);
      return planned;
    }

    function changes(attributeName: string): boolean {
      const planned = planOf(attributeName);
      const before = isObjectValue(stored) ? (stored[attributeName] ?? null) : null;
      const kind = attributes[attributeName]?.kind;
      return kind !== undefined && !equals(planned, before, ctyType(kind));
    }

    return objectValue(Object.keys(object).map((attributeName) => [attributeName, planOf(attributeName)]));
  }

  function planInside(value: Value, beside: readonly Value[], node: Node): Value {
    return mapValue(value, beside, node, (each, others, at, inside) =>
      at.kind.kind === "object" && isObjectValue(each) ? planObject(each, others, at) : inside(),
    );
  }
}
