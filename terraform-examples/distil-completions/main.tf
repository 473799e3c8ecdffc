# Distils the stored answers of a large model into a training file for a small one. To write the file:
#
#   terraform apply
#   terraform output -raw training_file > training.jsonl

# The completions that were found good, and tagged so.
data "openai_chat_completions" "good" {
  metadata = { review = "good" }
  order    = "asc"
}

locals {
  good = { for completion in data.openai_chat_completions.good.chat_completions : completion.id => completion }
}

data "openai_chat_completion_messages" "good" {
  for_each = local.good

  completion_id = each.key
}

locals {
  # A conversation that OpenAI does not store whole (an earlier tool call) makes no example: it is left out.
  examples = {
    for id, completion in local.good : id => try(
      provider::openai::training_example(
        data.openai_chat_completion_messages.good[id].messages,
        completion.choices[0],
        completion.tools_json,
      ),
      null,
    )
  }

  lines = [for id in data.openai_chat_completions.good.ids : local.examples[id] if local.examples[id] != null]
}

# The same, uploaded. Without good answers there is no file.
resource "openai_file" "training" {
  count = length(local.lines) > 0 ? 1 : 0

  content  = join("", [for line in local.lines : "${line}\n"])
  filename = "training.jsonl"
  purpose  = "fine-tune"
}

output "file_id" {
  value = one(openai_file.training[*].id)
}

output "training_file" {
  value = join("", [for line in local.lines : "${line}\n"])
}

output "left_out" {
  value = [for id, line in local.examples : id if line == null]
}
