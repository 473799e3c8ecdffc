# A gateway in front of the API, which wants a header of its own beside the key.

variable "gateway_url" {
  description = "Base URL of the gateway, with its path."
  type        = string
}

variable "gateway_token" {
  description = "What the gateway knows this team by."
  type        = string
  sensitive   = true
}

provider "openai" {
  base_url = var.gateway_url

  headers = {
    "X-Gateway-Token" = var.gateway_token
  }
}

data "openai_chat_completion" "routed" {
  completion_id = "chatcmpl-abc123"
}

output "answer" {
  value = data.openai_chat_completion.routed.choices[0].message[0].content
}
