# Tags the stored completions of a team, all of them together: what else is in their metadata stays, and those that have the
# tag are left alone.

variable "review" {
  description = "The review that the completions belong to."
  type        = string
}

action "openai_chat_completion_tag" "review" {
  config {
    metadata     = { team = "platform" }
    set_metadata = { review = var.review }
    max_updates  = 1000
  }
}

resource "terraform_data" "review" {
  input = var.review

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.openai_chat_completion_tag.review]
    }
  }
}

output "review" {
  value = terraform_data.review.output
}
