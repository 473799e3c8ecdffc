terraform {
  required_version = ">= 1.11"

  required_providers {
    openai = {
      source = "terraform-provider-openai/openai"
    }
  }
}
