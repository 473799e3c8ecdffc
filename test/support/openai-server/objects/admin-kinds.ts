import project from "../../samples/project.json";
import { APIError } from "../errors.ts";
import type { ObjectKind } from "./object-kind.ts";
import { limitsOfProject } from "./project-kinds.ts";

/** The project that each organization has from the start, and cannot be without. */
export const defaultProject = "proj_default";

/** The objects of the Administration API. */
export const adminKinds: readonly ObjectKind[] = [
  {
    path: "organization/projects",
    sample: project,
    id: { prefix: "proj_" },
    missing: { message: "Project with id '{id}' not found." },
    create: { parameters: ["name", "external_key_id", "geography", "residency"], required: ["name"] },
    update: ["name", "external_key_id", "geography"],
    makes: limitsOfProject,
    archive: { include: "include_archived" },
    actions: {
      archive({ id }) {
        return id === defaultProject
          ? new APIError(400, "The default project cannot be archived.")
          : undefined;
      },
    },
  },
];
