import type { Attributes, Diagnostics, PrivateState, State } from "../../framework/index.ts";
import type { ApiObject } from "./declaration.ts";
import { titleOf } from "./object-names.ts";

/*
 * An object whose path follows from its arguments has the same path as the one that replaces it. Where that was created
 * first and a later run removes the old one (a deposed object), the removal would take the new one away: the two differ in
 * the time of their creation.
 */

const key = "added_at";

/** Records beside the state when the object was created, at its first read. */
export function recordAdded(of: ApiObject, kept: PrivateState, read: State<Attributes>): void {
  const at = addedAt(of, read);
  if (at !== undefined && kept.get(key) === undefined) kept.set(key, at);
}

/** Whether what is there by now was created after the object of this state. A warning is added then. */
export function isAddedAnew(
  of: ApiObject,
  kept: Pick<PrivateState, "get">,
  state: State<Attributes>,
  diagnostics: Diagnostics,
): boolean {
  const [before, now] = [kept.get(key), addedAt(of, state)];
  if (before === undefined || now === undefined || before === now) return false;
  const { noun } = of;
  diagnostics.addWarning(
    `${titleOf(of)} stays where it is`,
    `The ${noun} ${JSON.stringify(state.id)} was added anew since this resource added it: its ${of.resource?.addedAt} was ${before}, ` +
      `and is ${now}. It belongs to the resource that replaces this one, or to somebody else, so that only the old state is removed.\n\n` +
      "If nobody needs it, an import takes it into state, and a destroy removes it.",
  );
  return true;
}

function addedAt({ resource }: ApiObject, values: State<Attributes>): string | undefined {
  const at = resource?.addedAt === undefined ? null : (values[resource.addedAt] ?? null);
  return at === null ? undefined : String(at);
}
