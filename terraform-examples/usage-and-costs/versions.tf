terraform {
  required_providers {
    openai = {
      source = "terraform-provider-openai/openai"
    }
  }
}
