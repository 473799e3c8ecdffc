import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { unsetInSdk } from "../support/foreign-states.ts";
import { ownCompletions } from "../support/openai-server/completions.ts";
import type { OpenAIServer } from "../support/openai-server/server.ts";
import type { Given } from "../support/provider-session.ts";
import { root } from "../support/root.ts";
import type { Workspace } from "../support/terraform.ts";
import { foreignState, otherProviders, type StoredResource } from "./foreign-support.ts";
import { afterAll, changesOf, planIsEmpty, started } from "./resource-support.ts";

/** The configurations of a guide in their order, and its commands. */
function guide(name: string) {
  const text = readFileSync(join(root, "docs/guides", `${name}.md`), "utf8");
  const blocks = (fence: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${fence}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
      ([, block = ""]) => block,
    );
  return {
    configurations: blocks("terraform"),
    commands: blocks("shell").flatMap((block) => block.trim().split("\n")),
  };
}

const mkdev = "mkdev-me/openai";

/** What its 1.x writes for what nobody has set, and for what the API chose. */
const unset = {
  ...unsetInSdk,
  model: "gpt-6-luna",
  model_used: "gpt-6-luna-2026-06-01",
  created: 1738962000,
};

const message = (content: string) => [{ role: "user", content, name: "", function_call: [] }];
const choices = (content: string, finish_reason = "stop") => [
  { index: 0, finish_reason, message: [{ role: "assistant", content, function_call: [] }] },
];
const usage = { prompt_tokens: 18, completion_tokens: 9, total_tokens: 27 };
const one = (type: string, name: string, attributes: Given): StoredResource => ({
  provider: mkdev,
  type,
  name,
  attributes,
});

/** What the guide's configurations of 1.x have left in the state. */
const fromMkdev: readonly StoredResource[] = [
  one("openai_chat_completion", "summary", {
    ...unset,
    id: "chatcmpl-summary",
    chat_completion_id: "chatcmpl-summary",
    messages: message("Summarise the release notes."),
    choices: choices("Faster, and fewer bugs."),
    usage,
  }),
  one("openai_chat_completion", "weather", {
    ...unset,
    id: "chatcmpl-weather",
    chat_completion_id: "chatcmpl-weather",
    temperature: 0.2,
    max_tokens: 100,
    store: true,
    metadata: { team: "docs" },
    function_call: "auto",
    functions: [
      {
        name: "get_weather",
        description: "Reports the weather.",
        parameters: '{"properties":{"city":{"type":"string"}},"type":"object"}',
      },
    ],
    messages: message("What is the weather in Rome?"),
    choices: choices("", "function_call"),
    usage,
  }),
  one("openai_response", "greeting", {
    ...Object.fromEntries(
      "conversation_id include instructions max_output_tokens max_tool_calls metadata previous_response_id prompt"
        .split(" ")
        .map((each) => [each, null]),
    ),
    ...Object.fromEntries(
      "response_format temperature tool_choice tools top_logprobs top_p truncation"
        .split(" ")
        .map((each) => [each, null]),
    ),
    id: "resp_greeting",
    model: "gpt-6-luna",
    input: "Say hello.",
    reasoning_effort: "low",
    parallel_tool_calls: true,
    content: "Hello.",
    created_at: 1795700000,
    output: [{ type: "message", content: "Hello." }],
  }),
  one("openai_file", "handbook", {
    id: "file-handbook",
    file: "./handbook.md",
    purpose: "assistants",
    filename: "handbook.md",
    bytes: 10,
    created_at: 1795700000,
    project_id: null,
  }),
  one("openai_vector_store", "docs", {
    id: "vs_docs",
    name: "docs",
    file_ids: null,
    metadata: null,
    expires_after: [{ anchor: "last_active_at", days: 7 }],
    chunking_strategy: { type: "static", max_chunk_size_tokens: 400, chunk_overlap_tokens: 100 },
    created_at: 1795700100,
    file_count: 0,
    object: "vector_store",
    status: "completed",
  }),
  one("openai_vector_store_file", "handbook", {
    id: "file-handbook",
    vector_store_id: "vs_docs",
    file_id: "file-handbook",
    attributes: { team: "docs" },
    chunking_strategy: [],
    created_at: 1795700200,
    object: "vector_store.file",
    status: "completed",
  }),
  one("openai_vector_store_file_batch", "more", {
    id: "vsfb_more",
    vector_store_id: "vs_docs",
    file_ids: ["file-one", "file-two"],
    attributes: null,
    chunking_strategy: [],
    created_at: 1795700300,
    object: "vector_store.file_batch",
    status: "completed",
  }),
  one("openai_batch", "nightly", {
    id: "batch_nightly",
    input_file_id: "file-requests",
    endpoint: "/v1/responses",
    completion_window: "24h",
    metadata: null,
    project_id: null,
    status: "completed",
    error: "",
    output_file_id: "",
    created_at: 1795700000,
    expires_at: 1795786400,
  }),
];

