import type { ObjectCase } from "./object-cases.ts";

/* What the tests of all objects need to know of service accounts and keys. */

/** The project that each organization has from the start. */
const project_id = "proj_default";

export const keyCases: readonly ObjectCase[] = [
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
