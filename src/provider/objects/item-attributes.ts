import { list, nested, string, types } from "../../framework/index.ts";
import type { Body } from "../api/body.ts";
import { wired } from "../api/wire.ts";
import { eachNotBlank, notEmpty } from "../argument-validators.ts";

/* Items of the Responses API, as conversations and the input of responses have them. */

/** The member where it is text; null where an item of this type has something else there. */
function textOf(object: Body, member: string): string | null {
  const value = object.get(member);
  return value.json()?.trimStart().startsWith('"') === true ? value.string() : null;
}

/** A member that is text in some types of items, and another value in others. */
function textMember(name: string, description: string) {
  return wired(string({ computed: true, description }), { read: (object) => textOf(object, name) });
}

const part = {
  type: string({
    computed: true,
    description: "`input_text`, `output_text`, `refusal`, `input_image` and others.",
  }),
  text: textMember("text", "The text; null for other types."),
  refusal: textMember("refusal", "Why the model refuses; null for other types."),
  image_url: textMember("image_url", "The URL of an image; null for other types."),
  file_id: textMember("file_id", "The ID of an image's or a file's upload; null for other types."),
  filename: textMember("filename", "The name of a file; null for other types."),
};

function partsOf(object: Body) {
  const content = object.get("content");
  if (!content.isArray) return null;
  return content.objects((each) => ({
    type: each.get("type").string(),
    text: textOf(each, "text"),
    refusal: textOf(each, "refusal"),
    image_url: textOf(each, "image_url"),
    file_id: textOf(each, "file_id"),
    filename: textOf(each, "filename"),
  }));
}

/** What an item has, whatever it belongs to. */
export const itemAttributes = {
  type: string({ computed: true, description: "`message`, `function_call`, `reasoning` and others." }),
  status: textMember(
    "status",
    "`in_progress`, `completed`, `incomplete` and others; null where the type has none.",
  ),
  role: textMember("role", "Of a message: `user`, `assistant`, `system`, `developer` and others."),
  phase: textMember("phase", "Of an assistant's message: `commentary` or `final_answer`, if it says so."),
  text: wired(
    string({
      computed: true,
      description: "The texts of `content`, one after the other; null where there is none.",
    }),
    {
      read(object) {
        const texts = (partsOf(object) ?? []).flatMap(({ text }) => (text === null ? [] : [text]));
        return texts.length === 0 ? null : texts.join("");
      },
    },
  ),
  content: wired(
    list(nested(part), {
      computed: true,
      description: "The parts of a message; null for other types.",
    }),
    { read: partsOf },
  ),
  call_id: textMember("call_id", "Of a tool's call and of its output: what relates the two."),
  name: textMember("name", "Of a tool's call: the name of the tool."),
  arguments: textMember("arguments", "Of a tool's call: the arguments, as the model wrote them."),
  output: textMember("output", "Of a tool's output: the output, where it is text."),
  item_json: wired(
    string({ computed: true, description: "The whole item as JSON text, whatever its type is." }),
    { read: (object) => object.json() },
  ),
};

/** What a list of items can ask for. */
export const itemFilters = {
  include: wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachNotBlank()],
      description:
        "What items have beside what they always have, for example `message.input_image.image_url` or " +
        "`web_search_call.action.sources`.",
    }),
    { member: "include[]" },
  ),
};