function addMkdev({ control }: OpenAIServer): void {
  control.seed({ id: "chatcmpl-weather", content: null, view: { metadata: { team: "docs" } } });
  control.addObject("responses", { id: "resp_greeting" });
  control.addObject("files", {
    id: "file-handbook",
    purpose: "assistants",
    filename: "handbook.md",
    bytes: 10,
  });
  control.addObject("vector_stores", {
    id: "vs_docs",
    name: "docs",
    expires_after: { anchor: "last_active_at", days: 7 },
  });
  const store = { vector_store_id: "vs_docs" };
  const inStore = "vector_stores/{vector_store_id}";
  control.addObject(`${inStore}/files`, { id: "file-handbook", attributes: { team: "docs" } }, store);
  control.addObject(`${inStore}/file_batches`, { id: "vsfb_more" }, store);
  control.addObject("batches", { id: "batch_nightly", input_file_id: "file-requests" });
}

function addOrganization({ control }: OpenAIServer): void {
  control.addObject("organization/projects", { id: "proj_website", name: "Website" });
  const limits = "organization/projects/{project_id}/rate_limits";
  control.addObject(
    limits,
    { id: "rl-gpt-6-luna", max_requests_per_1_minute: 100 },
    { project_id: "proj_website" },
  );
  control.addObject("organization/projects", { id: "proj_abc123", name: "Shop" });
  control.addObject(
    "projects/{project_id}/users/{user_id}/roles",
    { id: "role_abc123" },
    { project_id: "proj_abc123", user_id: "user-abc123" },
  );
}

/** Plans, applies, and sees that nothing is made and nothing is left to do. */
async function isTakenOver(
  { server, work }: { readonly server: OpenAIServer; readonly work: Workspace },
  updated: readonly string[],
): Promise<string> {
  const changes = await changesOf(work);
  assert.deepEqual(
    changes.map(({ address, actions }) => `${actions} ${address}`),
    updated.map((address) => `update ${address}`),
  );
  const { output } = await work.ok("apply", "-auto-approve");
  assert.match(output, new RegExp(`${updated.length === 0 ? "0" : updated.length} changed, 0 destroyed`));
  await planIsEmpty(work);
  assert.deepEqual(
    server.requests.filter(({ method }) => method !== "GET"),
    [],
  );
  return output;
}

test("the guide on mkdev-me/openai: each of its configurations takes over what 1.x has left, and nothing is made", async (t) => {
  const { configurations, commands } = guide("from-mkdev");
  const [provider = "", moved = "", ...objects] = configurations;
  const place = await started(t);
  const work = otherProviders(place.work, [mkdev]);
  addMkdev(place.server);
  work.write("terraform.tfstate", foreignState(fromMkdev));
  work.write("handbook.md", "# Welcome\n");
  work.write(
    "provider.tf",
    provider.replaceAll("sensitive = true", 'sensitive = true\n  default = "sk-guide"'),
  );
  work.write("main.tf", objects.join("\n"));
  assert.equal(objects.join("\n").match(/^resource /gm)?.length, fromMkdev.length, "each has a state here");
  const replace = commands.find((each) => each.startsWith("terraform state replace-provider")) ?? "";
  await work.ok("state", "replace-provider", "-auto-approve", ...replace.split(" ").slice(3));
  const output = await isTakenOver({ ...place, work }, ["openai_file.handbook"]);
  assert.match(output, /Chat completion cannot be read/);
  assert.match(moved, /from = openai_rate_limit\.mini/);
});

test("the guide on openai/openai: its one line takes over an organization, and the plan is empty", async (t) => {
  const [configuration = ""] = guide("from-official").configurations;
  const place = await started(t);
  const work = otherProviders(place.work, ["openai/openai"]);
  addOrganization(place.server);
  const role = { role_name: "Auditor", permissions: ["api.groups.read", "api.roles.read"] };
  place.server.control.addObject("organization/roles", {
    id: "role_auditor",
    name: "Auditor",
    ...role,
    description: null,
  });
  const official = (type: string, name: string, attributes: Given) => ({
    ...one(type, name, attributes),
    provider: "openai/openai",
  });
  const nothing = {
    batch_1_day_max_input_tokens: null,
    max_audio_megabytes_per_1_minute: null,
    max_images_per_1_minute: null,
    max_requests_per_1_day: null,
    max_tokens_per_1_minute: null,
  };
  work.write(
    "terraform.tfstate",
    foreignState([
      official("openai_project", "website", {
        id: "proj_website",
        project_id: "proj_website",
        name: "Website",
        archived_at: null,
        created_at: 1795700000,
        external_key_id: null,
        geography: null,
        status: "active",
      }),
      official("openai_role", "auditor", {
        id: "role_auditor",
        role_id: "role_auditor",
        ...role,
        description: null,
        predefined_role: false,
        resource_type: "api.organization",
      }),
      official("openai_project_rate_limit", "luna", {
        ...nothing,
        id: "rl-gpt-6-luna",
        rate_limit_id: "rl-gpt-6-luna",
        project_id: "proj_website",
        model: "gpt-6-luna",
        max_requests_per_1_minute: 100,
      }),
    ]),
  );
  work.write("main.tf", configuration);
  await isTakenOver({ ...place, work }, []);
});

