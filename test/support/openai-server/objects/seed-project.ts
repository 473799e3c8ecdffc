import { defaultProject } from "./admin-kinds.ts";
import { objectKinds } from "./kinds.ts";
import type { StoredObjects } from "./stored-objects.ts";

/** The project that every organization has from the start. */
export function seedProject(objects: StoredObjects): void {
  const kind = objectKinds.find(({ path }) => path === "organization/projects");
  if (kind === undefined) return;
  const common = { parents: {}, owner: undefined, content: undefined, createdAt: 0, progresses: false };
  const body = { ...structuredClone(kind.sample), id: defaultProject, name: "Default project" };
  objects.add({ ...common, kind, id: defaultProject, body });
}
