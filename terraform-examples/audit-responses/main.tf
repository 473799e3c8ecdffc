# Audits stored responses, whose IDs a program has kept: how many tokens each team used, and which did not complete.

variable "response_ids" {
  description = "The IDs of the responses: the API has no list of them."
  type        = set(string)
}

data "openai_response" "audited" {
  for_each = var.response_ids

  id = each.value
}

locals {
  tokens = {
    for response in data.openai_response.audited :
    lookup(coalesce(response.metadata, {}), "team", "(none)") => try(response.usage.total_tokens, 0)...
  }
}

output "tokens_by_team" {
  value = { for team, tokens in local.tokens : team => sum(tokens) }
}

output "not_completed" {
  value = {
    for id, response in data.openai_response.audited :
    id => try(response.incomplete_details.reason, response.error.message, response.status)
    if response.status != "completed"
  }
}
