# Takes a completion that another program has stored into Terraform's state. What the API does not report, such as
# max_completion_tokens, is taken from here: nothing is created, and nothing is paid for.
#
# To have Terraform write the resource block: leave it out, and run terraform plan -generate-config-out=generated.tf.

variable "completion_id" {
  description = "ID of a stored completion."
  type        = string
}

import {
  to = openai_chat_completion.greeting
  id = var.completion_id
}

resource "openai_chat_completion" "greeting" {
  model = "gpt-6-luna"

  messages = [
    { role = "user", content = "Say hello to Terraform." },
  ]

  max_completion_tokens = 100
}

output "answer" {
  value = openai_chat_completion.greeting.choices[0].message[0].content
}
