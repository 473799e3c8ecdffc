# Deletes the stored completions of an experiment once it has ended: with the apply that notes its end, or at any time
# from the command line. A plan shows how many there are, and fails where there are more than max_deletions.

variable "experiment" {
  description = "The experiment that has ended: the value that its completions have in their metadata."
  type        = string
}

action "openai_chat_completion_delete" "experiment" {
  config {
    metadata      = { experiment = var.experiment }
    max_deletions = 500
  }
}

resource "terraform_data" "ended" {
  input = var.experiment

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.openai_chat_completion_delete.experiment]
    }
  }
}

output "ended" {
  value = terraform_data.ended.output
}
