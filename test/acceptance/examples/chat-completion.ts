import { haiku, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: {
    assistant_response: haiku,
    token_usage: { completion_tokens: 19, prompt_tokens: 26, total_tokens: 45 },
  },
};
