# Keeps what may be done in a project, by whom, and at what cost. The admin key comes from OPENAI_ADMIN_KEY.

variable "group_id" {
  type        = string
  description = "The ID of a group of the organization, whose members work in the project."
}

variable "user_id" {
  type        = string
  description = "The ID of a user of the organization, who reviews the project."
}

resource "openai_project" "support" {
  name = "Support"
}

resource "openai_project_role" "reviewer" {
  project_id  = openai_project.support.id
  role_name   = "Reviewer"
  description = "Reads what the project keeps"
  permissions = ["api.files.read", "api.vector_stores.read"]
}

# The group's access comes with a first role; further ones are assigned beside it.
resource "openai_project_group" "support" {
  project_id = openai_project.support.id
  group_id   = var.group_id
  role       = "role-api-project-member"
}

resource "openai_project_group_role" "reviewers" {
  project_id = openai_project.support.id
  group_id   = openai_project_group.support.group_id
  role_id    = openai_project_role.reviewer.id
}

resource "openai_project_user_role" "reviewer" {
  project_id = openai_project.support.id
  user_id    = var.user_id
  role_id    = openai_project_role.reviewer.id
}

resource "openai_project_model_permissions" "support" {
  project_id = openai_project.support.id
  mode       = "allow_list"
  model_ids  = ["gpt-5.6-sol", "gpt-6-luna"]
}

resource "openai_project_hosted_tool_permissions" "support" {
  project_id               = openai_project.support.id
  code_interpreter_enabled = false
  file_search_enabled      = true
  image_generation_enabled = false
  mcp_enabled              = false
  web_search_enabled       = true
}

resource "openai_project_data_retention" "support" {
  project_id = openai_project.support.id
  type       = "organization_default"
}

resource "openai_project_service_tier_settings" "support" {
  project_id    = openai_project.support.id
  default       = "standard"
  enabled_tiers = ["flex"]
}

# Amounts are in cents.
resource "openai_project_spend_alert" "half" {
  project_id                      = openai_project.support.id
  threshold_amount                = 25000
  currency                        = "USD"
  interval                        = "month"
  notification_channel_type       = "email"
  notification_channel_recipients = ["costs@example.com"]
}

data "openai_project_group_roles" "support" {
  project_id = openai_project.support.id
  group_id   = openai_project_group.support.group_id
  depends_on = [openai_project_group_role.reviewers]
}

output "permissions_of_the_group" {
  value = distinct(flatten(data.openai_project_group_roles.support.roles[*].permissions))
}

output "reviewer_may" {
  value = openai_project_user_role.reviewer.permissions
}
