# Keeps groups of the organization with their people and roles, and invites who is not there yet.

variable "auditors" {
  type        = set(string)
  description = "Email addresses of users of the organization."
}

variable "newcomers" {
  type        = set(string)
  description = "Email addresses of people who are invited."
  default     = []
}

data "openai_organization_users" "all" {}

locals {
  users = { for user in data.openai_organization_users.all.users : user.email => user.id }
}

resource "openai_group" "auditors" {
  name = "Auditors"
}

resource "openai_group_user" "auditor" {
  for_each = var.auditors

  group_id = openai_group.auditors.id
  user_id  = local.users[each.value]
}

resource "openai_role" "auditor" {
  role_name   = "Auditor"
  description = "Reads who belongs where"
  permissions = ["api.groups.read", "api.roles.read"]
}

resource "openai_group_role" "auditors" {
  group_id = openai_group.auditors.id
  role_id  = openai_role.auditor.id
}

# A role can also be one user's own.
resource "openai_user_role" "auditor" {
  for_each = var.auditors

  user_id = local.users[each.value]
  role_id = openai_role.auditor.id
}

resource "openai_invite" "newcomer" {
  for_each = var.newcomers

  email    = each.value
  role     = "reader"
  projects = []
}

output "members" {
  value = keys(openai_group_user.auditor)
}

output "invites" {
  value = { for address, invite in openai_invite.newcomer : address => invite.status }
}
