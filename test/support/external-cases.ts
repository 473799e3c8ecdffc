import type { ObjectCase } from "./object-cases.ts";

/* What the tests of all objects need to know of identities, keys and storage of other clouds. */

const providers = "organization/workload_identity_providers";

export const externalCases: readonly ObjectCase[] = [
  {
    name: "openai_workload_identity_provider",
    path: providers,
    config: () => ({
      name: "Builds",
      issuer: "https://token.builds.example.com",
      audience: "https://api.openai.com",
      description: "Runs of the build system",
      enabled: false,
      attribute_transformations: [{ attribute: "repository", expression: "claims.repository" }],
      verification: { type: "uploaded_jwks", jwks_json: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}' },
    }),
    change: {
      name: "Releases",
      description: null,
      enabled: true,
      attribute_transformations: [],
      verification: { type: "discovery" },
    },
    drift: { member: "audience", value: "https://other.example.com", attribute: "audience" },
    foundAgain: true,
    importId: ({ state }) => String(state.id),
    readConfig: ({ state }) => ({ id: state.id }),
  },
  {
    name: "openai_workload_identity_federation_rule",
    path: `${providers}/{workload_identity_provider_id}/federation_rules`,
    config: (server) => ({
      workload_identity_provider_id: server.control.addObject(providers, {}).id,
      project_id: "proj_abc123",
      service_account_id: "svcacct_abc123",
      attribute_matchers_json: '{"sub":"repo:example/site:ref:refs/heads/main","attempt":1,"protected":true}',
      permissions: { type: "restricted", scopes: ["api.model.request"] },
      name: "Releases",
      description: "Of the site",
      enabled: true,
    }),
    change: {
      attribute_matchers_json: '{"sub":"repo:example/site:environment:production"}',
      permissions: { type: "service_account_default" },
      name: null,
      description: null,
      enabled: false,
    },
    drift: { member: "attribute_matchers", value: { sub: "*" }, attribute: "attribute_matchers_json" },
    foundAgain: true,
    importId: ({ state }) => `${state.workload_identity_provider_id}/${state.id}`,
    readConfig: ({ state }) => ({
      workload_identity_provider_id: state.workload_identity_provider_id,
      id: state.id,
    }),
  },
  {
    name: "openai_external_key",
    path: "organization/external_keys",
    config: () => ({
      name: "Main",
      type: "gcp",
      purpose: "psp_decryption",
      audience: "org-abc123",
      kms_key_location: "europe-west1",
      kms_key_name: "openai",
      kms_key_ring_name: "main",
      kms_project_id: "example-keys",
      kms_key_version: "3",
      workload_identity_pool_id: "openai",
      workload_identity_project_number: "123456789012",
      workload_identity_provider_id: "openai",
    }),
    drift: { member: "kms_key_version", value: "4", attribute: "kms_key_version" },
    foundAgain: true,
    importId: ({ state }) => String(state.id),
    readConfig: ({ state }) => ({ id: state.id }),
  },
  {
    name: "openai_external_storage",
    path: "organization/external_storage",
    config: () => ({
      project_id: "proj_default",
      type: "aws",
      bucket: "example-openai",
      role_arn: "arn:aws:iam::123456789012:role/openai",
    }),
    drift: { member: "provider", value: { type: "aws", bucket: "other" }, attribute: "bucket" },
    foundAgain: true,
    importId: ({ state }) => String(state.id),
    sentAs: { type: "provider.type", bucket: "provider.bucket", role_arn: "provider.role_arn" },
    readConfig: ({ state }) => ({ id: state.id }),
  },
];
