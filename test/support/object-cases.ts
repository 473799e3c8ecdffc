import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminCases } from "./admin-cases.ts";
import { externalCases } from "./external-cases.ts";
import { keyCases } from "./key-cases.ts";
import type { ServerOptions } from "./openai-server/options.ts";
import type { OpenAIServer } from "./openai-server/server.ts";
import { organizationSettingCases } from "./organization-setting-cases.ts";
import { projectCases } from "./project-cases.ts";
import type { Given, Kept } from "./provider-session.ts";

/** What the tests of all objects need to know of one. */
export interface ObjectCase {
  /** The resource's name. */
  readonly name: string;
  /** Where the API has the objects, as the local server's kinds name it. */
  readonly path: string;
  /** Of the local server. */
  readonly server?: ServerOptions;
  /** A configuration that can be created; makes what it refers to. */
  readonly config: (server: OpenAIServer) => Given;
  /** What an update changes. Undefined where nothing can be changed in place. */
  readonly change?: Given;
  /** A member that somebody else changes, and the attribute that shows it. */
  readonly drift?: { readonly member: string; readonly value: unknown; readonly attribute: string };
  readonly importId: (kept: Kept) => string;
  /** Arguments that an import cannot know. */
  readonly unknownToImport?: readonly string[];
  /** What a plan that creates one says. */
  readonly planned?: readonly string[];
  /** Whether the list is searched for what a creation made whose answer was lost. */
  readonly foundAgain?: true;
  /** What a creation says where it has no answer with the value that is in no other. The object is kept, tainted. */
  readonly valueOnce?: string;
  /** Whether a creation leaves it to later plans to read when it is ready. */
  readonly notWaitedFor?: true;
  /** Whether a creation reads back what it made, and warns where that is not to be read. */
  readonly readBack?: true;
  /** Members of what a destruction leaves, where the API deletes none. */
  readonly left?: Readonly<Record<string, unknown>>;
  /** Whether it stays in state where the API has it no more. */
  readonly staysWhenGone?: true;
  /** Where requests have an argument, of those that are not simply the member of their name. */
  readonly sentAs?: Readonly<Record<string, string>>;
  /** Whether the API has it as long as what it belongs to. */
  readonly alwaysThere?: true;
  /** Whether the ID follows from the arguments, and not from the answer to a creation. */
  readonly idIsKnown?: true;
  /** What the data source needs beside the ID. Undefined where there is none. */
  readonly readConfig?: (kept: Kept) => Given;
}

const id = ({ state }: Kept) => String(state.id);
const skill = skillFolder();
const recording = recordingFile();

