# terraform query shows the files of a purpose, and the vector stores. Neither is taken into state.

list "openai_file" "uploaded" {
  provider = openai
  limit    = 1000

  config {
    purpose = "assistants"
  }
}

list "openai_vector_store" "all" {
  provider = openai
}
