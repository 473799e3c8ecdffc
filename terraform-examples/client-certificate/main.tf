# Uploads a certificate by which clients prove themselves, and activates it for the organization and for a project.

variable "certificate" {
  type        = string
  description = "The certificate in PEM format, without its private key."
  sensitive   = true
}

variable "project_id" {
  type        = string
  description = "The ID of a project."
}

resource "openai_certificate" "gateway" {
  name        = "Gateway"
  certificate = var.certificate
}

resource "openai_organization_certificate" "gateway" {
  certificate_id = openai_certificate.gateway.id
}

resource "openai_project_certificate" "gateway" {
  project_id     = var.project_id
  certificate_id = openai_certificate.gateway.id
}

data "openai_certificates" "all" {
  depends_on = [openai_organization_certificate.gateway]
}

output "active" {
  value = {
    for each in data.openai_certificates.all.certificates : each.name => each.active
  }
}
