# Reads what a file contains: as text in state, and into a file on the disk that no state holds.

resource "openai_file" "requests" {
  path    = "${path.module}/requests.jsonl"
  purpose = "batch"
}

data "openai_file_content" "requests" {
  file_id = openai_file.requests.id
}

# For what is large, or no text. Left out, max_bytes is 512 MiB here, and 10 MiB for state.
data "openai_file_content" "copy" {
  file_id     = openai_file.requests.id
  output_path = "${path.module}/copy/requests.jsonl"
  max_bytes   = 1000000
}

output "custom_ids" {
  value = [for line in split("\n", trimspace(data.openai_file_content.requests.content)) : jsondecode(line).custom_id]
}

output "complete" {
  value = data.openai_file_content.copy.content_sha256 == openai_file.requests.content_sha256
}
