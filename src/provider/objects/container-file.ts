import { conflictsWith, isUnknown, notBlank, number, requiredWith, string } from "../../framework/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { file } from "./file.ts";
import { planUpload, sameSize, uploadOf } from "./upload.ts";

const uploaded = file.definition.attributes;

/** A file in a container, uploaded or copied from one of the project's. */
export const containerFile = apiObject({
  name: "openai_container_file",
  noun: "container file",
  subcategory: "Containers",
  path: "containers/{container_id}/files",
  id: "cfile_abc123",
  missing: ["the container has expired, and its files with it"],
  attributes: {
    container_id: idArgument("The ID of the container, for example `cntr_abc123`."),
    path: uploaded.path,
    content: uploaded.content,
    content_wo: uploaded.content_wo,
    content_wo_version: uploaded.content_wo_version,
    content_sha256: uploaded.content_sha256,
    filename: wired(
      string({
        optional: true,
        computed: true,
        validate: [notBlank()],
        description:
          "The name of the file. Left out means the last part of `path`; a text needs one, and a copy by `file_id` has the " +
          "name that the API gives it.",
      }),
      { sentOnly: true },
    ),
    file_id: wired(
      string({
        optional: true,
        validate: [notBlank(), pathSegmentValidator()],
        description: "The ID of a file of the project that is copied, in place of an upload.",
      }),
      // An import does not know it, and what is taken over then is nothing to send.
      { sentOnly: true, createOnly: true },
    ),
    container_path: wired(
      string({
        computed: true,
        description: "Where the file is in the container, for code that runs there.",
      }),
      { member: "path" },
    ),
    object: objectType("container.file"),
    bytes: number({ computed: true, description: "The size in bytes." }),
    created_at: timestamp("of when the file came into the container"),
    source: string({
      computed: true,
      description: "Who made it: `user`, or `assistant` for what code has written.",
    }),
  },
  leftOut: { file: "path, content and content_wo say what is in it" },
  resource: {
    description:
      "Puts a file into a container. Another content or name is another file. With an expired container it stays in state, " +
      "until the container is another one.",
    update: ["path", "content", "file_id"],
    volatile: ["content_sha256"],
    absent: {
      async state({ state, openai, options }) {
        // The file alone is gone, or the container with all that it had.
        const request = { method: "GET", path: ["containers", state.container_id] } as const;
        const container = await openai.send(request, options()).catch(() => undefined);
        return container === undefined || container.body.get("status") === "expired" ? {} : null;
      },
    },
    configValidators: [
      conflictsWith("path", "content", "content_wo", "file_id"),
      conflictsWith("file_id", "filename"),
      requiredWith("content", "filename"),
      requiredWith("content_wo", "content_wo_version", "filename"),
      requiredWith("content_wo_version", "content_wo"),
    ],
    async modifyPlan({ config, state, private: { imported }, diagnostics, signal }) {
      const { file_id: id, path, content } = config;
      // An import knows no content, and its configuration needs none: only a creation does.
      if (state === null && [id, path, content, config.content_wo].every((each) => each === null)) {
        diagnostics.addError(
          "Missing argument",
          'One of "path", "content", "content_wo" and "file_id" must be set to make a container file, and the ' +
            "configuration sets none of them.",
        );
        return {};
      }
      // After an import, what was copied is not known, and adopted.
      const other =
        state !== null && id !== null && id !== state.file_id && !(imported && state.file_id === null);
      if (other) return { requiresReplace: ["file_id"] };
      if (isUnknown(id) || id !== null) return {};
      const planned = await planUpload({ config, state, imported, diagnostics, signal });
      return state !== null && state.file_id !== null
        ? { ...planned, requiresReplace: ["file_id"] }
        : planned;
    },
    async form({ plan, config, planned, diagnostics, signal }) {
      if (plan.file_id !== null) return { state: { content_sha256: null, filename: plan.filename ?? null } };
      const sent = await uploadOf({ plan, config, planned: planned.content_sha256, diagnostics, signal });
      return sent && { fields: [["file", sent.file]], state: sent.state };
    },
    made: (listed, sent) =>
      typeof sent.filename === "string" &&
      listed.container_path?.endsWith(sent.filename) === true &&
      sameSize(listed.bytes, sent.bytes),
  },
  dataSource: { description: "Reads what the API reports of a file in a container." },
  list: { description: "Reads all files of a container, also those that code has written." },
  content: {
    description:
      "Reads the content of a file in a container: as text, in Base64, or into a file on the disk.",
    idArgument: "file_id",
  },
});
