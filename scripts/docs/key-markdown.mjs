// Which key asks for an object, and what a key of its own makes of it.

/** @param {import("./page.mjs").Subject} subject */
export function keyMarkdown({ about, label }) {
  if (about?.key === "admin")
    return `It belongs to the organization, and is asked for with the admin key: \`admin_api_key\` in the provider block, or the
environment variable OPENAI_ADMIN_KEY.`;
  if (label !== "Resource") return "";
  return `There is no \`api_key\`: a later refresh or destroy would use the key of the state. For several keys, use
[provider aliases](https://developer.hashicorp.com/terraform/language/providers/configuration#alias-multiple-provider-configurations).`;
}

/** @param {import("../../src/framework/index.ts").Schema} schema */
export function sensitiveMarkdown({ attributes }) {
  if (!("api_key" in attributes)) return "";
  return `## Sensitive values

\`api_key\` is sensitive, and one sensitive attribute makes Terraform treat the *whole object* as sensitive, even while it
is null: an output of the whole data source needs \`sensitive = true\`. An output of one attribute does not.`;
}
