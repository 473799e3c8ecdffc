import model from "../../samples/model.json";
import { objectKinds } from "./kinds.ts";
import type { StoredObjects } from "./stored-objects.ts";

/** The models that every key may use: one with a day of its end, and one without. */
export function seedModels(objects: StoredObjects): void {
  const kind = objectKinds.find(({ path }) => path === "models");
  if (kind === undefined) return;
  for (const body of [model, { ...model, id: "gpt-6-luna", shutdown_date: null }]) {
    const common = { parents: {}, owner: undefined, content: undefined, createdAt: 0, progresses: false };
    objects.add({ ...common, kind, id: body.id, body: { ...body } });
  }
}
