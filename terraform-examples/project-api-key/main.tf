# Takes a key that was made in the dashboard into state, limits what it may do, and has it end. The API creates no such keys: an import brings one.

import {
  to = openai_project_api_key.batch
  id = "proj_abc123/key_abc123"
}

resource "openai_project_api_key" "batch" {
  project_id         = "proj_abc123"
  scopes             = ["api.files.read", "api.model.request"]
  expires_in_seconds = 90 * 24 * 3600
}

# Keys whose owners may not use the project any more.
data "openai_project_api_keys" "left_over" {
  project_id           = "proj_abc123"
  owner_project_access = "inactive"
}

output "expires_at" {
  value = timeadd("1970-01-01T00:00:00Z", "${openai_project_api_key.batch.expires_at}s")
}

output "left_over" {
  value = data.openai_project_api_keys.left_over.ids
}
