# Reads one completion with a key of its own, for example one of another project.

variable "audit_key" {
  description = "API key of the project that the completion belongs to."
  type        = string
  sensitive   = true
}

data "openai_chat_completion" "other_project" {
  completion_id = "chatcmpl-abc123"
  api_key       = var.audit_key
}

output "answered_by" {
  value = data.openai_chat_completion.other_project.model
}
