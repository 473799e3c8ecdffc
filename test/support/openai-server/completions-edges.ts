import { Literal } from "./json.ts";
import { choice, type Seed } from "./seed.ts";

/** Bodies at the edges of what the API or a gateway sends: exact numbers, missing keys, other forms. */
export const edges: readonly Seed[] = [
  { id: "chatcmpl-empty-choices", choices: [], created: 1738962050 },
  { id: "chatcmpl-empty-content", content: "", created: 1738962051 },
  { id: "chatcmpl-null-content", content: null, created: 1738962052 },
  {
    id: "chatcmpl-control-characters",
    content: 'tab\t, return\r\n, bell\u0007, escape\u001b[31m, delete\u007f, "quotes", \\ and \u0000.',
    created: 1738962063,
  },
  { id: "chatcmpl-largest-seed", created: 1738962053, view: { seed: 9223372036854775807n } },
  { id: "chatcmpl-smallest-seed", created: 1738962054, view: { seed: -9223372036854775808n } },
  {
    id: "chatcmpl-exact-numbers",
    created: 1738962055,
    view: {
      temperature: new Literal("0.30000000000000004"),
      top_p: new Literal("1e-7"),
      presence_penalty: new Literal("-0.10000000000000000000000001"),
      frequency_penalty: new Literal("-2.0"),
    },
  },
  {
    id: "chatcmpl-usage-details",
    created: 1738962056,
    view: {
      usage: {
        total_tokens: 1480,
        completion_tokens: 230,
        prompt_tokens: 1250,
        prompt_tokens_details: {
          cached_tokens: 1024,
          audio_tokens: 20,
          text_tokens: 200,
          image_tokens: 6,
          cache_write_tokens: 64,
        },
        completion_tokens_details: {
          reasoning_tokens: 128,
          audio_tokens: 2,
          accepted_prediction_tokens: 30,
          rejected_prediction_tokens: 4,
          text_tokens: 66,
        },
        compute_units: new Literal("0.125"),
      },
    },
  },
  {
    id: "chatcmpl-moderation",
    created: 1738962057,
    view: {
      moderation: {
        input: { type: "moderation_results", model: "omni-moderation-latest", results: [{ flagged: false }] },
        output: { type: "error", code: "server_error", message: "No result." },
      },
    },
  },
  {
    // What newer APIs may add to the stored view: the keys that only the create view has today.
    id: "chatcmpl-everything",
    choices: [
      choice({ content: "All there.", refusal: null, annotations: [], audio: null }),
      choice({ content: "Once more.", refusal: null, annotations: [], audio: null }, { index: 1 }),
    ],
    created: 1738962058,
    view: {
      metadata: { kind: "everything" },
      input_user: "user-1",
      service_tier: "flex",
      response_format: { type: "text" },
      tool_choice: "none",
      tools: [],
      moderation: null,
      field_of_tomorrow: { nested: [1, "two", null] },
    },
  },
  {
    id: "chatcmpl-nulls",
    created: 1738962059,
    view: {
      usage: null,
      seed: null,
      top_p: null,
      temperature: null,
      presence_penalty: null,
      frequency_penalty: null,
      system_fingerprint: null,
      service_tier: null,
      request_id: null,
      metadata: null,
    },
  },
  {
    // Only what the published schema requires.
    id: "chatcmpl-minimal",
    body: '{"id":"chatcmpl-minimal","object":"chat.completion","created":1738962060,"model":"small","choices":[{"index":0,"finish_reason":"stop","logprobs":null,"message":{"role":"assistant","content":"Ok.","refusal":null}}]}',
  },
  {
    // Gateways send the content as an array of parts, and IDs of their own.
    id: "gen-content-parts",
    choices: [
      choice({
        content: [
          { type: "text", text: "First part, " },
          { type: "image_url", image_url: { url: "https://example.com/chart.png" } },
          { type: "text", text: "second part." },
        ],
        name: "gateway",
      }),
    ],
    created: 1738962061,
  },
  // An ID that must be escaped in a path.
  { id: "gw:eu:2026 07#1?a=b%2B", content: "Escaped.", created: 1738962062 },
];
