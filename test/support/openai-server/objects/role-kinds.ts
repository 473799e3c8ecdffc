import groupRole from "../../samples/group_role.json";
import projectGroupRole from "../../samples/project_group_role.json";
import projectRole from "../../samples/project_role.json";
import projectUserRole from "../../samples/project_user_role.json";
import role from "../../samples/role.json";
import userRole from "../../samples/user_role.json";
import type { JsonObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";
import type { StoredObject } from "./stored-objects.ts";

/* Roles of the organization and of its projects, and what they are assigned to. */

/** Where what they belong to is. */
const inProject = { above: "organization/projects" } as const;

/** What names a role without what binds it to where it is assigned: the API takes both for the same. */
export function plainRole(id: string): string {
  return id.replace(/__.*$/, "");
}

function roles(path: string, sample: JsonObject, missing: string): ObjectKind {
  return {
    path,
    sample,
    id: { prefix: "role_" },
    missing: { message: missing },
    create: {
      parameters: ["role_name", "description", "permissions"],
      required: ["role_name", "permissions"],
    },
    renamed: { role_name: "name" },
    update: ["role_name", "description", "permissions"],
    delete: { object: "role.deleted" },
    cursors: "next",
    created(object, { description, permissions }) {
      // What a role of one's own does not have.
      object.description = description ?? null;
      // The API keeps permissions in an order of its own.
      if (Array.isArray(permissions)) object.permissions = [...permissions].sort().reverse();
    },
  };
}

/**
 * Assignments of roles to a user or a group, which the API reports by IDs that are bound to where they are assigned.
 *
 * @param within The parameter of the path that names where.
 */
function assignments(path: string, sample: JsonObject, to: "group" | "user", within: string): ObjectKind {
  return {
    path,
    sample,
    id: { parameter: "role_id" },
    missing: { message: `Role with id '{id}' is not assigned to ${to} '{${to}_id}'.` },
    create: { parameters: ["role_id"], required: ["role_id"] },
    delete: { object: "role.deleted" },
    cursors: "next",
    isNamed: ({ id }: StoredObject, asked) => plainRole(asked) === plainRole(id),
    created(object) {
      object.id = `${plainRole(String(object.id))}__${within}__${object[within]}`;
    },
    answers(body, parents) {
      const { id, name, description, permissions, predefined_role, resource_type } = body as JsonObject;
      const role = { object: "role", id, name, description, permissions, predefined_role, resource_type };
      const object = `${to}.role`;
      return { object, role: role as JsonObject, [to]: { object: to, id: parents[`${to}_id`] ?? null } };
    },
  };
}

export const roleKinds: readonly ObjectKind[] = [
  roles("organization/roles", role, "Role with id '{id}' not found."),
  {
    ...roles(
      "projects/{project_id}/roles",
      projectRole,
      "Role with id '{id}' not found in project '{project_id}'.",
    ),
    ...inProject,
  },
  assignments("organization/groups/{group_id}/roles", groupRole, "group", "group_id"),
  assignments("organization/users/{user_id}/roles", userRole, "user", "user_id"),
  {
    ...assignments("projects/{project_id}/users/{user_id}/roles", projectUserRole, "user", "project_id"),
    ...inProject,
  },
  {
    ...assignments("projects/{project_id}/groups/{group_id}/roles", projectGroupRole, "group", "project_id"),
    ...inProject,
  },
];
