# Reads what each project and model used in a month, what the organization was charged, and warns where that is too much. The admin key comes from OPENAI_ADMIN_KEY.

variable "month" {
  type        = string
  description = "The first day of the month."
  default     = "2026-11-01"
}

variable "days" {
  type    = number
  default = 30
}

locals {
  start = "${var.month}T00:00:00Z"
  end   = timeadd(local.start, "${24 * var.days}h")
}

# Each day is a bucket, and each bucket has a result for each project and model.
data "openai_organization_usage_completions" "month" {
  start_time = local.start
  end_time   = local.end
  group_by   = ["project_id", "model"]
}

data "openai_organization_costs" "month" {
  start_time = local.start
  end_time   = local.end
  group_by   = ["line_item"]
}

locals {
  used = flatten(data.openai_organization_usage_completions.month.buckets[*].results)
  paid = flatten(data.openai_organization_costs.month.buckets[*].results)

  tokens = {
    for of, results in { for each in local.used : "${each.project_id} ${each.model}" => each... } :
    of => sum(results[*].input_tokens) + sum(results[*].output_tokens)
  }
  total = sum(concat([0], local.paid[*].amount.value))
}

check "costs" {
  assert {
    condition     = local.total < 10000
    error_message = "OpenAI charged ${format("%.2f", local.total)} dollars."
  }
}

output "tokens" {
  value = local.tokens
}

output "total" {
  value = local.total
}

# Text has every digit of an amount, also those that Terraform does not show of a number.
output "first_amount" {
  value = tostring(local.paid[0].amount.value)
}
