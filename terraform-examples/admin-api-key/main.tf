# Keeps an admin key that is rotated before it ends, and reaches a store without a readable trace in plan or state. Another admin key comes from OPENAI_ADMIN_KEY.
#
#   openssl genrsa -out private.pem 3072
#   openssl rsa -in private.pem -pubout -out public.pem
#   TF_VAR_public_key="$(cat public.pem)" TF_VAR_private_key="$(cat private.pem)" terraform apply

variable "public_key" {
  type        = string
  description = "The RSA public key, in PEM format."
}

# An ephemeral variable is in no plan and in no state.
variable "private_key" {
  type        = string
  sensitive   = true
  ephemeral   = true
  description = "The private key of it."
}

variable "key_version" {
  type        = number
  default     = 1
  description = "Another number makes a new key, brings it to the store, and then deletes the old one."
}

resource "openai_admin_api_key" "audit" {
  name                  = "Audit"
  expires_in_seconds    = 90 * 24 * 3600
  encryption_public_key = var.public_key
  version               = var.key_version

  lifecycle {
    create_before_destroy = true
  }
}

# Stands in for a secret store, so that the example needs none: give the same value to its write-only argument instead, such as
# secret_string_wo of aws_secretsmanager_secret_version.
resource "openai_file" "store" {
  filename           = "key.txt"
  purpose            = "user_data"
  content_wo         = rsadecrypt(openai_admin_api_key.audit.encrypted_value, var.private_key)
  content_wo_version = var.key_version
}

data "openai_admin_api_keys" "all" {
  depends_on = [openai_admin_api_key.audit]
}

output "expires_at" {
  value = timeadd("1970-01-01T00:00:00Z", "${openai_admin_api_key.audit.expires_at}s")
}

# Keys that never expire.
output "without_end" {
  value = [for key in data.openai_admin_api_keys.all.api_keys : key.name if key.expires_at == null]
}
