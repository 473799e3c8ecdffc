import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: {
    completions: [
      { id: "chatcmpl-1", created: 1738962001, view: { metadata: { team: "platform" } } },
      { id: "chatcmpl-2", created: 1738962002, view: { metadata: { team: "search" } } },
      { id: "chatcmpl-3", created: 1738962003, view: { metadata: { team: "platform" } } },
    ],
  },
  outputs: { ids: ["chatcmpl-3", "chatcmpl-1"], complete: true, total_tokens: 54 },
};
