import { list, nested, object, type State, string, types } from "../../framework/index.ts";
import { count, objectType, text, timestamp } from "../api/arguments.ts";
import type { Body } from "../api/body.ts";
import { json, readObjectPieces, wired } from "../api/wire.ts";

/* What a response answers with. Common types of output are typed; `output_json` has all of them, whole. */

const annotation = nested({
  type: text("`url_citation`, `file_citation`, `container_file_citation` or `file_path`."),
  url: text("The URL of a web page that is cited."),
  title: text("The title of that web page."),
  start_index: count("Where in the text the citation begins, in characters."),
  end_index: count("Where in the text the citation ends, in characters."),
  file_id: text("The ID of a file that is cited."),
  filename: text("The name of that file."),
  container_id: text("The ID of the container that a cited file is in."),
  index: count("Where in the text a file is cited."),
});

const part = nested({
  type: text("`output_text` or `refusal`; of reasoning, `reasoning_text`."),
  text: text("The text."),
  refusal: text("Why the model refuses to answer."),
  annotations: list(annotation, { computed: true, description: "What the text cites." }),
  logprobs_json: json({
    computed: true,
    description: "The log probabilities as JSON text, where `include` asks for them.",
  }),
});

/** The member where it has this form; null where an item of this type has something else there. */
function ofForm<T>(member: string, form: RegExp, read: (value: Body) => T | null) {
  return (item: Body): T | null => {
    const value = item.get(member);
    return form.test(value.json() ?? "") ? read(value) : null;
  };
}

