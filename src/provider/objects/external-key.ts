import { list, notBlank, oneOf, string, types } from "../../framework/index.ts";
import { text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { type CloudArguments, checkCloud, cloudsInWords } from "./cloud-arguments.ts";
import { httpsUrl } from "./https-url.ts";

const clouds: CloudArguments = {
  aws: { needed: ["external_id", "kms_arn", "role_arn"] },
  gcp: {
    needed: [
      "audience",
      "kms_key_location",
      "kms_key_name",
      "kms_key_ring_name",
      "kms_project_id",
      "workload_identity_pool_id",
      "workload_identity_project_number",
      "workload_identity_provider_id",
    ],
    allowed: ["kms_key_version"],
  },
  azure: { needed: ["key_name", "tenant_id", "vault_uri"], allowed: ["key_version"] },
  oci: { needed: ["key_ocid", "region", "vault_ocid"], allowed: ["key_version_ocid"] },
};

const purposes = ["ekm", "psp_decryption"];

function of(cloud: string, description: string) {
  return string({ optional: true, validate: [notBlank()], description: `${cloud}: ${description}` });
}

/** A key in another cloud's key management that encrypts what OpenAI keeps. */
export const externalKey = apiObject({
  name: "openai_external_key",
  noun: "external key",
  subcategory: "Organization",
  key: "admin",
  path: "organization/external_keys",
  id: "extkey_abc123",
  responseJson: true,
  readByList: "first",
  attributes: {
    name: string({ required: true, validate: [notBlank()], description: "The name of the external key." }),
    type: string({
      required: true,
      validate: [oneOf(...Object.keys(clouds))],
      description: "The cloud that has the key: `aws`, `gcp`, `azure` or `oci`.",
    }),
    purpose: string({
      optional: true,
      computed: true,
      validate: [oneOf(...purposes)],
      description: "What the key is for: `ekm` or `psp_decryption`. Left out, the API chooses.",
    }),
    external_id: of(
      "aws",
      "the external ID of the role's trust: the ID of the organization, or of a project.",
    ),
    kms_arn: of("aws", "the ARN of the key."),
    role_arn: of("aws", "the ARN of the role that OpenAI assumes."),
    audience: of("gcp", "`aud` of OpenAI's identity tokens: the ID of the organization, or of a project."),
    kms_key_location: of("gcp", "the region of the key."),
    kms_key_name: of("gcp", "the name of the key."),
    kms_key_ring_name: of("gcp", "the key ring."),
    kms_project_id: of("gcp", "the project of the key, by name."),
    kms_key_version: of("gcp", "the number of the key's version, for `psp_decryption`."),
    workload_identity_pool_id: of("gcp", "the pool of the workload identity provider."),
    workload_identity_project_number: of("gcp", "the number of the pool's project."),
    workload_identity_provider_id: of("gcp", "the workload identity provider that is registered for OpenAI."),
    key_name: of("azure", "the name of the key."),
    tenant_id: of("azure", "the tenant."),
    vault_uri: string({
      optional: true,
      validate: [httpsUrl()],
      description: "azure: the URI of the key's vault.",
    }),
    key_version: of("azure", "the key's version, for `psp_decryption`."),
    key_ocid: of("oci", "the OCID of the key."),
    region: string({
      optional: true,
      computed: true,
      validate: [notBlank()],
      description: "oci: the region of the vault.",
    }),
    vault_ocid: of("oci", "the OCID of the vault."),
    key_version_ocid: of("oci", "the OCID of the key's version, for `psp_decryption`."),
    api_project_ids: list(types.string, {
      computed: true,
      description: "The IDs of the projects that use the key.",
    }),
    workspace_id: text("The ID of the workspace."),
    created_at: timestamp("of when it was registered"),
  },
  leftOut: { object: "it is always the same" },
  resource: {
    description:
      "Registers a key of another cloud's key management, by which OpenAI encrypts what it keeps. The API changes none: each " +
      `change registers another one. The key itself stays as it is.\n\n${cloudsInWords(clouds)}`,
    volatile: ["api_project_ids"],
    made: (listed, sent) => listed.name === sent.name && listed.type === sent.type,
    validate: ({ config, diagnostics }) => checkCloud(clouds, config, diagnostics),
  },
  dataSource: { description: "Reads an external key: where it is, and which projects use it." },
  list: {
    displayName: "name",
    description: "Reads all external keys of the organization.",
    filters: {
      purpose: string({
        optional: true,
        validate: [oneOf(...purposes)],
        description: "Only keys for this: `ekm` or `psp_decryption`.",
      }),
    },
  },
});
