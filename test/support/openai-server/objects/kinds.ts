import batch from "../../samples/batch.json";
import container from "../../samples/container.json";
import containerFile from "../../samples/container_file.json";
import conversation from "../../samples/conversation.json";
import file from "../../samples/file.json";
import fineTuningCheckpoint from "../../samples/fine_tuning_checkpoint.json";
import fineTuningEvent from "../../samples/fine_tuning_event.json";
import fineTuningJob from "../../samples/fine_tuning_job.json";
import model from "../../samples/model.json";
import response from "../../samples/response.json";
import skill from "../../samples/skill.json";
import skillVersion from "../../samples/skill_version.json";
import upload from "../../samples/upload.json";
import uploadPart from "../../samples/upload_part.json";
import vectorStore from "../../samples/vector_store.json";
import vectorStoreFile from "../../samples/vector_store_file.json";
import vectorStoreFileBatch from "../../samples/vector_store_file_batch.json";
import vectorStoreSearch from "../../samples/vector_store_search.json";
import voice from "../../samples/voice.json";
import voiceConsent from "../../samples/voice_consent.json";
import { APIError } from "../errors.ts";
import { isArray, isObject, type JsonObject } from "../json.ts";
import { adminKinds } from "./admin-kinds.ts";
import { beginResponse, finishResponse, inputItems, missingStore } from "./answer-response.ts";
import type { BucketKind } from "./buckets.ts";
import { completeUpload, partsPath } from "./complete-upload.ts";
import { externalKinds } from "./external-kinds.ts";
import { finishBatch } from "./finish-batch.ts";
import { keyKinds } from "./key-kinds.ts";
import { memberKinds } from "./member-kinds.ts";
import { projectKinds } from "./project-kinds.ts";
import { roleKinds } from "./role-kinds.ts";
import { settingKinds } from "./setting-kinds.ts";
import { spendingKinds } from "./spending-kinds.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";
import { usageKinds } from "./usage-kinds.ts";

/** What an action gets beside its object. */
export interface ActionCall {
  /** The time of the server's clock. */
  readonly seconds: number;
  readonly parameters: JsonObject;
  readonly objects: StoredObjects;
}

