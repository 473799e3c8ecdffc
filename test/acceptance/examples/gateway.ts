import assert from "node:assert/strict";
import { haiku, keysOf, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { requiredHeaders: { "x-gateway-token": "team-a" }, basePath: "/eu/openai" },
  environment: () => ({ OPENAI_API_KEY: "sk-example" }),
  variables: (server) => ({ gateway_url: server.url, gateway_token: "team-a" }),
  outputs: { answer: haiku },
  check: ({ server }) => assert.deepEqual(keysOf(server), ["sk-example"]),
};
