import type { Scenario } from "./scenario.ts";

const line = (id: string, city: string) =>
  `{"custom_id":"${id}","method":"POST","url":"/v1/responses",` +
  `"body":{"input":"Name a river in ${city}.","model":"gpt-5.6-sol"}}\n`;

export const scenario: Scenario = {
  needs: ["provider functions"],
  outputs: {
    jsonl: line("kyiv", "Kyiv") + line("lviv", "Lviv"),
    inputs: { kyiv: "Name a river in Kyiv.", lviv: "Name a river in Lviv." },
    kinds: ["file", "vector_store", null],
  },
};