export const objectCases: readonly ObjectCase[] = [
  {
    name: "openai_file",
    path: "files",
    config: () => ({ content: "one line\n", filename: "notes.txt", purpose: "user_data" }),
    foundAgain: true,
    importId: id,
    notWaitedFor: true,
    unknownToImport: ["content", "content_sha256"],
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_vector_store",
    path: "vector_stores",
    config: () => ({
      name: "handbook",
      metadata: { team: "docs" },
      expires_after: { anchor: "last_active_at", days: 7 },
    }),
    change: { name: "manual", metadata: { team: "docs", owner: "a" }, expires_after: null },
    drift: { member: "name", value: "renamed", attribute: "name" },
    foundAgain: true,
    importId: id,
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_vector_store_file",
    path: "vector_stores/{vector_store_id}/files",
    config: (server) => ({
      vector_store_id: seedVectorStore(server),
      file_id: "file-seeded",
      attributes_json: '{"year":2026,"draft":false,"team":"docs"}',
    }),
    change: { attributes_json: '{"year":2027}' },
    drift: { member: "attributes", value: { year: 1999 }, attribute: "attributes_json" },
    foundAgain: true,
    importId: ({ state }) => `${state.vector_store_id}/${state.id}`,
    readConfig: ({ state }) => ({ vector_store_id: state.vector_store_id, id: state.id }),
  },
  {
    name: "openai_batch",
    path: "batches",
    // It runs for as long as a test does.
    server: { readyAfterMs: 600_000 },
    config: () => ({
      input_file_id: "file-seeded",
      metadata: { team: "docs" },
      output_expires_after: { anchor: "created_at", seconds: 3600 },
      endpoint: "/v1/responses",
    }),
    importId: id,
    unknownToImport: ["output_expires_after"],
    planned: ["warning: Creating this batch is paid for"],
    foundAgain: true,
    notWaitedFor: true,
    left: { status: "cancelling" },
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_vector_store_file_batch",
    path: "vector_stores/{vector_store_id}/file_batches",
    config: (server) => ({
      vector_store_id: seedVectorStore(server),
      attributes_json: '{"year":2026}',
      file_ids: ["file-a", "file-b"],
    }),
    importId: ({ state }) => `${state.vector_store_id}/${state.id}`,
    unknownToImport: ["attributes_json"],
    left: {},
    readConfig: ({ state }) => ({ vector_store_id: state.vector_store_id, id: state.id }),
  },
  {
    name: "openai_container",
    path: "containers",
    config: () => ({
      memory_limit: "4g",
      expires_after: { anchor: "last_active_at", minutes: 10 },
      network_policy: { type: "allowlist", allowed_domains: ["pypi.org"] },
      file_ids: ["file-seeded"],
      skills_json: '[{"type":"skill_reference","skill_id":"skill_1"}]',
      name: "analysis",
    }),
    foundAgain: true,
    importId: id,
    unknownToImport: ["file_ids", "skills_json"],
    staysWhenGone: true,
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_container_file",
    path: "containers/{container_id}/files",
    config: (server) => ({
      container_id: server.control.addObject("containers", {}).id,
      content: "a,b\n1,2\n",
      filename: "table.csv",
    }),
    foundAgain: true,
    importId: ({ state }) => `${state.container_id}/${state.id}`,
    unknownToImport: ["content", "content_sha256", "filename"],
    readConfig: ({ state }) => ({ container_id: state.container_id, id: state.id }),
  },
  {
    name: "openai_conversation",
    path: "conversations",
    config: () => ({
      items_json: '[{"type":"message","role":"user","content":"Hi"}]',
      metadata: { team: "docs" },
    }),
    change: { metadata: { team: "docs", owner: "a" } },
    drift: { member: "metadata", value: { team: "other" }, attribute: "metadata" },
    importId: id,
    unknownToImport: ["items_json"],
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_response",
    path: "responses",
    config: () => ({
      model: "gpt-6-luna",
      input: "Hi",
      instructions: "Answer briefly.",
      temperature: 0.5,
      max_output_tokens: 200,
      tools_json: '[{"type":"function","name":"now","parameters":null}]',
      text: { format_json: '{"type":"json_object"}', verbosity: "low" },
      reasoning: { effort: "low" },
      include: ["message.output_text.logprobs"],
      safety_identifier: "user-1",
      user: "somebody",
    }),
    importId: id,
    unknownToImport: ["include", "reasoning"],
    planned: ["warning: Creating this response is paid for"],
    readBack: true,
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_voice_consent",
    path: "audio/voice_consents",
    config: () => ({ path: recording, language: "en-US", name: "Ada" }),
    change: { name: "Ada L." },
    drift: { member: "name", value: "renamed", attribute: "name" },
    importId: id,
    foundAgain: true,
    unknownToImport: ["path", "content_sha256"],
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_skill",
    path: "skills",
    config: () => ({ path: skill, default_version: "1" }),
    change: { default_version: "2" },
    drift: { member: "default_version", value: "3", attribute: "default_version" },
    foundAgain: true,
    importId: id,
    unknownToImport: ["path", "content_sha256"],
    readConfig: (kept) => ({ id: id(kept) }),
  },
  {
    name: "openai_skill_version",
    path: "skills/{skill_id}/versions",
    config: (server) => ({
      skill_id: server.control.addObject("skills", {}).id,
      path: skill,
      default: true,
    }),
    foundAgain: true,
    importId: ({ state }) => `${state.skill_id}/${state.id}`,
    unknownToImport: ["path", "content_sha256", "default"],
    readConfig: ({ state }) => ({ skill_id: state.skill_id, id: state.id }),
  },
  ...adminCases,
  ...projectCases,
  ...keyCases,
  ...organizationSettingCases,
  ...externalCases,
];

/** A recording in name alone. Removed when the tests end. */
function recordingFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "consent.wav");
  writeFileSync(path, "RIFF");
  return path;
}

/** A folder with the smallest skill. Removed when the tests end. */
function skillFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "skill-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  writeFileSync(join(path, "SKILL.md"), "---\nname: notes\ndescription: Write notes.\n---\n");
  return path;
}

/** Puts a vector store into the server and returns its ID. */
export function seedVectorStore(server: OpenAIServer): string {
  return server.control.addObject("vector_stores", {}).id;
}
