# Reads a stored chat completion. The key comes from the environment: OPENAI_API_KEY.

data "openai_chat_completion" "example" {
  completion_id = "chatcmpl-abc123"
}

output "assistant_response" {
  value = data.openai_chat_completion.example.choices[0].message[0].content
}

output "token_usage" {
  value = data.openai_chat_completion.example.usage
}
