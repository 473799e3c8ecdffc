import {
  conflictsWith,
  integer,
  isUnknown,
  notBlank,
  number,
  object,
  oneOf,
  Path,
  requiredWith,
  string,
} from "../../framework/index.ts";
import { escapedName } from "../../openai/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { local, wired } from "../api/wire.ts";
import { fileExpiry } from "./expires-after.ts";
import { type Content, requestLimit } from "./file-content.ts";
import type { LargeFile } from "./file-upload.ts";
import { planUpload, sameSize, uploadOf } from "./upload.ts";

/** Purposes of files that the API makes: an import may have one, and no upload. */
const madePurposes = ["assistants_output", "batch_output", "fine-tune-results"] as const;

const purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"] as const;

function inCode(words: readonly string[]): string {
  return words.map((each) => `\`${each}\``).join(", ");
}

/** A content that only an upload in parts can have. */
function largeFile(
  { source, size, md5 }: Content,
  { filename, purpose, expiresAfter }: Pick<LargeFile, "filename" | "purpose" | "expiresAfter">,
): LargeFile | undefined {
  if (!("path" in source) || size <= requestLimit) return undefined;
  return { path: source.path, size, md5, filename, purpose, expiresAfter };
}

/** A file that was uploaded. Its content is sent once and never reported. */
export const file = apiObject({
  name: "openai_file",
  noun: "file",
  subcategory: "Files",
  path: "files",
  id: "file-abc123",
  missing: ["it has expired"],
  attributes: {
    path: local(
      string({
        optional: true,
        validate: [notBlank()],
        description:
          "The path of the file to upload. One of `path`, `content` and `content_wo` is set, but for a file that was imported. A file above 512 MB goes up in " +
          "parts, up to 8 GB: set `timeouts.create` to what that takes on your line.",
      }),
    ),
    content: local(
      string({ optional: true, description: "The text of the file, in place of `path`. State holds it." }),
    ),
    content_wo: local(
      string({
        optional: true,
        writeOnly: true,
        description:
          "As `content`, but never stored in plan or state. A change of it alone is not seen: change `content_wo_version` " +
          "with it.",
      }),
    ),
    content_wo_version: local(
      integer({
        optional: true,
        description: "A number for the version of `content_wo`: another number uploads another file.",
      }),
    ),
    content_sha256: local(
      string({
        computed: true,
        description:
          "The SHA-256 of the content, in hexadecimal digits. Where the content of `path` changes, the next plan replaces the " +
          "file. Null for `content_wo` and after an import.",
      }),
    ),
    filename: string({
      optional: true,
      computed: true,
      validate: [notBlank()],
      // The API may report a name as it stands in the form of an upload.
      equivalent: (one, other) => escapedName(String(one)) === escapedName(String(other)),
      description:
        "The name of the file. A resource takes the last part of `path` where it is left out; a text needs one.",
    }),
    purpose: string({
      required: true,
      validate: [oneOf(...purposes, ...madePurposes)],
      description: `What the file is for: ${inCode(purposes)}. Of an import, also what the API itself makes: ${inCode(madePurposes)}.`,
    }),
    expires_after: wired(
      object(fileExpiry("file"), {
        optional: true,
        description:
          "When the API deletes the file. Left out, it keeps files of `batch` for 30 days, and others for good.",
      }),
      { sentOnly: true },
    ),
    object: objectType("file"),
    bytes: number({ computed: true, description: "The size in bytes." }),
    created_at: timestamp("of the upload"),
    expires_at: timestamp("of its end; null where it has none"),
    status: string({ computed: true, description: "`uploaded`, `processed` or `error`." }),
    status_details: string({
      computed: true,
      description: "Why the API could not process the file, if it could not.",
    }),
  },
  leftOut: { file: "path, content and content_wo say what is in it" },
  resource: {
    description: "Uploads a file. Another content, name or purpose uploads another file.",
    volatile: ["status", "status_details", "content_sha256"],

    update: ["path", "content"],
    configValidators: [
      conflictsWith("path", "content", "content_wo"),
      requiredWith("content", "filename"),
      requiredWith("content_wo", "content_wo_version", "filename"),
      requiredWith("content_wo_version", "content_wo"),
    ],

    async modifyPlan({ config, state, private: { imported }, diagnostics, signal }) {
      // An import knows no content, and its configuration needs none: only an upload does.
      if (state === null && [config.path, config.content, config.content_wo].every((each) => each === null)) {
        diagnostics.addError(
          "Missing argument",
          'One of "path", "content" and "content_wo" must be set to upload a file, and the configuration sets none of them.',
        );
        return {};
      }
      const made = madePurposes.find((each) => each === config.purpose);
      if (state === null && made !== undefined) {
        diagnostics.addAttributeError(
          Path.root.atName("purpose"),
          "Not a purpose of uploads",
          `Only the API makes files of the purpose ${JSON.stringify(made)}; an import takes one into state.\n\n` +
            `Set one of ${purposes.join(", ")}.`,
        );
        return {};
      }
      const planned = await planUpload({ config, state, imported, diagnostics, signal });
      if (!imported || (planned.requiresReplace ?? []).length > 0) return planned;
      const { endsAfter, warnOfNoEffect } = await import("./no-effect.ts");
      const after = config.expires_after;
      const isSo = state !== null && endsAfter(state, isUnknown(after) ? null : after?.seconds);
      if (!isSo)
        warnOfNoEffect(
          "file",
          ["expires_after"],
          { config, state, private: { imported }, diagnostics },
          "The file ends when expires_at says, if ever.\n\nTo have it end otherwise, upload it anew: terraform apply -replace=ADDRESS.",
        );
      return planned;
    },

    async form({ plan, config, planned, diagnostics, signal }) {
      const sent = await uploadOf({ plan, config, planned: planned.content_sha256, diagnostics, signal });
      if (sent === undefined) return undefined;
      const { purpose, expires_after: expiresAfter } = plan;
      const expiry = Object.entries(expiresAfter ?? {}).map(
        ([name, value]) => [`expires_after[${name}]`, String(value)] as const,
      );
      const large = largeFile(sent.content, { filename: sent.file.filename, purpose, expiresAfter });
      return {
        ...(large && {
          send: async (request) => (await import("./file-upload.ts")).uploadInParts(large, request),
        }),
        fields: [["purpose", purpose], ...expiry, ["file", sent.file]],
        state: sent.state,
      };
    },
    made: (listed, sent) =>
      listed.filename === sent.filename &&
      listed.purpose === sent.purpose &&
      sameSize(listed.bytes, sent.bytes),
    ready: { attribute: "status", pending: [], ended: ["error"], reason: "status_details" },
  },
  dataSource: { description: "Reads what the API reports of an uploaded file." },
  content: {
    description: "Reads the content of a file: as text, in Base64, or into a file on the disk.",
    idArgument: "file_id",
  },
  list: {
    displayName: "filename",
    description: "Reads all files of the project.",
    filters: {
      purpose: string({
        optional: true,
        validate: [notBlank()],
        description: "Only files of this purpose, for example `batch_output`.",
      }),
    },
  },
});
