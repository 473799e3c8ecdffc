# The stored completions of a team: the metadata are the API's filter.
list "openai_chat_completion" "platform" {
  provider = openai
  limit    = 1000

  config {
    metadata = { team = "platform" }
  }
}

list "openai_file" "documents" {
  provider = openai
  limit    = 1000

  config {
    purpose = "assistants"
  }
}

list "openai_vector_store" "all" {
  provider = openai
  limit    = 1000
}
