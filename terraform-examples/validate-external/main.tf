# Has OpenAI try a key and a bucket of another cloud once they are registered. The admin key comes from OPENAI_ADMIN_KEY.

resource "openai_external_key" "main" {
  name        = "Main"
  type        = "aws"
  external_id = "org-abc123"
  kms_arn     = "arn:aws:kms:eu-west-1:123456789012:key/example"
  role_arn    = "arn:aws:iam::123456789012:role/openai"

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.openai_external_key_validate.main]
    }
  }
}

action "openai_external_key_validate" "main" {
  config {
    external_key_id = openai_external_key.main.id
  }
}

variable "project_id" {
  description = "The project whose data is kept in the bucket."
  type        = string
}

resource "openai_external_storage" "records" {
  project_id = var.project_id
  type       = "aws"
  bucket     = "example-openai"
  role_arn   = "arn:aws:iam::123456789012:role/openai"

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.openai_external_storage_validate.records]
    }
  }
}

action "openai_external_storage_validate" "records" {
  config {
    external_storage_id = openai_external_storage.records.id
  }
}

output "storage" {
  value = openai_external_storage.records.id
}
