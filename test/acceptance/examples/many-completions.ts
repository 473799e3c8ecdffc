import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  variables: () => ({ completion_ids: ["chatcmpl-abc123", "chatcmpl-n3", "chatcmpl-nulls"] }),
  outputs: {
    finish_reasons: {
      "chatcmpl-abc123": ["stop"],
      "chatcmpl-n3": ["stop", "stop", "stop"],
      "chatcmpl-nulls": ["stop"],
    },
    total_tokens: 60,
  },
};