/** A moved block of a guide, and what it is for: the resource there, and its object. */
const moves = [
  {
    page: "from-mkdev",
    block: 1,
    provider: mkdev,
    type: "openai_rate_limit",
    name: "mini",
    attributes: {
      id: "rl-gpt-6-luna",
      rate_limit_id: "rl-gpt-6-luna",
      model: "gpt-6-luna",
      project_id: "proj_website",
      batch_1_day_max_input_tokens: null,
      max_audio_megabytes_per_1_minute: null,
      max_images_per_minute: null,
      max_requests_per_1_day: null,
      max_requests_per_minute: 100,
      max_tokens_per_minute: null,
    },
    here: `resource "openai_project_rate_limit" "mini" {
  project_id                = "proj_website"
  rate_limit_id             = "rl-gpt-6-luna"
  max_requests_per_1_minute = 100
}
`,
  },
  {
    page: "from-official",
    block: 1,
    provider: "jianyuan/openai",
    type: "openai_project_user_role_assignment",
    name: "ada",
    attributes: { project_id: "proj_abc123", user_id: "user-abc123", role_id: "role_abc123" },
    here: "",
  },
] as const;

/* The moved blocks are in one configuration. */
describe("the moved blocks of the guides", () => {
  const skip = lacks("moves across types");
  const cleanup = afterAll();
  let taken: string[];
  before(async () => {
    if (skip !== false) return;
    const place = await started(cleanup);
    const work = otherProviders(
      place.work,
      moves.map(({ provider }) => provider),
    );
    addOrganization(place.server);
    work.write("terraform.tfstate", foreignState(moves));
    const required = guide("from-mkdev").configurations[0]?.split("\n\n")[0] ?? "";
    const blocks = moves.flatMap(({ here, page, block }) => [here, guide(page).configurations[block]]);
    work.write("main.tf", [required, ...blocks].join("\n\n"));
    await isTakenOver({ ...place, work }, []);
    const { resources }: { resources: { type: string; name: string; provider: string }[] } = JSON.parse(
      readFileSync(join(work.folder, "terraform.tfstate"), "utf8"),
    );
    taken = resources
      .filter(({ provider }) => provider.includes("terraform-provider-openai/openai"))
      .map((each) => `${each.type}.${each.name}`);
  });

  for (const { page, block, type } of moves) {
    test(`the guide ${page}: its moved block takes over a ${type}`, { skip }, () => {
      const [, target = ""] = /\bto\s*= (\S+)/.exec(guide(page).configurations[block] ?? "") ?? [];
      assert.ok(taken.includes(target), `${target} in ${taken.join()}`);
    });
  }
});

test("expressions over mkdev-me/openai's data sources of completions give the same here", async (t) => {
  const { work } = await started(t, { completions: ownCompletions() });
  work.write(
    "main.tf",
    `${guide("from-mkdev").configurations[0]?.split("\n\n")[0]}

data "openai_chat_completion" "one" { completion_id = "chatcmpl-abc123" }
data "openai_chat_completion" "tool" { completion_id = "chatcmpl-tool-call" }
data "openai_chat_completions" "all" {
  limit    = 100
  order    = "asc"
  metadata = {}
}
data "openai_chat_completion_messages" "one" {
  completion_id = "chatcmpl-abc123"
  limit         = 10
  order         = "asc"
}

locals {
  one  = data.openai_chat_completion.one
  call = data.openai_chat_completion.tool.choices[0].message[0].tool_calls[0]
  all  = data.openai_chat_completions.all
}

output "found" {
  value = {
    content  = local.one.choices[0].message[0].content
    reason   = local.one.choices[0].finish_reason
    usage    = local.one.usage["total_tokens"] - local.one.usage.total_tokens
    counts   = sort([for name, count in local.one.usage : name])
    called   = [local.call.type, local.call.function[0].name]
    legacy   = length(local.one.choices[0].message[0].function_call)
    same     = [for each in local.all.chat_completions : each.choices[0].message[0].content if each.id == "chatcmpl-abc123"][0] == local.one.choices[0].message[0].content
    more     = local.all.has_more
    messages = [for each in data.openai_chat_completion_messages.one.messages : each.role]
    rest     = data.openai_chat_completion_messages.one.has_more
  }
}
`,
  );
  await work.ok("apply", "-auto-approve");
  const found = JSON.parse(JSON.stringify(await work.output("found")));
  assert.match(found.content, /^Plan, apply, done/);
  delete found.content;
  assert.deepEqual(found, {
    reason: "stop",
    usage: 0,
    counts: ["completion_tokens", "prompt_tokens", "total_tokens"],
    called: ["function", "forecast"],
    legacy: 0,
    same: true,
    more: false,
    messages: ["system", "user"],
    rest: false,
  });
});
