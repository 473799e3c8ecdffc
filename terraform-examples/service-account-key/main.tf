# Keeps a service account whose key reaches a store without a readable trace in plan or state. The admin key comes from OPENAI_ADMIN_KEY.
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
  description = "Another number makes a new key, and then deletes the old one."
}

resource "openai_project" "deployment" {
  name = "Deployment"
}

resource "openai_project_service_account" "deployment" {
  project_id = openai_project.deployment.id
  name       = "Deployment"
  role       = "member"

  api_key = {
    name                  = "deployment"
    expires_in_seconds    = 90 * 24 * 3600
    encryption_public_key = var.public_key
    version               = var.key_version
  }
}

# Stands in for a secret store, so that the example needs none: give the same value to its write-only argument instead, such as
# secret_string_wo of aws_secretsmanager_secret_version.
resource "openai_file" "store" {
  filename           = "key.txt"
  purpose            = "user_data"
  content_wo         = rsadecrypt(openai_project_service_account.deployment.encrypted_value, var.private_key)
  content_wo_version = var.key_version
}

output "role" {
  value = openai_project_service_account.deployment.role
}

output "expires_at" {
  value = timeadd("1970-01-01T00:00:00Z", "${openai_project_service_account.deployment.api_key_expires_at}s")
}
