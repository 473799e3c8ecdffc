# Keeps a project's data in a bucket of one's own cloud. The admin key comes from OPENAI_ADMIN_KEY.

resource "openai_project" "records" {
  name = "Records"
}

resource "openai_external_storage" "records" {
  project_id = openai_project.records.id
  type       = "aws"
  bucket     = "example-openai"
  role_arn   = "arn:aws:iam::123456789012:role/openai"
}

# What the trust policy of the role has to ask for.
output "external_id" {
  value = openai_external_storage.records.external_id
}
