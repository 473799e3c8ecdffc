# Keeps a conversation that begins with instructions, and reads what has been said in it.

resource "openai_conversation" "support" {
  items_json = jsonencode([
    { type = "message", role = "developer", content = "Answer in one sentence." },
    { type = "message", role = "user", content = "How do I reset my password?" },
  ])

  metadata = {
    team = "support"
  }
}

data "openai_conversation_items" "support" {
  conversation_id = openai_conversation.support.id
  order           = "asc"
}

output "said" {
  value = [for item in data.openai_conversation_items.support.conversation_items : "${item.role}: ${item.text}" if item.type == "message"]
}

# What no attribute has: the item as the API reports it.
output "first_item" {
  value = jsondecode(data.openai_conversation_items.support.conversation_items[0].item_json).content[0].type
}
