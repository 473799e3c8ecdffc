# Asks a model once with the Responses API, and keeps the answer: only the first apply is paid for. Needs Terraform 1.8 or
# later for response_text.

resource "openai_response" "motto" {
  model        = "gpt-6-luna"
  instructions = "You answer in one short sentence."
  input        = "Write a motto for a team that never ships on Fridays."

  reasoning = {
    effort  = "low"
    summary = "auto"
  }

  max_output_tokens = 2000

  metadata = {
    team    = "platform"
    purpose = "motto"
  }
}

# In the background, for what takes minutes: the apply waits until it is done.
resource "openai_response" "review" {
  model                = "gpt-6-luna"
  input                = "Say the same in the style of a sea shanty."
  previous_response_id = openai_response.motto.id
  background           = true

  timeouts = {
    create = "30m"
  }
}

data "openai_response" "motto" {
  id = openai_response.motto.id
}

data "openai_response_input_items" "motto" {
  response_id = openai_response.motto.id
  order       = "asc"
}

output "motto" {
  value = openai_response.motto.output_text
}

output "shanty" {
  value = coalesce(provider::openai::response_text(openai_response.review.output), "(no text)")
}

output "asked" {
  value = [for item in data.openai_response_input_items.motto.response_input_items : item.text]
}

output "model_that_answered" {
  value = data.openai_response.motto.model
}

output "tokens" {
  value = openai_response.motto.usage.total_tokens
}
