import type { ObjectCase } from "./object-cases.ts";
import type { OpenAIServer } from "./openai-server/server.ts";
import type { Kept } from "./provider-session.ts";

/* What the tests of all objects need to know of those of the Administration API. */

const id = ({ state }: Kept) => String(state.id);

/** The project that each organization has from the start. */
const project = "proj_default";

export const adminCases: readonly ObjectCase[] = [
  {
    name: "openai_project",
    path: "organization/projects",
    config: () => ({ external_key_id: "extkey_1", deletion_protection: false, name: "Website" }),
    change: { name: "Shop" },
    drift: { member: "name", value: "renamed", attribute: "name" },
    importId: id,
    unknownToImport: ["deletion_protection"],
    foundAgain: true,
    left: { status: "archived" },
    readConfig: (kept) => ({ project_id: id(kept) }),
  },
  {
    name: "openai_project_user",
    path: "organization/projects/{project_id}/users",
    config: () => ({ project_id: project, user_id: "user-ada", role: "member" }),
    change: { role: "owner" },
    drift: { member: "role", value: "owner", attribute: "role" },
    importId: ({ state }) => `${state.project_id}/${state.id}`,
    readConfig: ({ state }) => ({ project_id: state.project_id, user_id: state.id }),
  },
  {
    name: "openai_project_rate_limit",
    path: "organization/projects/{project_id}/rate_limits",
    config: (server) => {
      const at = "organization/projects/{project_id}/rate_limits";
      server.control.addObject(at, { id: "rl-gpt-5.6-sol" }, { project_id: project });
      return { project_id: project, rate_limit_id: "rl-gpt-5.6-sol", max_requests_per_1_minute: 100 };
    },
    change: { max_requests_per_1_minute: 200 },
    drift: { member: "max_requests_per_1_minute", value: 1, attribute: "max_requests_per_1_minute" },
    importId: ({ state }) => `${state.project_id}/${state.id}`,
    idIsKnown: true,
    left: { max_requests_per_1_minute: 100 },
    readConfig: ({ state }) => ({ project_id: state.project_id, rate_limit_id: state.id }),
  },
  {
    name: "openai_project_spend_limit",
    path: "organization/projects/{project_id}/spend_limit",
    config: () => ({ project_id: project, currency: "USD", interval: "month", threshold_amount: 5000 }),
    change: { threshold_amount: 7000 },
    drift: { member: "threshold_amount", value: 1, attribute: "threshold_amount" },
    importId: id,
    idIsKnown: true,
    readConfig: ({ state }) => ({ project_id: state.project_id }),
  },
  {
    name: "openai_role",
    path: "organization/roles",
    config: () => ({
      description: "Reads everything",
      permissions: ["api.roles.read", "api.groups.read"],
      role_name: "Auditor",
    }),
    change: { permissions: ["api.roles.read"], description: null },
    drift: { member: "name", value: "renamed", attribute: "role_name" },
    importId: id,
    readConfig: (kept) => ({ role_id: id(kept) }),
  },
  {
    name: "openai_group_role",
    path: "organization/groups/{group_id}/roles",
    config: (server) => ({ group_id: seedGroup(server), role_id: "role_1" }),
    importId: ({ state }) => `${state.group_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    readConfig: ({ state }) => ({ group_id: state.group_id, role_id: state.role_id }),
  },
  {
    name: "openai_group",
    path: "organization/groups",
    config: () => ({ name: "Auditors" }),
    change: { name: "Readers" },
    drift: { member: "name", value: "renamed", attribute: "name" },
    foundAgain: true,
    importId: id,
    readConfig: (kept) => ({ group_id: id(kept) }),
  },
  {
    name: "openai_group_user",
    path: "organization/groups/{group_id}/users",
    config: (server) => ({ group_id: seedGroup(server), user_id: "user-ada" }),
    importId: ({ state }) => `${state.group_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    readConfig: ({ state }) => ({ group_id: state.group_id, user_id: state.user_id }),
  },
  {
    name: "openai_user_role",
    path: "organization/users/{user_id}/roles",
    config: (server) => ({
      user_id: server.control.addObject("organization/users", { id: "user-ada" }).id,
      role_id: "role_1",
    }),
    importId: ({ state }) => `${state.user_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    readConfig: ({ state }) => ({ user_id: state.user_id, role_id: state.role_id }),
  },
  {
    name: "openai_invite",
    path: "organization/invites",
    config: () => ({
      projects: [{ id: project, role: "member" }],
      role: "reader",
      email: "ada@example.com",
    }),
    importId: id,
    foundAgain: true,
    readConfig: (kept) => ({ invite_id: id(kept) }),
  },
  {
    name: "openai_certificate",
    path: "organization/certificates",
    config: () => ({ certificate, name: "Gateway" }),
    change: { name: "Proxy" },
    drift: { member: "name", value: "renamed", attribute: "name" },
    foundAgain: true,
    importId: id,
    readConfig: (kept) => ({ certificate_id: id(kept) }),
  },
  {
    name: "openai_organization_certificate",
    path: "organization/certificates",
    config: (server) => ({
      certificate_id: server.control.addObject("organization/certificates", { id: "cert_1" }).id,
    }),
    importId: id,
    idIsKnown: true,
    foundAgain: true,
    left: { active: false },
  },
  {
    name: "openai_project_certificate",
    path: "organization/projects/{project_id}/certificates",
    config: (server) => {
      const at = "organization/projects/{project_id}/certificates";
      server.control.addObject(at, { id: "cert_1" }, { project_id: project });
      return { project_id: project, certificate_id: "cert_1" };
    },
    importId: ({ state }) => `${state.project_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    left: { active: false },
  },
];

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** Puts a group into the server and returns its ID. */
function seedGroup(server: OpenAIServer): string {
  return server.control.addObject("organization/groups", {}).id;
}
