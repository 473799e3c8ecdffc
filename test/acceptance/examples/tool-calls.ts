import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: {
    calls: [{ name: "forecast", arguments: { city: "Kyiv", days: 2 } }],
    offered: ["forecast"],
  },
};
