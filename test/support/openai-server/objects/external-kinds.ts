import federationRule from "../../samples/workload_identity_federation_rule.json";
import workloadIdentityProvider from "../../samples/workload_identity_provider.json";
import type { ObjectKind } from "./kinds.ts";

/* What relates the organization to other clouds: identities, keys and storage there. */

const identity = [
  "name",
  "issuer",
  "audience",
  "description",
  "enabled",
  "attribute_transformations",
  "verification",
] as const;

const matched = ["attribute_matchers", "permissions", "name", "description", "enabled"] as const;

/** What a creation does not name is null. */
function plain(object: Record<string, unknown>, parameters: object, names: readonly string[]): void {
  for (const name of names) if (Reflect.get(parameters, name) === undefined) object[name] = null;
}

export const externalKinds: readonly ObjectKind[] = [
  {
    path: "organization/workload_identity_providers",
    sample: workloadIdentityProvider,
    id: { prefix: "wip_" },
    missing: { message: "Workload identity provider with id '{id}' not found." },
    create: { parameters: ["type", ...identity], required: ["type", "name", "issuer", "audience"] },
    update: identity,
    delete: { object: "organization.workload_identity_provider.deleted" },
    created(object, parameters) {
      plain(object, parameters, ["description"]);
      if (parameters.attribute_transformations === undefined) object.attribute_transformations = [];
    },
  },
  {
    path: "organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules",
    sample: federationRule,
    id: { prefix: "wifr_" },
    missing: { message: "Federation rule with id '{id}' not found." },
    create: {
      parameters: ["project_id", "service_account_id", ...matched],
      required: ["project_id", "service_account_id", "attribute_matchers"],
    },
    filters: { service_account_id: "service_account_id" },
    update: matched,
    delete: { object: "organization.workload_identity_federation_rule.deleted" },
    created: (object, parameters) => plain(object, parameters, ["name", "description"]),
  },
];
