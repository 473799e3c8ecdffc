# Pins an answer: it is bought once, stays the same in every run, and is bought again only when the
# edition is raised.

variable "edition" {
  description = "Raise it to get a new answer."
  type        = number
  default     = 1
}

resource "terraform_data" "edition" {
  input = var.edition
}

resource "openai_chat_completion" "motto" {
  model = "gpt-6-luna"

  messages = [
    {
      role    = "user"
      content = "A motto for a platform team, in at most six words."
    },
  ]

  metadata = {
    purpose = "motto"
  }

  lifecycle {
    replace_triggered_by  = [terraform_data.edition]
    create_before_destroy = true
  }
}

output "motto" {
  value = openai_chat_completion.motto.choices[0].message[0].content
}
