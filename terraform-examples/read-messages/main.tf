# Reads what a model was asked: the input messages of a stored completion, images and files included.

data "openai_chat_completion_messages" "asked" {
  completion_id = "chatcmpl-messages"
}

output "conversation" {
  value = [
    for message in data.openai_chat_completion_messages.asked.messages :
    "${message.role}: ${coalesce(message.content, "(no text)")}"
  ]
}

# Parts are null where the content was a text.
output "images" {
  value = flatten([
    for message in data.openai_chat_completion_messages.asked.messages : [
      for part in coalesce(message.content_parts, []) : part.image_url.url if part.type == "image_url"
    ]
  ])
}
