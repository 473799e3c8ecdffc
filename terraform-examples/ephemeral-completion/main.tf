# Asks a model about an answer that must not be kept: neither the plan nor the state holds the answer,
# nor the prompt that quotes it. Needs Terraform 1.11 or later.

variable "completion_id" {
  description = "ID of the completion whose answer is confidential."
  type        = string
}

ephemeral "openai_chat_completion" "report" {
  completion_id = var.completion_id
}

resource "openai_chat_completion" "topic" {
  model = "gpt-6-luna"

  # Write-only: sent to the API, and stored nowhere else. Its version says when to ask again.
  messages_wo_version = 1
  messages_wo = [
    {
      role    = "developer"
      content = "Name the topic of the text in one word."
    },
    {
      role    = "user"
      content = ephemeral.openai_chat_completion.report.choices[0].message[0].content
    },
  ]
}

# The new answer is kept: ask for nothing that must not be.
output "topic" {
  value = openai_chat_completion.topic.choices[0].message[0].content
}
