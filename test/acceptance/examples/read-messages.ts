import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: {
    conversation: [
      "developer: Be brief.",
      "user: Hello",
      "assistant: (no text)",
      'tool: {"found":1}',
      "user: What is this?   ",
    ],
    images: ["https://example.com/cat.png"],
  },
};
