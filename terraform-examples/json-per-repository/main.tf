# Asks for JSON of a fixed form for each repository, and uses its members: each answer is bought once, and kept in state.

variable "repositories" {
  description = "What each repository does, by its name."
  type        = map(string)
  default = {
    billing   = "Sends invoices. Go, PostgreSQL."
    dashboard = "Shows the state of the platform. TypeScript, React."
  }
}

resource "openai_chat_completion" "repository" {
  for_each = var.repositories

  model = "gpt-6-luna"

  messages = [
    { role = "system", content = "Describe the repository in one sentence, and name at most five topics." },
    { role = "user", content = "${each.key}: ${each.value}" },
  ]

  response_format_json = jsonencode({
    type = "json_schema"
    json_schema = {
      name   = "repository"
      strict = true
      schema = {
        type = "object"
        properties = {
          description = { type = "string" }
          topics      = { type = "array", items = { type = "string" } }
        }
        required             = ["description", "topics"]
        additionalProperties = false
      }
    }
  })

  metadata = {
    repository = each.key
  }

  lifecycle {
    postcondition {
      condition     = can(jsondecode(self.choices[0].message[0].content).topics)
      error_message = "The answer for ${each.key} is no such JSON: it was refused or cut off."
    }
  }
}

locals {
  repositories = {
    for name, answer in openai_chat_completion.repository :
    name => jsondecode(answer.choices[0].message[0].content)
  }
}

# For example for a github_repository with for_each.
output "descriptions" {
  value = { for name, repository in local.repositories : name => repository.description }
}

output "topics" {
  value = { for name, repository in local.repositories : name => repository.topics }
}
