# Keeps a project of the organization with its people and limits. The admin key comes from OPENAI_ADMIN_KEY.

variable "members" {
  type        = map(string)
  description = "Roles in the project, by the email addresses of users of the organization."
  default     = {}
}

resource "openai_project" "website" {
  name = "Website"

  # A destroy archives a project, which cannot be undone.
  deletion_protection = false
}

resource "openai_project_user" "member" {
  for_each = var.members

  project_id = openai_project.website.id
  email      = each.key
  role       = each.value
}

resource "openai_project_spend_limit" "website" {
  project_id       = openai_project.website.id
  threshold_amount = 50000
  currency         = "USD"
  interval         = "month"
}

# The limits are there with the project: these are set, and all others stay as they are.
resource "openai_project_rate_limit" "model" {
  project_id                = openai_project.website.id
  rate_limit_id             = "rl-gpt-5.6-sol"
  max_requests_per_1_minute = 100
}

data "openai_project_rate_limits" "website" {
  project_id = openai_project.website.id
  depends_on = [openai_project_rate_limit.model]
}

output "project_id" {
  value = openai_project.website.project_id
}

output "members" {
  value = { for address, user in openai_project_user.member : address => user.name }
}

output "requests_per_minute" {
  value = {
    for limit in data.openai_project_rate_limits.website.rate_limits :
    limit.model => limit.max_requests_per_1_minute
  }
}
