# Tests a module without OpenAI: tests/answer.tftest.hcl mocks the completion, and `terraform test` runs it. Needs
# Terraform 1.7 or OpenTofu 1.8.

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
