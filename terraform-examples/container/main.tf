# Keeps a container in which the API runs code, with a table in it, and makes another one once it has expired.

resource "openai_container" "analysis" {
  name         = "analysis"
  memory_limit = "4g"

  network_policy = {
    type = "disabled"
  }

  expires_after = {
    anchor  = "last_active_at"
    minutes = 20
  }

  # Left out, an expired container stays in state, and nothing is planned.
  recreate_when_expired = true
}

resource "openai_container_file" "sales" {
  container_id = openai_container.analysis.id
  content      = "region,sales\nnorth,12\nsouth,30\n"
  filename     = "sales.csv"
}

# Also what code has written.
data "openai_container_files" "all" {
  container_id = openai_container.analysis.id
  depends_on   = [openai_container_file.sales]
}

data "openai_container_file_content" "sales" {
  container_id = openai_container.analysis.id
  file_id      = openai_container_file.sales.id
}

output "path" {
  value = openai_container_file.sales.container_path
}

output "files" {
  value = length(data.openai_container_files.all.container_files)
}

output "rows" {
  value = length(csvdecode(data.openai_container_file_content.sales.content))
}
