# Reads a completion that may have vanished: within a check block that is a warning, and the rest of the run goes on.
# OpenAI deletes a stored completion after 30 days.

variable "completion_id" {
  description = "ID of a completion that may have expired."
  type        = string
}

check "completion_is_still_stored" {
  data "openai_chat_completion" "pinned" {
    completion_id = var.completion_id
  }

  assert {
    condition     = data.openai_chat_completion.pinned.choices[0].finish_reason == "stop"
    error_message = "The pinned completion did not end by itself."
  }
}

output "checked" {
  value = var.completion_id
}
