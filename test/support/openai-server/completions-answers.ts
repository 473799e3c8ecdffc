import { Literal } from "./json.ts";
import { choice, type Seed } from "./seed.ts";

/** Answers of every kind but tool calls. */
export const answers: readonly Seed[] = [
  {
    id: "chatcmpl-refusal",
    choices: [choice({ refusal: "I can't help with breaking into that account." })],
    messages: [{ role: "user", content: "Break into my neighbour's account." }],
    created: 1738962010,
  },
  {
    id: "chatcmpl-length",
    choices: [choice({ content: "The first thing to know is" }, { finish_reason: "length" })],
    created: 1738962011,
  },
  {
    id: "chatcmpl-content-filter",
    choices: [choice({ content: "" }, { finish_reason: "content_filter" })],
    created: 1738962012,
  },
  {
    id: "chatcmpl-n3",
    choices: ["red", "green", "blue"].map((content, index) => choice({ content }, { index })),
    created: 1738962013,
    view: { usage: { total_tokens: 15, completion_tokens: 3, prompt_tokens: 12 } },
  },
  {
    id: "chatcmpl-logprobs",
    choices: [
      choice(
        { content: "Yes." },
        {
          logprobs: {
            content: [
              token(
                "Yes",
                "-0.0021839456",
                [89, 101, 115],
                [token("Yes", "-0.0021839456", [89, 101, 115]), token(" no", "-6.502184", [32, 110, 111])],
              ),
              token(".", "-3.4519e-05", [46], []),
              token("", "-9999.0", null, []),
            ],
            refusal: null,
          },
        },
      ),
    ],
    created: 1738962014,
  },
  {
    id: "chatcmpl-refusal-logprobs",
    choices: [
      choice(
        { refusal: "No." },
        {
          logprobs: {
            content: null,
            refusal: [token("No", "-0.25", [78, 111], []), token(".", "0", [46], [])],
          },
        },
      ),
    ],
    created: 1738962015,
  },
  {
    id: "chatcmpl-3c9a1f04-58d2-4b7e-9a61-0de2c74b8f15",
    choices: [
      choice({
        content: "Rain from noon on, says the weather service.",
        annotations: [
          {
            type: "url_citation",
            url_citation: {
              end_index: 43,
              start_index: 23,
              title: "Weather – Mañana",
              url: "https://weather.example/today?place=Zürich&day=1",
            },
          },
        ],
      }),
    ],
    created: 1738962016,
    view: { model: "gpt-4o-search-preview-2025-03-11", system_fingerprint: "", service_tier: null },
  },
  {
    id: "chatcmpl-audio",
    choices: [
      choice({
        audio: {
          id: "audio_6b1e02c97d",
          data: "UklGRiQAAABXQVZFZm10IA==",
          expires_at: 1738965617,
          transcript: "Good morning! How can I help?",
        },
      }),
    ],
    created: 1738962017,
    view: { model: "gpt-audio-2025-08-28" },
  },
  {
    id: "chatcmpl-unicode",
    choices: [
      choice({
        // A family joined by zero-width joiners, a flag, right-to-left text, a combining accent and NFD/NFC twins.
        content:
          "👩‍👩‍👧‍👦 🇺🇦 שלום עולם مرحبا e\u0301 = \u00e9 \u202eabc\u202c Z͑ͫ̓ 日本語 \u2028 \u0024{not} %{nope}",
      }),
    ],
    messages: [{ role: "user", content: "Grüße 👋 בבקשה", name: "Ołena" }],
    created: 1738962018,
    view: { metadata: { ключ: "значення", emoji: "🎉", "": "empty key" } },
  },
  {
    id: "chatcmpl-metadata",
    created: 1738962019,
    content: "Tagged.",
    view: {
      metadata: { team: "platform", environment: "production", empty: "", "a.b/c": "dots and slashes" },
    },
  },
  {
    id: "chatcmpl-messages",
    content: "It is a cat.",
    messages: [
      { role: "developer", content: "Be brief." },
      { role: "user", content: "Hello", name: "olena" },
      { role: "assistant", content: null, tool_calls: [call("call_look1", "look", '{"at":"picture"}')] },
      { role: "tool", content: '{"found":1}', tool_call_id: "call_look1" },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "https://example.com/cat.png", detail: "low" } },
          { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
          { type: "file", file: { file_id: "file-abc", filename: "cat.pdf" } },
        ],
      },
    ],
    created: 1738962020,
  },
];

function token(
  text: string,
  logprob: string,
  bytes: readonly number[] | null,
  alternatives?: readonly object[],
) {
  const entry = { token: text, logprob: new Literal(logprob), bytes };
  if (alternatives === undefined) return entry;
  return { ...entry, top_logprobs: alternatives.map((each) => ({ ...each })) };
}

function call(id: string, name: string, text: string) {
  return { id, type: "function", function: { name, arguments: text } };
}
