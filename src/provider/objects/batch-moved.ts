import { list, map, nested, number, object, stateMover, string, types } from "../../framework/index.ts";

/* The state of a batch that another provider wrote. Only the kinds matter; nobody reads the descriptions. */

const described = { computed: true, description: "Of the other provider." } as const;
const text = string(described);
const figure = number(described);

/** mkdev-me/openai's `openai_batch`, which has the same arguments. A refresh reads the rest. */
export const movedBatch = stateMover(
  { type: "openai_batch", provider: "mkdev-me/openai" },
  {
    id: text,
    input_file_id: text,
    endpoint: text,
    completion_window: text,
    metadata: map(types.string, described),
    status: text,
    error: text,
    errors: object(
      nested({
        object: text,
        data: list(nested({ code: text, line: figure, message: text, param: text }), described),
      }),
      described,
    ),
    output_file_id: text,
    error_file_id: text,
    request_counts: object(nested({ total: figure, completed: figure, failed: figure }), described),
    created_at: figure,
    in_progress_at: figure,
    finalizing_at: figure,
    completed_at: figure,
    expires_at: figure,
    expired_at: figure,
    failed_at: figure,
    cancelling_at: figure,
    cancelled_at: figure,
  },
  ({ state: { id, input_file_id, endpoint, completion_window, metadata } }) => ({
    id,
    input_file_id,
    endpoint,
    completion_window,
    metadata,
  }),
);
