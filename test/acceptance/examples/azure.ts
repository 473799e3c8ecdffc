import assert from "node:assert/strict";
import { haiku, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { mode: "azure" },
  environment: () => ({}),
  variables: (server) => ({ azure_endpoint: server.origin, azure_key: "azure-resource-key" }),
  outputs: { answer: haiku },
  check({ server }) {
    for (const { headers, query, path } of server.requests) {
      assert.equal(headers["api-key"], "azure-resource-key");
      assert.equal(headers.authorization, undefined);
      assert.equal(query.get("api-version"), "preview");
      assert.equal(path, "/openai/v1/chat/completions/chatcmpl-abc123");
    }
  },
};
