# Makes one line of a training file of a stored completion: the messages, the answer, the tools. Needs
# Terraform 1.8 or later, and the provider's name in required_providers (versions.tf).

data "openai_chat_completion" "weather" {
  completion_id = "chatcmpl-tool-call"
}

data "openai_chat_completion_messages" "weather" {
  completion_id = "chatcmpl-tool-call"
}

output "line" {
  value = provider::openai::training_example(
    data.openai_chat_completion_messages.weather.messages,
    data.openai_chat_completion.weather.choices[0],
    data.openai_chat_completion.weather.tools_json,
  )
}

# The text is null where the model answered with a tool call.
output "text" {
  value = coalesce(provider::openai::message_text(data.openai_chat_completion.weather.choices), "(no text)")
}
