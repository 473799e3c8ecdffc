# Keeps a folder of documents in a vector store: a new, changed or removed document is one there too.

locals {
  documents = fileset("${path.module}/handbook", "**/*.md")
}

resource "openai_file" "document" {
  for_each = local.documents

  path    = "${path.module}/handbook/${each.value}"
  purpose = "assistants"
}

resource "openai_vector_store" "handbook" {
  name = "Handbook"

  expires_after = {
    anchor = "last_active_at"
    days   = 30
  }

  metadata = {
    team = "platform"
  }
}

# Waits until the document can be searched.
resource "openai_vector_store_file" "document" {
  for_each = local.documents

  vector_store_id = openai_vector_store.handbook.id
  file_id         = openai_file.document[each.value].id

  attributes_json = jsonencode({
    path = each.value
    year = 2026
  })
}

output "vector_store_id" {
  value = openai_vector_store.handbook.id
}

output "documents" {
  value = { for name, file in openai_vector_store_file.document : name => file.status }
}
