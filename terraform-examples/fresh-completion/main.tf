# Waits for a completion that was created just now, instead of failing: it can be read some seconds later.

variable "completion_id" {
  description = "ID of a completion that was created just now."
  type        = string
}

data "openai_chat_completion" "fresh" {
  completion_id = var.completion_id
  wait_timeout  = "30s"

  timeouts = {
    read = "1m"
  }
}

output "answer" {
  value = data.openai_chat_completion.fresh.choices[0].message[0].content
}
