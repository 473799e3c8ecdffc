# Keeps a role of the organization, assigns it to a group, and reads what the group may do.

variable "group_id" {
  type        = string
  description = "The ID of a group of the organization."
}

resource "openai_role" "auditor" {
  role_name   = "Auditor"
  description = "Reads who belongs where"
  permissions = ["api.groups.read", "api.roles.read"]
}

resource "openai_group_role" "auditors" {
  group_id = var.group_id
  role_id  = openai_role.auditor.id
}

data "openai_group_roles" "auditors" {
  group_id   = var.group_id
  depends_on = [openai_group_role.auditors]
}

output "roles" {
  value = data.openai_group_roles.auditors.roles[*].permissions
}
