import { parameter, providerFunction, types } from "../../framework/index.ts";
import { kindOfId } from "../id-kinds.ts";

export const idKind = providerFunction({
  name: "id_kind",
  summary: "Which kind of object an ID names",
  description:
    "Returns which kind of object an ID names, by how it begins: `file` for `file-abc123`, `vector_store` for `vs_abc123`, " +
    "`chat_completion` for `chatcmpl-abc123`. The names are those of this provider's objects, without `openai_`, where it has " +
    "the object. Null where the beginning is not known: gateways have IDs of their own, and OpenAI adds kinds.",
  parameters: [parameter("id", { kind: "string" }, "An ID, for example a variable's value.")],
  returns: types.string,
  call: (id) => kindOfId(id) ?? null,
});
