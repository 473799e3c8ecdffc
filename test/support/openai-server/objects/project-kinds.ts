import projectGroup from "../../samples/project_group.json";
import projectRateLimit from "../../samples/project_rate_limit.json";
import projectUser from "../../samples/project_user.json";
import type { Made, ObjectKind } from "./object-kind.ts";
import { plainRole } from "./role-kinds.ts";

/* What belongs to a project of the organization. */

const limits = "organization/projects/{project_id}/rate_limits";

/** Each project has a limit for each model from its creation on. */
export function limitsOfProject({ id }: Readonly<Record<string, unknown>>): Made[] {
  return ["gpt-5.6-sol", "gpt-image-2"].map((model) => ({
    path: limits,
    parents: { project_id: String(id) },
    members: { id: `rl-${model}`, model },
  }));
}

export const projectKinds: readonly ObjectKind[] = [
  {
    path: "organization/projects/{project_id}/users",
    sample: projectUser,
    id: { parameter: "user_id", otherwise: "user-" },
    missing: { message: "User with id '{id}' not found in project '{project_id}'." },
    create: { parameters: ["user_id", "email", "role"], required: ["role"] },
    update: ["role"],
    delete: { object: "organization.project.user.deleted" },
    created(object, { email, role }) {
      // Addresses are kept in lower case, and a predefined role by its short name.
      if (typeof email === "string") object.email = email.toLowerCase();
      object.role = plainRole(String(role)).replace(/^role-api-project-/, "");
    },
  },
  {
    path: limits,
    sample: projectRateLimit,
    id: { prefix: "rl-" },
    missing: { message: "Rate limit with id '{id}' not found in project '{project_id}'." },
    listOnly: true,
    update: [
      "max_requests_per_1_minute",
      "max_tokens_per_1_minute",
      "max_images_per_1_minute",
      "max_audio_megabytes_per_1_minute",
      "max_requests_per_1_day",
      "batch_1_day_max_input_tokens",
    ],
  },
  {
    path: "organization/projects/{project_id}/groups",
    sample: projectGroup,
    id: { parameter: "group_id" },
    missing: { message: "Group with id '{id}' has no access to project '{project_id}'." },
    create: { parameters: ["group_id", "role"], required: ["group_id", "role"] },
    delete: { object: "project.group.deleted" },
    cursors: "next",
    created(object) {
      object.group_id = object.id;
      delete object.id;
    },
    makes: ({ project_id, group_id }, { role }) => [
      {
        path: "projects/{project_id}/groups/{group_id}/roles",
        parents: { project_id: String(project_id), group_id: String(group_id) },
        members: { id: `${plainRole(String(role))}__project__${project_id}` },
      },
    ],
  },
];
