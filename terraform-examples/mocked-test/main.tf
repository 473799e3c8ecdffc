# What a module makes of a completion can be tested without OpenAI: see tests/answer.tftest.hcl, and
# run `terraform test` (Terraform 1.7 or later).

variable "completion_id" {
  description = "ID of the completion whose answer this module passes on."
  type        = string
}

data "openai_chat_completion" "source" {
  completion_id = var.completion_id
}

output "answer" {
  value = one(data.openai_chat_completion.source.choices[*].message[0].content)
}
