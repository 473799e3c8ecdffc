# Audits what a model answered on one day, yesterday by default: how much, at what cost, by which team, and which answers
# did not end by themselves.

variable "model" {
  description = "The model as answers name it, which may be a dated version of the name in requests."
  type        = string
  default     = "gpt-6-luna"
}

variable "day" {
  description = "The day to audit (UTC), as in 2025-02-07. Null means yesterday."
  type        = string
  default     = null

  validation {
    condition     = var.day == null || can(formatdate("YYYY", "${var.day}T00:00:00Z"))
    error_message = "Write the day as in 2025-02-07."
  }
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

  by_team = {
    for completion in local.audited :
    try(coalesce(completion.metadata["team"]), "untagged") => try(completion.usage.completion_tokens, 0)...
  }
}

output "answers" {
  value = length(local.audited)
}

output "tokens" {
  value = sum(concat([0], [for completion in local.audited : try(completion.usage.total_tokens, 0)]))
}

# Output tokens cost the most. A completion without the tag counts as "untagged".
output "completion_tokens_by_team" {
  value = { for team, counts in local.by_team : team => sum(counts) }
}

output "cut_off" {
  description = "IDs of answers that were cut off or filtered, by reason."
  value = {
    for completion in local.audited : completion.choices[0].finish_reason => completion.id...
    if !contains(["stop", "tool_calls", "function_call"], try(coalesce(completion.choices[0].finish_reason), "stop"))
  }
}

check "something_was_found" {
  assert {
    condition     = length(data.openai_chat_completions.recent.ids) > 0
    error_message = "No stored completions of ${var.model}: is it the dated version that answers name?"
  }
}

check "the_whole_day_was_read" {
  assert {
    condition     = !data.openai_chat_completions.recent.has_more
    error_message = "There are more completions than the limit: raise it if the day is not the latest."
  }
}
