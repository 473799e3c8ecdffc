import type { ObjectCase } from "./object-cases.ts";

/* What the tests of all objects need to know of service accounts and keys. */

/** The project that each organization has from the start. */
const project_id = "proj_default";

export const keyCases: readonly ObjectCase[] = [
  {
    name: "openai_admin_api_key",
    path: "organization/admin_api_keys",
    config: () => ({ expires_in_seconds: 3600, name: "Terraform" }),
    importId: ({ state }) => String(state.id),
    unknownToImport: ["expires_in_seconds", "value"],
    foundAgain: true,
    valueOnce: "error: Admin API key without its value",
    readConfig: ({ state }) => ({ api_key_id: state.id }),
  },
  {
    name: "openai_project_service_account",
    path: "organization/projects/{project_id}/service_accounts",
    config: () => ({ project_id, name: "Deployment" }),
    change: { name: "Release", role: "member" },
    drift: { member: "name", value: "renamed", attribute: "name" },
    importId: ({ state }) => `${state.project_id}/${state.id}`,
    foundAgain: true,
    readConfig: ({ state }) => ({ project_id, service_account_id: state.id }),
  },
];