/** An object of the API, as the server plays it: by its paths and a sample of its body, not by a schema. */
export interface ObjectKind {
  /** Where the objects are, below the base path; IDs of what they belong to in braces. */
  readonly path: string;
  /** A body in the API's published shape; a new object begins as a copy of it. */
  readonly sample: JsonObject;
  /** How IDs begin, or the parameter that is the ID; `otherwise` is how it begins where that is not given. */
  readonly id: { readonly prefix: string } | { readonly parameter: string; readonly otherwise?: string };
  /** The member that paths name an object by, where it is not `id`: its number among those of one parent. */
  readonly key?: string;
  /** The API's words for one that is missing, with the ID in place of `{id}`. */
  readonly missing: { readonly message: string; readonly param?: string; readonly code?: string };
  /** What a creation takes; undefined where the API creates none. */
  readonly create?: { readonly parameters: readonly string[]; readonly required?: readonly string[] };
  /** What a POST takes that creates nothing, and makes of the sample. */
  readonly query?: {
    readonly parameters: readonly string[];
    readonly required: readonly string[];
    readonly answer: (sample: JsonObject, parameters: JsonObject) => JsonObject;
  };
  /** Whether a creation is a form with a file in it. */
  readonly form?: true;
  /** Whether one that another's creation makes has nothing beside its own members. */
  readonly bare?: true;
  /** Whether content of more than 8 MiB is counted, and not kept. */
  readonly large?: true;
  /** What an update takes; undefined where the API has none. */
  readonly update?: readonly string[];
  /** Whether an update has to have all that a creation requires. */
  readonly wholeUpdate?: true;
  readonly delete?: { readonly object: string };
  /** A status that goes from the first value to the second after `readyAfterMs`. */
  readonly progress?: { readonly member: string; readonly from: string; readonly to: string };
  /** Members that a list can be filtered by, by the names of the query. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Whether a list without a filter leaves one out. */
  readonly unlisted?: (object: StoredObject) => boolean;
  /** Whether an object is one that the query of a list asks for. */
  readonly matches?: (body: Readonly<Record<string, unknown>>, query: URLSearchParams) => boolean;
  /** It is counted in buckets of time, and nothing is stored. */
  readonly buckets?: BucketKind;
  /** Whether lists come whole, without `has_more` and cursors. */
  readonly single?: true;
  /** `next`: a list's page names the cursor of the next one, which is no ID. Unset means the last item's ID. */
  readonly cursors?: "next";
  /** Whether there is one below each parent, at the path itself: `update` says what a POST takes, `delete` resets it. */
  readonly singleton?: true;
  /** Whether `POST …/archive` takes the place of a deletion: the object stays, and lists have it when asked. */
  readonly archive?: { readonly include: string };
  /** Of a singleton: it is not there before a POST, which has to have these members. */
  readonly unset?: { readonly required: readonly string[] };
  /** Whether an ID of a path names the object; unset means its own does. */
  readonly isNamed?: (object: StoredObject, id: string) => boolean;
  /** Whether the list alone has it: there is no GET of one. */
  readonly listOnly?: true;
  /** Members of the body, by the parameters that set them, where the names differ. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What a POST to a step of the path does with the objects there. */
  readonly steps?: Readonly<
    Record<string, (visible: readonly StoredObject[], call: ActionCall) => JsonObject | APIError>
  >;
  /** What a read of one shows, by its query. */
  readonly shows?: (object: StoredObject, query: URLSearchParams) => Readonly<Record<string, unknown>>;
  /** What else an update changes. */
  readonly changed?: (object: Record<string, unknown>, call: ActionCall) => void;
  /** What an update answers with, in place of the object. */
  readonly updated?: (object: Readonly<Record<string, unknown>>) => JsonObject;
  /** Why one cannot be deleted now. */
  readonly refusesDeletion?: (object: StoredObject) => APIError | undefined;
  /** Whether the answer to a deletion has no `deleted`. */
  readonly bareDeletion?: true;
  /** What a creation answers with, in place of the object. */
  readonly answers?: (
    object: Readonly<Record<string, unknown>>,
    route: Readonly<Record<string, string>>,
  ) => JsonObject;
  /** Where what it belongs to is, where the path does not say: `organization/projects` of `projects/{project_id}/roles`. */
  readonly above?: string;
  /** What happens when the status has gone forward. */
  readonly finished?: (object: StoredObject, objects: StoredObjects) => void;
  /** What a POST to a step below an object does: changes it, or refuses. What it returns is the answer, else the object. */
  readonly actions?: Readonly<
    Record<string, (object: StoredObject, call: ActionCall) => APIError | JsonObject | undefined>
  >;
  /** What else a creation makes. */
  readonly makes?: (object: Readonly<Record<string, unknown>>, parameters: JsonObject) => readonly Made[];
  /** What an object gets beyond its parameters when it is created. */
  readonly created?: (
    object: Record<string, unknown>,
    parameters: JsonObject,
    above: StoredObject | undefined,
    objects: StoredObjects,
    content: Buffer | undefined,
  ) => void;
  /** What a creation is refused for beyond its parameters. */
  readonly refuses?: (parameters: JsonObject, objects: StoredObjects) => APIError | undefined;
}

/** An object that the creation of another one makes: where, in what, and with which members. */
export interface Made {
  readonly path: string;
  readonly parents: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;
}

/** The files of a batch: in the vector store, and below the batch. */
function filesOfBatch(batch: Readonly<Record<string, unknown>>, parameters: JsonObject): Made[] {
  const store = { vector_store_id: String(batch.vector_store_id) };
  const ids = isArray(parameters.file_ids) ? parameters.file_ids : [];
  const files = isArray(parameters.files) ? parameters.files : [];
  const common = { attributes: parameters.attributes ?? {} };
  const all = [
    ...ids.map((id) => ({ ...common, id })),
    ...files.filter(isObject).map(({ file_id: id, ...members }) => ({ ...members, id })),
  ];
  return all.flatMap((members) => [
    { path: "vector_stores/{vector_store_id}/files", parents: store, members },
    {
      path: "vector_stores/{vector_store_id}/file_batches/{batch_id}/files",
      parents: { ...store, batch_id: String(batch.id) },
      members,
    },
  ]);
}

