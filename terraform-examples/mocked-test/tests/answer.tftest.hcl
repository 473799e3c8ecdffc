# The value of a mock names every attribute of an object: Terraform makes up what is left out, OpenTofu refuses it.
mock_provider "openai" {
  mock_data "openai_chat_completion" {
    defaults = {
      choices = [{
        index         = 0
        finish_reason = "stop"
        logprobs      = { content = [], refusal = [] }
        message = [{
          role               = "assistant"
          content            = "Mocked."
          content_parts_json = ""
          name               = ""
          refusal            = ""
          function_call      = []
          tool_calls         = []
          annotations        = []
          audio              = { id = "", data = "", transcript = "", expires_at = 0 }
        }]
      }]
    }
  }
}

run "passes_the_answer_on" {
  variables {
    completion_id = "chatcmpl-anything"
  }

  assert {
    condition     = output.answer == "Mocked."
    error_message = "The module should pass the answer on as it is."
  }
}
