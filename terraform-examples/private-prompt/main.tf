# A prompt that is stored in no plan and no state (Terraform 1.11 and later). A change of it alone is not seen: raise
# prompt_version with it.

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
