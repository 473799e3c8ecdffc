# Takes a user of the organization into state, and keeps the role there. The API creates no users: an import brings one.

import {
  to = openai_organization_user.ada
  id = "user-abc123"
}

resource "openai_organization_user" "ada" {
  role = "owner"
}

output "email" {
  value = openai_organization_user.ada.email
}
