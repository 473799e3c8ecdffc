# Finds the completions of one model that carry a tag, the newest first, and counts their tokens.

data "openai_chat_completions" "platform" {
  model    = "gpt-6-luna"
  metadata = { team = "platform" }
  limit    = 500
}

output "ids" {
  value = data.openai_chat_completions.platform.ids
}

# Whether there are more than the limit allowed to read.
output "complete" {
  value = !data.openai_chat_completions.platform.has_more
}

output "total_tokens" {
  value = sum(concat([0], [
    for completion in data.openai_chat_completions.platform.chat_completions :
    try(completion.usage.total_tokens, 0)
  ]))
}
