# Asks a question about a folder of documents: uploads them, waits until they can be searched, and keeps the answer with
# what it cites.

locals {
  documents = fileset("${path.module}/handbook", "*.md")
}

resource "openai_file" "document" {
  for_each = local.documents

  path    = "${path.module}/handbook/${each.value}"
  purpose = "assistants"
}

resource "openai_vector_store" "handbook" {
  name = "Handbook"
}

resource "openai_vector_store_file" "document" {
  for_each = local.documents

  vector_store_id = openai_vector_store.handbook.id
  file_id         = openai_file.document[each.value].id
}

resource "openai_response" "on_call" {
  model = "gpt-6-luna"
  input = "Who is on call at the weekend, and since when?"

  tools_json = jsonencode([{
    type             = "file_search"
    vector_store_ids = [openai_vector_store.handbook.id]
  }])

  include = ["file_search_call.results"]

  # The store has the documents only once each of them is indexed.
  depends_on = [openai_vector_store_file.document]
}

output "answer" {
  value = openai_response.on_call.output_text
}

output "cited" {
  value = sort(distinct(flatten([
    for item in openai_response.on_call.output : [
      for part in coalesce(item.content, []) : [
        for citation in coalesce(part.annotations, []) : citation.filename
      ]
    ]
  ])))
}
