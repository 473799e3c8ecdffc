# Creates a chat completion once, and keeps its answer. Only the first apply is paid for; the key comes from the
# environment: OPENAI_API_KEY.

resource "openai_chat_completion" "motto" {
  model = "gpt-6-luna"

  messages = [
    { role = "system", content = "You answer in one short sentence." },
    { role = "user", content = "Write a motto for a team that never ships on Fridays." },
  ]

  temperature           = 0.7
  max_completion_tokens = 100

  metadata = {
    team    = "platform"
    purpose = "motto"
  }
}

output "motto" {
  value = openai_chat_completion.motto.choices[0].message[0].content
}

output "model_that_answered" {
  value = openai_chat_completion.motto.stored.model
}
