# Reads many completions, and sums up what they cost in tokens.

variable "completion_ids" {
  description = "IDs of the completions to audit."
  type        = set(string)
}

data "openai_chat_completion" "audited" {
  for_each = var.completion_ids

  completion_id = each.value
}

output "finish_reasons" {
  value = {
    for id, completion in data.openai_chat_completion.audited : id => completion.choices[*].finish_reason
  }
}

# A completion without usage counts as none.
output "total_tokens" {
  value = sum([
    for completion in data.openai_chat_completion.audited : try(completion.usage.total_tokens, 0)
  ])
}
