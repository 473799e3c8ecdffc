# Warns at every plan of models that OpenAI shuts down within 90 days.

variable "models" {
  type    = set(string)
  default = ["gpt-5.6-sol", "gpt-6-luna"]
}

data "openai_model" "used" {
  for_each = var.models
  id       = each.value
}

locals {
  ends = {
    for name, model in data.openai_model.used : name => model.shutdown_date
    if model.shutdown_date != null
  }
  soon = [
    for name, day in local.ends : name
    if timecmp("${day}T00:00:00Z", timeadd(plantimestamp(), "2160h")) < 0
  ]
}

check "models_stay" {
  assert {
    condition     = length(local.soon) == 0
    error_message = "OpenAI shuts down within 90 days: ${join(", ", local.soon)}."
  }
}

output "shutdown_dates" {
  value = local.ends
}
