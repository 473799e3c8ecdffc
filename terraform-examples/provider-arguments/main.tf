# Every argument of the provider. All are optional: most configurations need none of them.

variable "openai_key" {
  description = "API key."
  type        = string
  sensitive   = true
}

variable "openai_admin_key" {
  description = "Admin key, for what belongs to the organization."
  type        = string
  sensitive   = true
}

variable "base_url" {
  description = "Base URL of the API."
  type        = string
  default     = "https://api.openai.com/v1"
}

provider "openai" {
  api_key       = var.openai_key
  admin_api_key = var.openai_admin_key
  organization  = "org-example"
  project       = "proj_example"
  base_url      = var.base_url
  allow_http    = false
  headers       = { "X-Team" = "platform" }
  query         = { "audit" = "2026" }
  timeout       = "90s"
  max_retries   = 6
}

data "openai_chat_completion" "example" {
  completion_id = "chatcmpl-abc123"
}

output "model" {
  value = data.openai_chat_completion.example.model
}
