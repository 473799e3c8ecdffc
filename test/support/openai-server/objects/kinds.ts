import batch from "../../samples/batch.json";
import container from "../../samples/container.json";
import containerFile from "../../samples/container_file.json";
import file from "../../samples/file.json";
import fineTuningCheckpoint from "../../samples/fine_tuning_checkpoint.json";
import fineTuningEvent from "../../samples/fine_tuning_event.json";
import fineTuningJob from "../../samples/fine_tuning_job.json";
import model from "../../samples/model.json";
import skill from "../../samples/skill.json";
import skillVersion from "../../samples/skill_version.json";
import upload from "../../samples/upload.json";
import uploadPart from "../../samples/upload_part.json";
import voice from "../../samples/voice.json";
import voiceConsent from "../../samples/voice_consent.json";
import { APIError } from "../errors.ts";
import { adminKinds } from "./admin-kinds.ts";
import { completeUpload, partsPath } from "./complete-upload.ts";
import { externalKinds } from "./external-kinds.ts";
import { finishBatch } from "./finish-batch.ts";
import { keyKinds } from "./key-kinds.ts";
import { memberKinds } from "./member-kinds.ts";
import type { ObjectKind } from "./object-kind.ts";
import { projectKinds } from "./project-kinds.ts";
import { responseKinds } from "./response-kinds.ts";
import { roleKinds } from "./role-kinds.ts";
import { settingKinds } from "./setting-kinds.ts";
import { spendingKinds } from "./spending-kinds.ts";
import { usageKinds } from "./usage-kinds.ts";
import { vectorStoreKinds } from "./vector-store-kinds.ts";

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
  ...vectorStoreKinds,
  ...responseKinds,
  {
    path: "models",
    sample: model,
    id: { prefix: "gpt-" },
    slashes: true,
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
    path: "batches",
    sample: batch,
    id: { prefix: "batch_" },
    missing: { message: "No batch found with id '{id}'." },
    create: {
      parameters: ["input_file_id", "endpoint", "completion_window", "output_expires_after", "metadata"],
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
