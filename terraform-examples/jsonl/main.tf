# Makes the input of a batch, and reads its lines. Needs Terraform 1.8 or later, and the provider's name in
# required_providers (versions.tf).

locals {
  cities = ["Kyiv", "Lviv"]

  requests = [
    for city in local.cities : provider::openai::batch_request(lower(city), "/v1/responses", {
      model = "gpt-5.6-sol"
      input = "Name a river in ${city}."
    })
  ]

  jsonl = provider::openai::jsonl_encode(local.requests)
}

output "jsonl" {
  value = local.jsonl
}

output "inputs" {
  value = { for line in provider::openai::jsonl_decode(local.jsonl) : line.custom_id => line.body.input }
}

# Whether a variable holds what it should: for the condition of a validation.
output "kinds" {
  value = [for id in ["file-abc123", "vs_abc123", "something else"] : provider::openai::id_kind(id)]
}
