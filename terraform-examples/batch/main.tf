# Has a model answer many questions within a day, at half the price, and reads the answers by a name of one's own.
# Needs Terraform 1.8 or later for batch_request, which writes one line of the input.

locals {
  questions = {
    dnipro = "Name a tributary of the Dnipro."
    danube = "Name a tributary of the Danube."
  }
}

resource "openai_batch" "questions" {
  endpoint = "/v1/responses"

  requests = [
    for name, question in local.questions :
    provider::openai::batch_request(name, "/v1/responses", { model = "gpt-6-luna", input = question })
  ]

  output_expires_after = {
    anchor  = "created_at"
    seconds = 604800
  }

  # Hours, with progress in the log. Without it, the apply ends at once, and a later one has the results.
  wait = true
}

data "openai_batch_results" "questions" {
  batch_id = openai_batch.questions.id
}

output "answers" {
  value = { for name, result in data.openai_batch_results.questions.results : name => result.text }
}

output "failed" {
  value = { for name, result in data.openai_batch_results.questions.errors : name => result.error.message }
}
