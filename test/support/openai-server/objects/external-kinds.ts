import externalKey from "../../samples/external_key.json";
import externalStorage from "../../samples/external_storage.json";
import federationRule from "../../samples/workload_identity_federation_rule.json";
import workloadIdentityProvider from "../../samples/workload_identity_provider.json";
import { isObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";

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

const cloudMembers = [
  "external_id",
  "kms_arn",
  "role_arn",
  "audience",
  "kms_key_location",
  "kms_key_name",
  "kms_key_ring_name",
  "kms_project_id",
  "kms_key_version",
  "workload_identity_pool_id",
  "workload_identity_project_number",
  "workload_identity_provider_id",
  "key_name",
  "tenant_id",
  "vault_uri",
  "key_version",
  "key_ocid",
  "region",
  "vault_ocid",
  "key_version_ocid",
] as const;

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
  {
    path: "organization/external_storage",
    sample: externalStorage,
    id: { prefix: "extstorage_" },
    missing: { message: "External storage with id '{id}' not found." },
    create: { parameters: ["project_id", "provider"], required: ["project_id", "provider"] },
    filters: { project_id: "project_id" },
    delete: { object: "organization.external_storage.deleted" },
    actions: {
      validate({ body }) {
        if (body.status === "pending") body.status = "validated";
        return undefined;
      },
    },
    created(object, { provider }) {
      const given = isObject(provider) ? provider : {};
      const { account_id, external_id, region } = externalStorage.provider;
      object.provider = { ...given, region, ...(given.type === "aws" && { account_id, external_id }) };
    },
  },
  {
    path: "organization/external_keys",
    sample: externalKey,
    id: { prefix: "extkey_" },
    missing: { message: "External key with id '{id}' not found." },
    create: { parameters: ["name", "type", "purpose", ...cloudMembers], required: ["name", "type"] },
    filters: { purpose: "purpose" },
    delete: { object: "external_key" },
    bareDeletion: true,
    actions: { validate: () => ({ status: "valid" }) },
    created(object, parameters) {
      for (const name of cloudMembers) {
        if (parameters[name] === undefined) delete object[name];
        else object[name] = parameters[name];
      }
    },
  },
];
