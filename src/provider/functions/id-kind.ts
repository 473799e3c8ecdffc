import { parameter, providerFunction, types } from "../../framework/index.ts";

/** How IDs begin, and what they name: the provider's names of objects where it has them, else the API's. */
const kinds: Readonly<Record<string, string>> = {
  agent_: "agent",
  asst_: "assistant",
  batch_: "batch",
  call_: "tool_call",
  cert_: "certificate",
  cfile_: "container_file",
  "chatcmpl-": "chat_completion",
  ci_: "code_interpreter_call",
  cntr_: "container",
  cons_: "voice_consent",
  conv_: "conversation",
  cp_: "fine_tuning_checkpoint_permission",
  cred_: "vault_credential",
  envtpl_: "environment_template",
  eval_: "eval",
  evalrun_: "eval_run",
  extkey_: "external_key",
  fc_: "function_call",
  "file-": "file",
  file_: "file",
  fs_: "file_search_call",
  "ft:": "model",
  ftckpt_: "fine_tuning_checkpoint",
  "ftevent-": "fine_tuning_event",
  "ftjob-": "fine_tuning_job",
  group_: "group",
  "invite-": "invite",
  msg_: "message",
  "org-": "organization",
  part_: "upload_part",
  proj_: "project",
  req_: "request",
  resp_: "response",
  role_: "role",
  rs_: "reasoning",
  run_: "run",
  skill_: "skill",
  skillver_: "skill_version",
  thread_: "thread",
  tunnel_: "mcp_tunnel",
  upload_: "upload",
  "user-": "user",
  vault_: "vault",
  voice_: "voice",
  vs_: "vector_store",
  vsfb_: "vector_store_file_batch",
  whe_: "webhook_endpoint",
  ws_: "web_search_call",
};

export const idKind = providerFunction({
  name: "id_kind",
  summary: "Which kind of object an ID names",
  description:
    "Returns which kind of object an ID names, by how it begins: `file` for `file-abc123`, `vector_store` for `vs_abc123`, " +
    "`chat_completion` for `chatcmpl-abc123`. The names are those of this provider's objects, without `openai_`, where it has " +
    "the object. Null where the beginning is not known: gateways have IDs of their own, and OpenAI adds kinds.",
  parameters: [parameter("id", { kind: "string" }, "An ID, for example a variable's value.")],
  returns: types.string,
  call(id) {
    const prefix = /^(?:ft:|[a-z]+[-_])(?=.)/.exec(id)?.[0];
    return prefix !== undefined && Object.hasOwn(kinds, prefix) ? (kinds[prefix] ?? null) : null;
  },
});
