# Creates a completion of a prompt that no plan and no state holds. A change of the prompt alone is not seen: raise
# prompt_version with it. Needs Terraform 1.11 or later.

variable "prompt" {
  description = "What to ask."
  type        = string
  ephemeral   = true
}

variable "prompt_version" {
  description = "Raise it whenever the prompt changes: another completion is then created, and paid for."
  type        = number
  default     = 1
}

resource "openai_chat_completion" "private" {
  model = "gpt-6-luna"

  messages_wo = [
    { role = "system", content = "Answer with yes or no." },
    { role = "user", content = var.prompt },
  ]
  messages_wo_version = var.prompt_version

  max_completion_tokens = 1
}

output "verdict" {
  value = openai_chat_completion.private.choices[0].message[0].content
}
