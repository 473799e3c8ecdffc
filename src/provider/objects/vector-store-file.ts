import { nested, number, object, oneOf, string } from "../../framework/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { chunkingStrategy, fileAttributes, foreignIndexing } from "./vector-store-arguments.ts";

/** A file in a vector store. */
export const vectorStoreFile = apiObject({
  name: "openai_vector_store_file",
  noun: "vector store file",
  subcategory: "Vector stores",
  path: "vector_stores/{vector_store_id}/files",
  id: "file-abc123",
  idArgument: "file_id",
  headers: { "openai-beta": "assistants=v2" },
  missing: ["it was removed from the vector store", "the vector store was deleted"],
  attributes: {
    vector_store_id: idArgument("The ID of the vector store, for example `vs_abc123`."),
    file_id: idArgument("The ID of the file, for example `file-abc123`."),
    attributes_json: fileAttributes({
      optional: true,
      description:
        "Attributes by which a search filters, as JSON text of an object: at most 16 strings, numbers and booleans, for " +
        'example `jsonencode({ team = "docs", year = 2026 })`.',
    }),
    chunking_strategy_json: chunkingStrategy({
      optional: true,
      computed: true,
      description: "How the file is cut into chunks, as JSON text. Left out, the API chooses.",
    }),
    object: objectType("vector_store.file"),
    created_at: timestamp("of when the file was added"),
    status: string({
      computed: true,
      description: "`in_progress`, `completed`, `failed` or `cancelled`.",
    }),
    usage_bytes: number({ computed: true, description: "The size in the vector store, in bytes." }),
    last_error: object(
      nested({
        code: string({
          computed: true,
          description: "`server_error`, `unsupported_file` or `invalid_file`.",
        }),
        message: string({ computed: true, description: "The API's words." }),
      }),
      { computed: true, description: "Why the file could not be indexed; null where it could." },
    ),
  },
  resource: {
    description: "Adds a file to a vector store, and waits until it can be searched.",
    update: ["attributes_json"],
    volatile: ["status", "usage_bytes", "last_error"],
    ready: {
      attribute: "status",
      pending: ["in_progress"],
      failed: ["failed", "cancelled"],
      reason: "last_error",
    },
    addedAt: "created_at",
    foreignValues: foreignIndexing,
  },
  dataSource: { description: "Reads the status of a file in a vector store.", leaveOut: ["file_id"] },
  list: {
    description: "Reads all files of a vector store.",
    leaveOut: ["file_id"],
    filters: {
      filter: string({
        optional: true,
        validate: [oneOf("in_progress", "completed", "failed", "cancelled")],
        description: "Only files of this status: `in_progress`, `completed`, `failed` or `cancelled`.",
      }),
    },
  },
});
