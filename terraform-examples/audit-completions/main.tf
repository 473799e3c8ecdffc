# Audits what a model answered on one day, yesterday by default: how much, at what cost, and which
# answers did not end by themselves.

variable "model" {
  description = "The model's dated version, as answers carry it."
  type        = string
  default     = "gpt-4o-mini-2024-07-18"
}

variable "day" {
  description = "The day to audit (UTC), as in 2025-02-07. Null means yesterday."
  type        = string
  default     = null
}

data "openai_chat_completions" "recent" {
  model = var.model
  limit = 5000
}

locals {
  day = coalesce(var.day, formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-24h")))

  # The API cannot filter by time, so the completions of that day are picked here.
  audited = [
    for completion in data.openai_chat_completions.recent.chat_completions : completion
    if formatdate("YYYY-MM-DD", timeadd("1970-01-01T00:00:00Z", "${completion.created}s")) == local.day
  ]
}

output "answers" {
  value = length(local.audited)
}

output "tokens" {
  value = sum(concat([0], [for completion in local.audited : try(completion.usage.total_tokens, 0)]))
}

output "cut_off" {
  description = "IDs of answers that were cut off or filtered, by reason."
  value = {
    for completion in local.audited : completion.choices[0].finish_reason => completion.id...
    if !contains(["stop", "tool_calls", "function_call"], try(coalesce(completion.choices[0].finish_reason), "stop"))
  }
}

check "the_whole_day_was_read" {
  assert {
    condition     = !data.openai_chat_completions.recent.has_more
    error_message = "There are more completions than the limit: raise it if the day is not the latest."
  }
}
