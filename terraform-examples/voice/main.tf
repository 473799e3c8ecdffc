# Makes a voice of a recording, with the speaker's consent, and another one of a description. Access to voices of
# recordings is given by OpenAI.

variable "consent" {
  description = "The path of the recording in which the speaker reads the phrase of consent."
  type        = string
}

variable "sample" {
  description = "The path of a sample of the voice."
  type        = string
}

resource "openai_voice_consent" "ada" {
  name     = "Ada"
  language = "en-US"
  path     = var.consent
}

# The API cannot read a voice: the state alone has its ID.
resource "openai_voice" "ada" {
  name    = "Ada"
  path    = var.sample
  consent = openai_voice_consent.ada.id
}

resource "openai_voice" "narrator" {
  name   = "Narrator"
  prompt = "A calm, low voice that takes its time."
}

output "ada" {
  value = openai_voice.ada.id
}

output "narrator" {
  value = openai_voice.narrator.id
}
