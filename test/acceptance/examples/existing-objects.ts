import type { Scenario } from "./scenario.ts";

/* What the query finds and writes is seen where the guide's commands run: page-commands.test.ts. */

export const scenario: Scenario = {
  outputs: { documents: 0 },
};
