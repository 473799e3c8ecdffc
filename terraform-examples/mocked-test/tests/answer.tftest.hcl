mock_provider "openai" {
  mock_data "openai_chat_completion" {
    defaults = {
      choices = [{
        index         = 0
        finish_reason = "stop"
        message = [{
          role    = "assistant"
          content = "Mocked."
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
