import type { Owner } from "../access.ts";
import type { JsonObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/** The one object of its kind below these parents: as the API has it from the start, until a request changes it. */
export function singletonOf(
  objects: StoredObjects,
  kind: ObjectKind,
  parents: StoredObject["parents"],
  owner: Owner,
): StoredObject {
  const [there] = objects.visible(kind, parents, owner, "newest");
  if (there !== undefined) return there;
  const body = { ...structuredClone(kind.sample), ...ownMembers(kind.sample, parents) };
  const made: StoredObject = {
    kind,
    id: Object.values(parents).at(-1) ?? "organization",
    parents,
    // Below a parent it is its parent's; otherwise it is the organization's.
    owner: Object.keys(parents).length === 0 ? owner : undefined,
    body,
    content: undefined,
    createdAt: 0,
    progresses: false,
  };
  objects.add(made);
  return made;
}

/** The IDs of its parents, where its body has them. */
function ownMembers(sample: JsonObject, parents: StoredObject["parents"]): Record<string, string> {
  return Object.fromEntries(Object.entries(parents).filter(([name]) => name in sample));
}