function textIn(member: string, description: string) {
  return wired(text(description), { read: ofForm(member, /^\s*"/, (value) => value.string()) });
}

function* partsOf(item: Body) {
  const content = item.get("content");
  return content.isArray ? yield* readObjectPieces(part, content) : null;
}

function summaryOf(item: Body): string[] | null {
  const summary = item.get("summary");
  if (!summary.isArray) return null;
  return (summary.objects((each) => each.get("text").string()) ?? []).filter((each) => each !== null);
}

export const outputItem = nested({
  id: textIn("id", "The ID of the item."),
  type: text("`message`, `reasoning`, `function_call`, `file_search_call` and others."),
  status: textIn(
    "status",
    "`in_progress`, `completed`, `incomplete` and others; null where the type has none.",
  ),
  role: textIn("role", "Of a message: `assistant`."),
  phase: textIn("phase", "Of a message: `commentary` or `final_answer`, if it says so."),
  content: wired(
    list(part, { computed: true, description: "The parts of a message; null for other types." }),
    { readPieces: partsOf },
  ),
  summary: wired(
    list(types.string, {
      computed: true,
      description: "Of reasoning: the summaries.",
    }),
    { read: summaryOf },
  ),
  call_id: textIn("call_id", "Of a tool's call: what its output has to name."),
  name: textIn("name", "Of a call: the name of the tool."),
  namespace: textIn("namespace", "Of a call: the tool's namespace."),
  arguments: textIn("arguments", "Of a function's call: the arguments, as JSON text."),
  input: textIn("input", "Of a custom tool's call: the input, as the model wrote it."),
  queries: wired(
    list(types.string, { computed: true, description: "Of a file search: what was searched for." }),
    {
      read: ofForm("queries", /^\s*\[/, (value) =>
        (value.elements((each) => each.string()) ?? []).filter((each) => each !== null),
      ),
    },
  ),
});

export type OutputItem = State<typeof outputItem.attributes>;

type Part = NonNullable<OutputItem["content"]>[number];

const toolCall = nested({
  type: text("`function_call` or `custom_tool_call`."),
  call_id: text("What the tool's output has to name."),
  name: text("The name of the tool."),
  namespace: text("The tool's namespace."),
  arguments: text("Of a function: the arguments, as JSON text that the model wrote."),
  input: text("Of a custom tool: the input, as the model wrote it."),
});

/** A value that follows from the items of the output; null where there is no output. */
function ofOutput<T>(derive: (items: Body[]) => T | null) {
  return (response: Body): T | null => {
    const output = response.get("output");
    const items = output.isArray ? (output.objects((item) => item) ?? []) : [];
    return items.length === 0 ? null : derive(items);
  };
}

/** Texts of the parts of all messages, one after the other; null without any. */
function textsOf(items: readonly Body[], type: string, member: "text" | "refusal"): string | null {
  const texts = items.flatMap((item) => {
    const content = item.get("content");
    if (item.get("type").json() !== '"message"' || !content.isArray) return [];
    const parts = content.objects((each) =>
      each.get("type").json() === JSON.stringify(type) ? each.get(member).string() : null,
    );
    return (parts ?? []).filter((each): each is NonNullable<Part["text"]> => each !== null);
  });
  return texts.length === 0 ? null : texts.join("");
}

function callsOf(items: readonly Body[]) {
  const calls = items.filter((item) =>
    ['"function_call"', '"custom_tool_call"'].includes(item.get("type").json() ?? ""),
  );
  return calls.map((call) => ({
    type: call.get("type").string(),
    call_id: call.get("call_id").string(),
    name: call.get("name").string(),
    namespace: call.get("namespace").string(),
    arguments: call.get("arguments").string(),
    input: call.get("input").string(),
  }));
}

const usage = nested({
  input_tokens: count("Number of tokens of the input."),
  input_tokens_details: object(
    nested({
      cached_tokens: count("Tokens that came from the cache."),
      cache_write_tokens: count("Tokens that were written to the cache."),
      cache_write_tokens_details: object(
        nested({
          ttl_30m_tokens: count("Tokens that were written for 30 minutes."),
          ttl_12h_tokens: count("Tokens that were written for 12 hours."),
        }),
        { computed: true, description: "Of those that were written to the cache." },
      ),
    }),
    { computed: true, description: "Of the input." },
  ),
  output_tokens: count("Number of tokens of the output."),
  output_tokens_details: object(
    nested({ reasoning_tokens: count("Tokens that the model used to reason.") }),
    { computed: true, description: "Of the output." },
  ),
  total_tokens: count("Number of tokens in all."),
});

function jsonText(what: string) {
  return json({ computed: true, description: `${what} as JSON text; null where the API does not say.` });
}

export const answerAttributes = {
  object: objectType("response"),
  created_at: timestamp("of its creation"),
  completed_at: timestamp("of its completion; null where the API does not say"),
  status: text("`completed`, `incomplete`, `failed`, `cancelled`, `queued` or `in_progress`."),
  error: object(
    nested({
      code: text("The kind of error, for example `server_error` or `rate_limit_exceeded`."),
      message: text("The API's words."),
      param: text("The parameter that is to blame, if there is one."),
      type: text("The type of the error, where the API says it."),
      misalignment_json: jsonText("Why the model was stopped for misalignment,"),
    }),
    { computed: true, description: "Why it failed; null where it did not." },
  ),
  incomplete_details: object(nested({ reason: text("`max_output_tokens`, `content_filter` and others.") }), {
    computed: true,
    description: "Why it is incomplete; null where it is not.",
  }),
  output_text: wired(text("The texts of all messages, one after the other; null where there is none."), {
    read: ofOutput((items) => textsOf(items, "output_text", "text")),
  }),
  refusal: wired(text("Why the model refuses to answer, if it does."), {
    read: ofOutput((items) => textsOf(items, "refusal", "refusal")),
  }),
  tool_calls: wired(
    list(toolCall, {
      computed: true,
      description: "The calls that the model asks for; null without output.",
    }),
    { read: ofOutput(callsOf) },
  ),
  reasoning_summaries: wired(
    list(types.string, {
      computed: true,
      description: "The summaries of all reasoning; null without output.",
    }),
    { read: ofOutput((items) => items.flatMap((item) => summaryOf(item) ?? [])) },
  ),
  output_json: json({
    computed: true,
    description: "The output as JSON text of a list: items of every type, whole.",
  }),
  output: list(outputItem, {
    computed: true,
    description: "The items of the output, with what common types have.",
  }),
  usage: object(usage, { computed: true, description: "What was used; null until then." }),
  tool_usage_json: jsonText("What built-in tools used,"),
  presence_penalty: count("The presence penalty that was applied."),
  frequency_penalty: count("The frequency penalty that was applied."),
  moderation_results_json: wired(
    string({ computed: true, description: "The moderation results as JSON text; null without any." }),
    { member: "moderation", json: true },
  ),
  prompt_cache_diagnostics_json: jsonText("Why the prompt cache was used or not,"),
  input_transformations_json: jsonText("Reasoning of the input that was withheld from the model,"),
  billing_json: jsonText("Who pays,"),
};
