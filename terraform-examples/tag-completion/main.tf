# Changes the metadata of a completion in place: the new value is sent to OpenAI, and the answer stays as it is. By
# metadata completions are found.

variable "review" {
  description = "What the review of the answer came to."
  type        = string
  default     = "pending"
}

resource "openai_chat_completion" "summary" {
  model = "gpt-6-luna"

  messages = [
    { role = "user", content = "Summarise: the state agrees with the world." },
  ]

  metadata = {
    team   = "platform"
    review = var.review
  }
}

output "tags" {
  value = openai_chat_completion.summary.stored.metadata
}