/** The items that a conversation begins with; text stands for one part of a message. */
function itemsOfConversation(conversation: Readonly<Record<string, unknown>>, { items }: JsonObject): Made[] {
  return (isArray(items) ? items : []).filter(isObject).map((item, index) => {
    const content =
      typeof item.content === "string" ? [{ type: "input_text", text: item.content }] : item.content;
    return {
      path: "conversations/{conversation_id}/items",
      parents: { conversation_id: String(conversation.id) },
      members: {
        type: "message",
        status: "completed",
        ...item,
        content,
        id: `msg_${conversation.id}_${index}`,
      },
    };
  });
}

const metadata = ["metadata"] as const;

const responseParameters = [
  "access_programs",
  "background",
  "context_management",
  "conversation",
  "image",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "model",
  "moderation",
  "parallel_tool_calls",
  "previous_response_id",
  "prompt",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "reasoning",
  "safety_identifier",
  "service_tier",
  "store",
  "stream",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "truncation",
  "user",
] as const;
const running: readonly unknown[] = ["validating", "in_progress", "finalizing"];

export const objectKinds: readonly ObjectKind[] = [
  ...adminKinds,
  ...projectKinds,
  ...roleKinds,
  ...spendingKinds,
  ...keyKinds,
  ...memberKinds,
  ...settingKinds,
  ...externalKinds,
  ...usageKinds,
  {
    path: "models",
    sample: model,
    id: { prefix: "gpt-" },
    missing: { message: "The model '{id}' does not exist", param: "model", code: "model_not_found" },
    single: true,
  },
  {
    path: "files",
    sample: file,
    id: { prefix: "file-" },
    missing: { message: "No such File object: {id}", param: "id" },
    form: true,
    create: { parameters: ["purpose", "file", "expires_after"], required: ["file", "purpose"] },
    delete: { object: "file" },
    filters: { purpose: "purpose" },
    progress: { member: "status", from: "uploaded", to: "processed" },
    created(object, { expires_after: after }) {
      const seconds = typeof after === "object" && after !== null ? Reflect.get(after, "seconds") : undefined;
      if (seconds !== undefined) object.expires_at = Number(object.created_at) + Number(seconds);
    },
  },
  {
    path: "vector_stores",
    sample: vectorStore,
    id: { prefix: "vs_" },
    missing: { message: "No vector store found with id '{id}'." },
    create: {
      parameters: ["name", "description", "expires_after", "file_ids", "chunking_strategy", ...metadata],
    },
    update: ["name", "expires_after", ...metadata],
    delete: { object: "vector_store.deleted" },
    progress: { member: "status", from: "in_progress", to: "completed" },
    created(object, { file_ids: files }) {
      const total = Array.isArray(files) ? files.length : 0;
      object.last_active_at = object.created_at;
      object.file_counts = { in_progress: 0, completed: total, failed: 0, cancelled: 0, total };
    },
  },
  {
    path: "vector_stores/{vector_store_id}/files",
    sample: vectorStoreFile,
    id: { parameter: "file_id" },
    missing: { message: "No file found with id '{id}' in vector store '{vector_store_id}'." },
    create: { parameters: ["file_id", "attributes", "chunking_strategy"], required: ["file_id"] },
    update: ["attributes"],
    delete: { object: "vector_store.file.deleted" },
    filters: { filter: "status" },
    progress: { member: "status", from: "in_progress", to: "completed" },
    created(object, { chunking_strategy: strategy }) {
      // The API reports what it has chosen: its types of an answer have no "auto".
      if (isObject(strategy) && strategy.type === "auto")
        object.chunking_strategy = structuredClone(vectorStoreFile.chunking_strategy);
    },
  },
  {
    path: "vector_stores/{vector_store_id}/file_batches",
    sample: vectorStoreFileBatch,
    id: { prefix: "vsfb_" },
    missing: { message: "No file batch found with id '{id}'." },
    create: { parameters: ["file_ids", "files", "attributes", "chunking_strategy"] },
    progress: { member: "status", from: "in_progress", to: "completed" },
    created(object, { file_ids: ids, files }) {
      const given = [ids, files].find(isArray);
      const total = given === undefined ? 0 : given.length;
      object.file_counts = { in_progress: 0, completed: total, failed: 0, cancelled: 0, total };
    },
    makes: filesOfBatch,
    actions: {
      cancel({ body }) {
        body.status = "cancelled";
        return undefined;
      },
    },
  },
  {
    path: "vector_stores/{vector_store_id}/file_batches/{batch_id}/files",
    sample: vectorStoreFile,
    id: { prefix: "file-" },
    missing: { message: "No file found with id '{id}' in vector store '{vector_store_id}'." },
    filters: { filter: "status" },
  },
  {
    path: "vector_stores/{vector_store_id}/search",
    sample: vectorStoreSearch,
    id: { prefix: "" },
    missing: { message: "No vector store found with id '{id}'." },
    query: {
      parameters: ["query", "filters", "max_num_results", "ranking_options", "rewrite_query"],
      required: ["query"],
      answer: (sample, { query, max_num_results: most }) => {
        const data = isArray(sample.data) ? sample.data.slice(0, Number(most ?? 10)) : [];
        return { ...sample, search_query: isArray(query) ? query : [query ?? null], data };
      },
    },
  },
  {
    path: "batches",
    sample: batch,
    id: { prefix: "batch_" },
    missing: { message: "No batch found with id '{id}'." },
    create: {
      parameters: ["input_file_id", "endpoint", "completion_window", "output_expires_after", ...metadata],
      required: ["input_file_id", "endpoint", "completion_window"],
    },
    progress: { member: "status", from: "validating", to: "completed" },
    finished(object, objects) {
      const files = objectKinds.find(({ path }) => path === "files");
      if (files !== undefined) finishBatch(object, objects, files);
    },
    actions: {
      cancel({ body }, { seconds }) {
        if (!running.includes(body.status))
          return new APIError(409, `Cannot cancel a batch with status '${body.status}'.`);
        body.status = "cancelling";
        body.cancelling_at = seconds;
        return undefined;
      },
    },
    created(object) {
      object.model = null;
      object.expires_at = Number(object.created_at) + 86_400;
    },
  },
  {
    path: "containers",
    sample: container,
    id: { prefix: "cntr_" },
    missing: { message: "Container with id '{id}' not found." },
    create: {
      parameters: ["name", "expires_after", "file_ids", "memory_limit", "network_policy", "skills"],
      required: ["name"],
    },
    delete: { object: "container.deleted" },
    filters: { name: "name" },
  },
  {
    path: "containers/{container_id}/files",
    sample: containerFile,
    id: { prefix: "cfile_" },
    missing: { message: "File with id '{id}' not found in container '{container_id}'." },
    form: true,
    create: { parameters: ["file", "file_id"] },
    delete: { object: "container.file.deleted" },
    created(object) {
      object.path = `/mnt/data/1f0c-${object.filename ?? "copy"}`;
      delete object.filename;
    },
  },
  {
    path: "conversations",
    sample: conversation,
    id: { prefix: "conv_" },
    missing: { message: "Conversation with id '{id}' not found." },
    create: { parameters: ["items", ...metadata] },
    update: metadata,
    delete: { object: "conversation.deleted" },
    makes: itemsOfConversation,
  },
  {
    path: "conversations/{conversation_id}/items",
    sample: { object: "item" },
    id: { prefix: "msg_" },
    missing: { message: "Item with id '{id}' not found in conversation '{conversation_id}'." },
  },
  {
    path: "responses",
    sample: response,
    id: { prefix: "resp_" },
    missing: { message: "Response with id '{id}' not found." },
    create: {
      parameters: [...responseParameters, ...metadata],
      required: ["model"],
    },
    delete: { object: "response.deleted" },
    progress: { member: "status", from: "queued", to: "completed" },
    refuses(parameters, objects) {
      const store = missingStore(parameters, objects);
      return store === undefined
        ? undefined
        : new APIError(404, `Vector store with id '${store}' not found.`);
    },
    created: (object, parameters, _above, objects) => beginResponse(object, parameters, objects),
    finished: finishResponse,
    makes: inputItems,
    actions: {
      cancel({ body }) {
        if (body.background !== true)
          return new APIError(400, "Cannot cancel a synchronous response.", { param: "response_id" });
        if (["queued", "in_progress"].includes(String(body.status))) body.status = "cancelled";
        return undefined;
      },
    },
  },
  {
    path: "responses/{response_id}/input_items",
    sample: {},
    bare: true,
    id: { prefix: "msg_" },
    missing: { message: "Item with id '{id}' not found." },
  },
  {
    path: "skills",
    sample: skill,
    id: { prefix: "skill_" },
    missing: { message: "Skill not found: {id}" },
    form: true,
    create: { parameters: ["files"], required: ["file"] },
    update: ["default_version"],
    delete: { object: "skill.deleted" },
    created: (object, _parameters, _above, _objects, content) => void Object.assign(object, headOf(content)),
  },
  {
    path: "skills/{skill_id}/versions",
    sample: skillVersion,
    id: { prefix: "skillver_" },
    key: "version",
    missing: { message: "Skill version not found: {id}" },
    form: true,
    create: { parameters: ["files", "default"], required: ["file"] },
    delete: { object: "skill.version.deleted" },
    created(object, parameters, above, _objects, content) {
      Object.assign(object, headOf(content));
      if (above === undefined) return;
      above.body.latest_version = object.version;
      if (parameters.default === "true") above.body.default_version = object.version;
    },
  },
  {
    path: "fine_tuning/jobs",
    sample: fineTuningJob,
    id: { prefix: "ftjob-" },
    missing: {
      message: "Could not find fine tune: {id}",
      param: "fine_tune_id",
      code: "fine_tune_not_found",
    },
  },
  {
    path: "fine_tuning/jobs/{fine_tuning_job_id}/events",
    sample: fineTuningEvent,
    id: { prefix: "ftevent-" },
    missing: { message: "Could not find event: {id}" },
  },
  {
    path: "fine_tuning/jobs/{fine_tuning_job_id}/checkpoints",
    sample: fineTuningCheckpoint,
    id: { prefix: "ftckpt_" },
    missing: { message: "Could not find checkpoint: {id}" },
  },
  {
    path: "audio/voice_consents",
    sample: voiceConsent,
    id: { prefix: "cons_" },
    missing: { message: "Voice consent with id '{id}' not found." },
    form: true,
    create: { parameters: ["name", "language"], required: ["name", "language", "file"] },
    update: ["name"],
    delete: { object: "audio.voice_consent" },
    created(object) {
      delete object.filename;
      delete object.bytes;
    },
  },
  {
    path: "audio/voices",
    sample: voice,
    id: { prefix: "voice_" },
    missing: { message: "Voice with id '{id}' not found." },
    form: true,
    create: { parameters: ["name", "type"], required: ["name"] },
    delete: { object: "audio.voice.deleted" },
    created(object, { prompt }) {
      delete object.filename;
      delete object.bytes;
      if (prompt !== undefined) object.prompt = prompt;
    },
  },
  {
    path: "uploads",
    sample: upload,
    id: { prefix: "upload_" },
    missing: { message: "No such Upload object: {id}", param: "id" },
    create: {
      parameters: ["purpose", "filename", "bytes", "mime_type", "expires_after"],
      required: ["purpose", "filename", "bytes", "mime_type"],
    },
    actions: {
      complete(object, { parameters, objects }) {
        const files = objectKinds.find(({ path }) => path === "files");
        return files && completeUpload(object, parameters, objects, files);
      },
      cancel({ body }) {
        if (body.status !== "pending") return new APIError(400, `The upload is ${body.status}.`);
        body.status = "cancelled";
        return undefined;
      },
    },
  },
  {
    path: partsPath,
    sample: uploadPart,
    id: { prefix: "part_" },
    missing: { message: "No such part: {id}" },
    form: true,
    large: true,
    create: { parameters: ["data"], required: ["file"] },
  },
];

/** The name and the description of a SKILL.md, of a zip that is not compressed. */
function headOf(content: Buffer | undefined): Readonly<Record<string, string>> {
  const text = content?.toString() ?? "";
  const found = ["name", "description"].flatMap((key) => {
    const value = new RegExp(`^${key}: *(.+)$`, "m").exec(text)?.[1];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(found);
}
