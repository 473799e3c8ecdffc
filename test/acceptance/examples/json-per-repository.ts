import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  outputs: {
    descriptions: {
      billing: "You said: billing: Sends invoices. Go, PostgreSQL.",
      dashboard: "You said: dashboard: Shows the state of the platform. TypeScript, React.",
    },
    topics: {
      billing: ["You said: billing: Sends invoices. Go, PostgreSQL."],
      dashboard: ["You said: dashboard: Shows the state of the platform. TypeScript, React."],
    },
  },
  async check({ work, server }) {
    const more = { billing: "Sends invoices. Go, PostgreSQL.", search: "trigger:length" };
    const output = await work.fails("apply", "-auto-approve", `-var=repositories=${JSON.stringify(more)}`);
    assert.match(output, /The answer for search is no such JSON/);
    assert.equal(server.counts.paidCreates, 3, "only the new repository is asked for");
  },
};
