/** Steps from the body to a member or an element. */
export type Path = readonly (string | number)[];

/** A completion that has every member that a completion may have. */
export function everything(id: string): unknown {
  const token = { token: "Hi", logprob: -0.5, bytes: [72, 105] };
  const logprobs = {
    content: [{ ...token, top_logprobs: [token] }],
    refusal: [{ ...token, top_logprobs: [] }],
  };
  const message = {
    role: "assistant",
    content: "Hi",
    name: "n",
    refusal: "No",
    function_call: { name: "f", arguments: "{}" },
    tool_calls: [
      { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } },
      { id: "call_2", type: "custom", custom: { name: "c", input: "i" } },
    ],
    annotations: [
      { type: "url_citation", url_citation: { start_index: 0, end_index: 1, url: "https://x", title: "t" } },
    ],
    audio: { id: "audio_1", data: "AA==", transcript: "Hi", expires_at: 1_738_962_000 },
  };
  return {
    id,
    object: "chat.completion",
    model: "gpt-4o-mini",
    created: 1_738_962_000,
    choices: [{ index: 0, finish_reason: "stop", logprobs, message }],
    usage: {
      prompt_tokens: 1,
      completion_tokens: 2,
      total_tokens: 3,
      prompt_tokens_details: {
        cached_tokens: 1,
        audio_tokens: 2,
        text_tokens: 3,
        image_tokens: 4,
        cache_write_tokens: 5,
      },
      completion_tokens_details: {
        reasoning_tokens: 1,
        audio_tokens: 2,
        accepted_prediction_tokens: 3,
        rejected_prediction_tokens: 4,
        text_tokens: 5,
      },
    },
    metadata: { team: "faults" },
    request_id: "req_1",
    service_tier: "default",
    system_fingerprint: "fp_1",
    input_user: "u",
    seed: 7,
    temperature: 1,
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    tools: [{ type: "function", function: { name: "f", parameters: {} } }],
    tool_choice: "auto",
    response_format: { type: "text" },
    moderation: null,
  };
}

/** The path of every member and element below a value, that of containers too. */
export function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each])
    : Object.entries(value);
  return entries.flatMap(([step, each]) => [[...at, step], ...paths(each, [...at, step])]);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(
    (at: unknown, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );
}

const MARK = "the-fixture-of-the-change";

/** JSON text of the value with other text at the path, or nothing there at all. */
export function changed(value: unknown, path: Path, text: string | undefined): string {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (typeof parent !== "object" || parent === null) throw new Error("there is no such fixture");
  if (text !== undefined) Reflect.set(parent, last, MARK);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => text ?? "");
}

/** As the provider writes it: `choices[0].message.content`. */
export function named(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}
