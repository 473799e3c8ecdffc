import { models } from "../../../scripts/docs/models.mjs";
import type { Scenario } from "./scenario.ts";

const [model] = models;

export const scenario: Scenario = {
  server: {
    completions: [
      { id: "chatcmpl-1", created: 1738962001, view: { model, metadata: { team: "platform" } } },
      { id: "chatcmpl-2", created: 1738962002, view: { model, metadata: { team: "search" } } },
      { id: "chatcmpl-3", created: 1738962003, view: { model, metadata: { team: "platform" } } },
    ],
  },
  outputs: { ids: ["chatcmpl-3", "chatcmpl-1"], complete: true, total_tokens: 54 },
};
