import { notBlank, string } from "../../framework/index.ts";
import { isJsonObject } from "../../openai/index.ts";
import { idArgument, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { knownRole, plainRole, sameRole } from "./role-arguments.ts";

/** A group that has access to a project. */
export const projectGroup = apiObject({
  name: "openai_project_group",
  noun: "project group",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/groups",
  id: "group_abc123",
  idArgument: "group_id",
  idMember: "group_id",
  responseJson: true,
  readByList: "first",
  missing: ["the group was taken from the project", "the group was deleted", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    group_id: idArgument("The ID of the group, for example `group_abc123`."),
    role: wired(
      string({
        required: true,
        validate: [notBlank(), knownRole("owner", "member")],
        equivalent: sameRole,
        description:
          "The ID of the project role that the group gets with its access. The API does not report it, and an import takes the " +
          "first role that the group has there; all are in `openai_project_group_roles`.",
      }),
      { sentOnly: true },
    ),
    group_name: text("The name of the group."),
    group_type: text("`group`, or `tenant_group` of one that comes from the organization's tenant."),
    created_at: timestamp("of when the group got access"),
  },
  leftOut: { object: "it is always project.group" },
  async more({ openai, state, imported, options }) {
    if (!imported || state.role !== null) return {};
    // An import takes the first of the roles that the group has in the project for the one it came with.
    const path = ["projects", state.project_id, "groups", state.id, "roles"];
    const { data } = await openai.page({ method: "GET", path, query: [["limit", "1"]] }, options());
    const [first] = data;
    const id = isJsonObject(first) ? first.get("id") : undefined;
    return typeof id === "string" ? { role: plainRole(id) } : {};
  },
  resource: {
    importArguments: ["role"],
    description:
      "Gives a group access to a project, with a first role there. A new `role` takes the access away and gives it again; " +
      "further roles are `openai_project_group_role`.",
  },
  dataSource: { argument: "group_id", description: "Reads the access of a group to a project." },
  list: {
    attribute: "groups",
    displayName: "group_name",
    description: "Reads all groups that have access to a project.",
  },
});
