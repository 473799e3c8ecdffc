import type { Control } from "./control.ts";
import { limitsOfProject } from "./objects/project-kinds.ts";

const project = { project_id: "proj_abc123" };
const inProject = "organization/projects/{project_id}";
const ada = { id: "user-abc123", name: "Ada Example", email: "ada@example.com" };
const ben = { id: "user-ben", name: "Ben Example", email: "ben@example.com" };
const cleo = { id: "user-cleo", name: "Cleo Example", email: "cleo@example.com" };

/** A small organization, with what the examples of the Administration API name. */
export function seedOrganization(control: Control): void {
  const add = control.addObject.bind(control);
  for (const user of [ada, ben]) add("organization/users", { ...user, role: "owner" });
  add("organization/users", { ...cleo, role: "reader" });
  add("organization/groups", { id: "group_abc123", name: "Auditors" });
  add("organization/groups/{group_id}/users", cleo, { group_id: "group_abc123" });
  add("organization/projects", { id: project.project_id, name: "Example project" });
  for (const { path, parents, members } of limitsOfProject({ id: project.project_id }))
    add(path, members, parents);
  add(`${inProject}/users`, { ...ben, role: "member" }, project);
  add(`${inProject}/api_keys`, { id: "key_abc123", name: "Deployment" }, project);
  add(`${inProject}/api_keys`, { id: "key_old", name: "Old", owner_project_access: "inactive" }, project);
  add("organization/admin_api_keys", { id: "key_admin", name: "Terraform" });
  add("organization/audit_logs", { id: "audit_log-1", type: "project.created" });
  add("organization/audit_logs", {
    id: "audit_log-2",
    type: "api_key.created",
    "api_key.created": { id: "key_abc123", data: { scopes: ["api.model.read"] } },
  });
}

/** What it has, for a practitioner who starts the server by hand. */
export const organizationInWords =
  "the users user-abc123 and user-ben (owners) and user-cleo, the group group_abc123, the projects proj_default and\n" +
  "proj_abc123, in the latter the API keys key_abc123 and key_old, one admin API key and two entries of the audit log";
