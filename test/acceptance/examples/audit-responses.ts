import type { Scenario } from "./scenario.ts";

const usage = (total_tokens: number) => ({ input_tokens: 1, output_tokens: total_tokens - 1, total_tokens });

export const scenario: Scenario = {
  server: { completions: [] },
  variables({ control }) {
    const responses = [
      { id: "resp_a", metadata: { team: "docs" }, usage: usage(100) },
      { id: "resp_b", metadata: { team: "docs" }, usage: usage(40) },
      {
        id: "resp_c",
        status: "incomplete",
        incomplete_details: { reason: "max_output_tokens" },
        usage: usage(7),
      },
      { id: "resp_d", status: "failed", error: { code: "server_error", message: "The model failed." } },
    ];
    for (const response of responses) control.addObject("responses", response);
    return { response_ids: responses.map(({ id }) => id) };
  },
  outputs: {
    tokens_by_team: { docs: 140, "(none)": 7 },
    not_completed: { resp_c: "max_output_tokens", resp_d: "The model failed." },
  },
};
