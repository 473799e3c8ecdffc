# Uploads a skill from a folder, and a second version of it that is used from now on.

resource "openai_skill" "release_notes" {
  path = "${path.module}/release-notes"
}

resource "openai_skill_version" "release_notes" {
  skill_id = openai_skill.release_notes.id
  path     = "${path.module}/release-notes-2"
  default  = true

  # There is a version at any time, while one takes the place of another.
  lifecycle {
    create_before_destroy = true
  }
}

data "openai_skill" "release_notes" {
  id         = openai_skill.release_notes.id
  depends_on = [openai_skill_version.release_notes]
}

data "openai_skill_versions" "release_notes" {
  skill_id   = openai_skill.release_notes.id
  depends_on = [openai_skill_version.release_notes]
}

output "skill_id" {
  value = openai_skill.release_notes.id
}

output "default_version" {
  value = data.openai_skill.release_notes.default_version
}

output "versions" {
  value = data.openai_skill_versions.release_notes.ids
}
