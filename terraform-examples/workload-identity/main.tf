# Lets runs of a CI system call the API as a service account, without a key. The admin key comes from OPENAI_ADMIN_KEY.

resource "openai_project" "site" {
  name = "Site"
}

resource "openai_project_service_account" "releases" {
  project_id = openai_project.site.id
  name       = "releases"
}

resource "openai_workload_identity_provider" "builds" {
  name     = "Builds"
  issuer   = "https://token.builds.example.com"
  audience = "https://api.openai.com"

  attribute_transformations = [
    { attribute = "repository", expression = "claims.repository" },
  ]
  verification = {
    type = "discovery"
  }
}

# Only runs of this repository that were started for production.
resource "openai_workload_identity_federation_rule" "releases" {
  workload_identity_provider_id = openai_workload_identity_provider.builds.id
  project_id                    = openai_project.site.id
  service_account_id            = openai_project_service_account.releases.id
  name                          = "Releases"
  attribute_matchers_json = jsonencode({
    repository  = "example/site"
    environment = "production"
  })
  permissions = {
    type   = "restricted"
    scopes = ["api.model.request"]
  }
}

data "openai_workload_identity_federation_rules" "builds" {
  workload_identity_provider_id = openai_workload_identity_provider.builds.id
  depends_on                    = [openai_workload_identity_federation_rule.releases]
}

output "rules" {
  value = data.openai_workload_identity_federation_rules.builds.federation_rules[*].name
}

output "issuer" {
  value = openai_workload_identity_provider.builds.issuer
}
