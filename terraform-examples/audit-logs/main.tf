# Finds who made API keys in a day, and who removed projects. The admin key comes from OPENAI_ADMIN_KEY.

variable "day" {
  type    = string
  default = "2026-10-01"
}

data "openai_audit_logs" "day" {
  event_types = ["api_key.created", "project.archived", "project.deleted"]

  effective_at = {
    gte = "${var.day}T00:00:00Z"
    lt  = timeadd("${var.day}T00:00:00Z", "24h")
  }
}

locals {
  logs = data.openai_audit_logs.day.audit_logs
}

# What an event has beside its common part is JSON, and depends on its type.
output "scopes_of_new_keys" {
  value = {
    for log in local.logs : jsondecode(log.details_json).id => jsondecode(log.details_json).data.scopes
    if log.type == "api_key.created"
  }
}

output "removals" {
  value = [
    for log in local.logs : "${log.actor.session.user.email} from ${log.actor.session.ip_address}: ${log.type} ${log.project.id}"
    if startswith(log.type, "project.")
  ]
}
