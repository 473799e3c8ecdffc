# Keeps a project with a service account. The admin key comes from OPENAI_ADMIN_KEY.

resource "openai_project" "deployment" {
  name = "Deployment"
}

resource "openai_project_service_account" "deployment" {
  project_id = openai_project.deployment.id
  name       = "Deployment"
  role       = "member"
}

output "role" {
  value = openai_project_service_account.deployment.role
}
