# Uploads a file from the disk, and a text that no state holds. A change of notes.txt uploads another file.

resource "openai_file" "notes" {
  path    = "${path.module}/notes.txt"
  purpose = "user_data"

  expires_after = {
    anchor  = "created_at"
    seconds = 86400
  }
}

variable "instructions" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "openai_file" "instructions" {
  content_wo         = var.instructions
  content_wo_version = 1
  filename           = "instructions.txt"
  purpose            = "user_data"
}

# All files of the project that were uploaded as input.
data "openai_files" "inputs" {
  purpose    = "user_data"
  depends_on = [openai_file.notes, openai_file.instructions]
}

output "notes_id" {
  value = openai_file.notes.id
}

output "notes_sha256" {
  value = openai_file.notes.content_sha256
}

output "names" {
  value = sort(data.openai_files.inputs.files[*].filename)
}
