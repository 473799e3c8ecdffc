# Finds what exists at OpenAI by terraform query, and takes it into state with the import blocks and the configuration that
# Terraform writes. Nothing is created, changed or paid for.

provider "openai" {}

# The same in numbers, for OpenTofu and older versions of Terraform too.
data "openai_files" "documents" {
  purpose = "assistants"
}

output "documents" {
  value = length(data.openai_files.documents.ids)
}
