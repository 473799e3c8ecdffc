import {
  type Attributes,
  bool,
  ctyType,
  type Diagnostics,
  isUnknown,
  type ModifyPlanRequest,
  Path,
  type Value,
} from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { titleOf, withArticle } from "./object-names.ts";
import { sameAttribute, saysNothing } from "./refresh.ts";
import { local } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** `deletion_protection`, of what cannot be brought back. */
export function deletionProtection() {
  return local(
    bool({
      optional: true,
      description:
        "Whether a plan that removes or replaces it is an error. Left out means `false`. Set it to `false`, and apply that, " +
        "before a destroy.",
    }),
  );
}

/** Whether its state says that it must not be removed. */
export function isProtected(state: Values): boolean {
  return state.deletion_protection === true;
}

/** Refuses the removal of what is protected. */
export function refuseRemoval(of: ApiObject, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    Path.root.atName("deletion_protection"),
    `${titleOf(of)} is protected`,
    `deletion_protection of this ${of.noun} is true, and the plan removes or replaces it.\n\n` +
      "To remove it all the same, set deletion_protection = false, apply that, and then remove it.",
  );
}

/** What a plan has to say that removes the object. */
export function checkRemoval(
  of: ApiObject,
  { removal, gone }: ResourceDeclaration<Attributes>,
  state: Values,
  diagnostics: Diagnostics,
): void {
  if (isProtected(state)) refuseRemoval(of, diagnostics);
  else if (gone === "forget") warnOfLeftover(of, diagnostics);
  else if (removal !== undefined) diagnostics.addWarning(removal.title, removal.detail);
}

/** What the API neither deletes nor sets back is in effect after a destroy, too. */
function warnOfLeftover(of: ApiObject, diagnostics: Diagnostics): void {
  diagnostics.addWarning(
    `${titleOf(of)} stays as it is`,
    `The API neither deletes ${withArticle(of.noun)} nor sets it back: a destroy takes it out of the state, and what was set ` +
      "stays in effect.\n\nTo change that, set other values and apply them first.",
  );
}

/** {@link checkRemoval}, for a plan that replaces the object. */
export function checkRemovalInPlan(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  { plan, state, private: kept, diagnostics }: ModifyPlanRequest<Attributes, OpenAIProvider>,
): void {
  if (state === null || declared.removal === undefined) return;
  const { update = [] } = declared;
  const replaces = Object.entries(of.attributes).some(([name, attribute]) => {
    if (attribute.mode === "computed" || attribute.writeOnly || update.includes(name)) return false;
    const [before, after] = [state[name] ?? null, plan[name] ?? null];
    // What an import could not know is taken over.
    if (kept.imported && before === null) return false;
    if (saysNothing(attribute, before) && saysNothing(attribute, after)) return false;
    return isUnknown(after) || !sameAttribute(attribute, before, after);
  });
  if (replaces) checkRemoval(of, declared, state, diagnostics);
}

/** Whether a plan replaces the object, by the modifiers of its attributes. */
export function isReplaced(
  attributes: Attributes,
  { config, plan, state, private: { imported } }: ReplacingRequest,
): boolean {
  if (state === null) return false;
  const value = (of: Values, name: string) => (of[name] ?? null) as Value;
  const changes = (name: string) => {
    const attribute = attributes[name];
    return attribute !== undefined && !sameAttribute(attribute, value(state, name), value(plan, name));
  };
  return Object.entries(attributes).some(([name, { kind, planModifiers }]) => {
    const own = { config: value(config, name), plan: value(plan, name), state: value(state, name) };
    const around = { kind, type: ctyType(kind), exists: true, inState: true, imported, changes };
    return planModifiers.some((modifier) => modifier.requiresReplace?.({ ...own, ...around }) === true);
  });
}

interface ReplacingRequest {
  readonly config: Values;
  readonly plan: Values;
  readonly state: Values | null;
  readonly private: { readonly imported: boolean };
}

/** What a plan has to say that creates what is paid for, be it in place of another one. */
export function warnOfCosts(noun: string, paid: string, diagnostics: Diagnostics): void {
  diagnostics.addWarning(
    `Creating this ${noun} is paid for`,
    `An apply of this plan creates ${withArticle(noun)}, and OpenAI charges for ${paid}. A destroy does not refund them.`,
  );
}
