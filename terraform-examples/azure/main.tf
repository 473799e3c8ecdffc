# Uses Azure OpenAI: its own base URL, its key in the header `api-key`, and its query parameter.

variable "azure_endpoint" {
  description = "Endpoint of the resource, for example https://example.openai.azure.com."
  type        = string
}

variable "azure_key" {
  description = "Key of the resource."
  type        = string
  sensitive   = true
}

provider "openai" {
  base_url = "${var.azure_endpoint}/openai/v1"

  headers = {
    "api-key" = var.azure_key
  }

  query = {
    "api-version" = "preview"
  }
}

data "openai_chat_completion" "stored" {
  completion_id = "chatcmpl-abc123"
}

output "answer" {
  value = data.openai_chat_completion.stored.choices[0].message[0].content
}
