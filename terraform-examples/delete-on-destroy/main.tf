# Deletes the stored completions of an environment before the environment is destroyed. Needs Terraform 1.16. Where
# terraform destroy cannot delete some of them, it warns, and destroys the environment all the same.

variable "environment" {
  description = "The environment, as its completions have it in their metadata."
  type        = string
}

action "openai_chat_completion_delete" "environment" {
  config {
    metadata      = { environment = var.environment }
    max_deletions = 500
  }
}

resource "terraform_data" "environment" {
  input = var.environment

  lifecycle {
    action_trigger {
      events  = [before_destroy]
      actions = [action.openai_chat_completion_delete.environment]
    }
  }
}

output "environment" {
  value = terraform_data.environment.output
}
