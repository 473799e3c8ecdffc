# Deletes files that nothing refers to, once a month: of each purpose that is named, those that are older than 30 days. To
# see what else is there, run terraform query.

variable "month" {
  description = "The month of the clean-up, for example 2026-11: another one cleans up again."
  type        = string
}

action "openai_file_delete_unused" "old" {
  for_each = toset(["assistants", "batch_output"])

  config {
    purpose       = each.key
    min_age_days  = 30
    max_deletions = 200
  }
}

resource "terraform_data" "cleaned" {
  input = var.month

  lifecycle {
    action_trigger {
      events = [after_create, after_update]
      actions = [
        action.openai_file_delete_unused.old["assistants"],
        action.openai_file_delete_unused.old["batch_output"],
      ]
    }
  }
}

output "cleaned" {
  value = terraform_data.cleaned.output
}
