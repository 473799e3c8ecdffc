import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: { shutdown_dates: { "gpt-5.6-sol": "2027-06-30" } },
  secondPlan: 0,
};
