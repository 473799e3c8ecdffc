# Registers a key of AWS KMS, by which OpenAI encrypts what it keeps. The admin key comes from OPENAI_ADMIN_KEY.

resource "openai_external_key" "main" {
  name        = "Main"
  type        = "aws"
  external_id = "org-abc123"
  kms_arn     = "arn:aws:kms:eu-west-1:123456789012:key/example"
  role_arn    = "arn:aws:iam::123456789012:role/openai"
}

data "openai_external_keys" "all" {
  depends_on = [openai_external_key.main]
}

output "keys" {
  value = data.openai_external_keys.all.external_keys[*].kms_arn
}
