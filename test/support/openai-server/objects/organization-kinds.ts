import groupRole from "../../samples/group_role.json";
import projectRateLimit from "../../samples/project_rate_limit.json";
import projectSpendLimit from "../../samples/project_spend_limit.json";
import projectUser from "../../samples/project_user.json";
import role from "../../samples/role.json";
import type { JsonObject } from "../json.ts";
import type { Made, ObjectKind } from "./kinds.ts";
import type { StoredObject } from "./stored-objects.ts";

/* Objects of the organization and of its projects. */

const limits = "organization/projects/{project_id}/rate_limits";

/** Each project has a limit for each model from its creation on. */
export function limitsOfProject({ id }: Readonly<Record<string, unknown>>): Made[] {
  return ["gpt-5.6-sol", "gpt-image-2"].map((model) => ({
    path: limits,
    parents: { project_id: String(id) },
    members: { id: `rl-${model}`, model },
  }));
}

/** What names a role without what binds it to where it is assigned: the API takes both for the same. */
export function plainRole(id: string): string {
  return id.replace(/__.*$/, "");
}

/** An assignment of a role, which the API reports by an ID that is bound to where it is assigned. */
export const roleAssignment: Pick<ObjectKind, "id" | "create" | "delete" | "cursors" | "isNamed"> = {
  id: { parameter: "role_id" },
  create: { parameters: ["role_id"], required: ["role_id"] },
  delete: { object: "role.deleted" },
  cursors: "next",
  isNamed: ({ id }: StoredObject, asked: string) => plainRole(asked) === plainRole(id),
};

/** Binds a role to what it is assigned to. */
export function bindRole(to: string) {
  return (object: Record<string, unknown>) => {
    object.id = `${plainRole(String(object.id))}__${to}__${object[to]}`;
  };
}

/** What the assignment of a role answers with. */
export function assigned(object: string, to: string) {
  return (body: Readonly<Record<string, unknown>>, parents: Readonly<Record<string, string>>): JsonObject => {
    const { id, name, description, permissions, predefined_role, resource_type } = body as JsonObject;
    const role = { object: "role", id, name, description, permissions, predefined_role, resource_type };
    return { object, role: role as JsonObject, [to]: { object: to, id: parents[`${to}_id`] ?? null } };
  };
}

export const organizationKinds: readonly ObjectKind[] = [
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
    path: "organization/projects/{project_id}/spend_limit",
    sample: projectSpendLimit,
    id: { prefix: "" },
    missing: { message: "Project '{project_id}' has no spend limit." },
    singleton: true,
    unset: { required: ["threshold_amount", "currency", "interval"] },
    update: ["threshold_amount", "currency", "interval"],
    delete: { object: "project.spend_limit.deleted" },
  },
  {
    path: "organization/roles",
    sample: role,
    id: { prefix: "role_" },
    missing: { message: "Role with id '{id}' not found." },
    create: {
      parameters: ["role_name", "description", "permissions"],
      required: ["role_name", "permissions"],
    },
    renamed: { role_name: "name" },
    update: ["role_name", "description", "permissions"],
    delete: { object: "role.deleted" },
    cursors: "next",
    created: bareRole,
  },
  {
    path: "organization/groups/{group_id}/roles",
    sample: groupRole,
    ...roleAssignment,
    missing: { message: "Role with id '{id}' is not assigned to group '{group_id}'." },
    created: bindRole("group_id"),
    answers: assigned("group.role", "group"),
  },
];

/** What a role of one's own does not have. */
export function bareRole(object: Record<string, unknown>, { description, permissions }: JsonObject): void {
  object.description = description ?? null;
  // The API keeps permissions in an order of its own.
  if (Array.isArray(permissions)) object.permissions = [...permissions].sort().reverse();
}
