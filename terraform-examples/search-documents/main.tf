# Adds a folder of documents to a vector store in one batch, and searches them.

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
}

# Waits until all documents can be searched. One that cannot be indexed is a warning, and stands in failed_files.
resource "openai_vector_store_file_batch" "documents" {
  vector_store_id = openai_vector_store.handbook.id

  files = [for name in local.documents : {
    file_id         = openai_file.document[name].id
    attributes_json = jsonencode({ path = name, year = 2026 })
  }]

  timeouts = {
    create = "30m"
  }
}

data "openai_vector_store_search" "on_call" {
  vector_store_id = openai_vector_store_file_batch.documents.vector_store_id
  query           = "Who is on call at night?"
  max_num_results = 2

  filters_json = jsonencode({
    type = "and"
    filters = [
      { type = "eq", key = "year", value = 2026 },
      { type = "ne", key = "path", value = "drafts.md" },
    ]
  })

  ranking_options = {
    score_threshold = 0.3
  }

  depends_on = [openai_vector_store_file_batch.documents]
}

output "indexed" {
  value = openai_vector_store_file_batch.documents.file_counts.completed
}

output "failed" {
  value = openai_vector_store_file_batch.documents.failed_files
}

output "answers" {
  value = [for result in data.openai_vector_store_search.on_call.results : {
    file  = result.filename
    texts = result.content[*].text
  }]
}
