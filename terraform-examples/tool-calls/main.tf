# Reads the tool calls of an answer, and decodes their arguments. The model wrote the arguments, so
# they may be invalid JSON: try() keeps the text where they are.

data "openai_chat_completion" "weather" {
  completion_id = "chatcmpl-tool-call"
}

locals {
  tool_calls = data.openai_chat_completion.weather.choices[0].message[0].tool_calls
}

output "calls" {
  value = [
    for call in local.tool_calls : {
      name      = call.function[0].name
      arguments = try(jsondecode(call.function[0].arguments), call.function[0].arguments)
    }
    if call.type == "function"
  ]
}

# The tools that the model could choose from, as the request named them.
output "offered" {
  value = [
    for tool in jsondecode(coalesce(data.openai_chat_completion.weather.tools_json, "[]")) : tool.function.name
  ]
}
