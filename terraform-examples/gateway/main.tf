# Uses a gateway in front of the API, which needs a header of its own beside the key. Beside such a header the key of the
# environment is sent to another host than OpenAI's only where the block says so.

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
  api_key  = "OPENAI_API_KEY" # the environment variable's value

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
