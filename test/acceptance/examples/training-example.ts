import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["provider functions"],
  outputs: {
    line:
      '{"messages":[{"role":"user","content":"Will it rain in Kyiv?"},' +
      '{"role":"assistant","tool_calls":[{"id":"call_f1","type":"function",' +
      '"function":{"name":"forecast","arguments":"{\\"city\\":\\"Kyiv\\",\\"days\\":2}"}}]}],' +
      '"tools":[{"type":"function","function":{"name":"forecast","description":"The weather of the next days",' +
      '"parameters":{"type":"object","properties":{"city":{"type":"string","minLength":1},' +
      '"days":{"type":"integer","default":3}},"required":["city"]},"strict":true}}]}',
    text: "(no text)",
  },
};
