import { notBlank, oneOf, string } from "../../framework/index.ts";
import { idArgument, objectType, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { type CloudArguments, checkCloud, cloudsInWords } from "./cloud-arguments.ts";

/** `region` is reported of all clouds, so that a generated configuration has it. */
const allowed = ["region"];

const clouds: CloudArguments = {
  aws: { needed: ["bucket", "role_arn"], allowed },
  azure: {
    needed: ["account_name", "container", "resource_group", "subscription_id", "tenant_id"],
    allowed,
  },
  gcp: {
    needed: [
      "bucket",
      "workload_identity_pool_id",
      "workload_identity_project_number",
      "workload_identity_provider_id",
    ],
    allowed,
  },
  oci: { needed: ["bucket", "region", "tenancy_ocid"] },
};

/** A member of `provider`, which is no name for an argument: Terraform has it. */
function of(member: string, description: string) {
  const argument = string({ optional: true, validate: [notBlank()], description });
  return wired(argument, { member: `provider.${member}` });
}

function reported(member: string, description: string) {
  return wired(text(description), { member: `provider.${member}` });
}

/** A place in another cloud where a project's data is kept. */
export const externalStorage = apiObject({
  name: "openai_external_storage",
  noun: "external storage configuration",
  subcategory: "Organization",
  key: "admin",
  path: "organization/external_storage",
  id: "extstorage_abc123",
  responseJson: true,
  readByList: "first",
  attributes: {
    project_id: idArgument("The ID of the project whose data is kept there, for example `proj_abc123`."),
    type: wired(
      string({
        required: true,
        validate: [oneOf(...Object.keys(clouds))],
        description: "The cloud that has the storage: `aws`, `gcp`, `azure` or `oci`.",
      }),
      { member: "provider.type" },
    ),
    bucket: of("bucket", "aws, gcp, oci: the name of the bucket."),
    role_arn: of("role_arn", "aws: the ARN of the role that OpenAI assumes."),
    account_name: of("account_name", "azure: the storage account."),
    container: of("container", "azure: the container."),
    resource_group: of("resource_group", "azure: the resource group."),
    subscription_id: of("subscription_id", "azure: the subscription."),
    tenant_id: of("tenant_id", "azure: the tenant."),
    workload_identity_pool_id: of(
      "workload_identity_pool_id",
      "gcp: the pool of the workload identity provider.",
    ),
    workload_identity_project_number: of(
      "workload_identity_project_number",
      "gcp: the number of the pool's project.",
    ),
    workload_identity_provider_id: of(
      "workload_identity_provider_id",
      "gcp: the workload identity provider that is registered for OpenAI.",
    ),
    tenancy_ocid: of("tenancy_ocid", "oci: the OCID of the tenancy."),
    region: wired(
      string({
        optional: true,
        computed: true,
        validate: [notBlank()],
        description: "The region. oci needs it; left out with another cloud, it is what the API reports.",
      }),
      { member: "provider.region" },
    ),
    account_id: reported("account_id", "aws: the account that the role belongs to."),
    external_id: reported("external_id", "aws: the external ID that the role's trust needs."),
    audience: reported("audience", "gcp: `aud` of OpenAI's identity tokens."),
    geography: text("The geography in which the data is kept."),
    status: text("`pending`, `validated`, `degraded` or `unhealthy`."),
    object: objectType("organization.external_storage"),
    created_at: timestamp("of when it was registered"),
  },
  leftOut: { provider: "its members are attributes" },
  resource: {
    description:
      "Registers storage of another cloud in which a project's data is kept. The API changes none: each change registers " +
      "another one. A destroy disconnects it and leaves the storage as it is; without its last one, the project's data is " +
      `retained as the organization says.\n\n${cloudsInWords(clouds)}`,
    volatile: ["status"],
    made: (listed, sent) =>
      (["project_id", "type", "bucket", "account_name", "container"] as const).every(
        (name) => listed[name] === sent[name],
      ),
    validate: ({ config, diagnostics }) => checkCloud(clouds, config, diagnostics),
  },
  dataSource: { description: "Reads an external storage configuration: where it is, and whether it works." },
  list: {
    attribute: "configurations",
    description: "Reads all external storage configurations of the organization.",
    filters: {
      project_id: string({
        optional: true,
        validate: [notBlank()],
        description: "Only those of this project.",
      }),
    },
  },
});
