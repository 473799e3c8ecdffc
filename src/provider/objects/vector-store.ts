import {
  type Diagnostics,
  type ExactNumber,
  integer,
  list,
  notBlank,
  number,
  object,
  string,
  terraformNumberText,
  types,
} from "../../framework/index.ts";
import { metadata, objectType, timestamp } from "../api/arguments.ts";
import { sameMetadata } from "../api/metadata.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { between, eachNotBlank, notEmpty } from "../argument-validators.ts";
import { expiresAfter } from "./expires-after.ts";
import { chunkingStrategy, fileCounts, foreignIndexing } from "./vector-store-arguments.ts";

interface Indexed {
  readonly id: string;
  readonly file_counts: { readonly failed: ExactNumber | null } | null;
}

/** Warns of files that it begins with and that no search finds: the store itself is completed with them. */
function checkIndexed({ id, file_counts: counts }: Indexed, diagnostics: Diagnostics): void {
  const failed = counts?.failed ?? null;
  if (failed === null || terraformNumberText(failed) === "0") return;
  diagnostics.addWarning(
    "Files not indexed",
    `The vector store ${JSON.stringify(id)} is done, but ${terraformNumberText(failed)} of its files could not be indexed, and a search ` +
      "does not find them.\n\n" +
      `The data source "openai_vector_store_files" has the reasons: vector_store_id = ${JSON.stringify(id)}, and ` +
      'filter = "failed". Correct the files, which gives them other IDs, and apply again.',
  );
}

/** An index of files that a model can search. */
export const vectorStore = apiObject({
  name: "openai_vector_store",
  noun: "vector store",
  subcategory: "Vector stores",
  path: "vector_stores",
  id: "vs_abc123",
  headers: { "openai-beta": "assistants=v2" },
  missing: ["it was deleted because it was not used for as long as expires_after says"],
  attributes: {
    name: string({ optional: true, validate: [notBlank()], description: "The name of the vector store." }),
    description: string({
      optional: true,
      validate: [notBlank()],
      description: "What the vector store is for.",
    }),
    file_ids: wired(
      list(types.string, {
        optional: true,
        validate: [notEmpty(), eachNotBlank()],
        description:
          "IDs of files that the new vector store begins with. `openai_vector_store_file` adds files to one that is there.",
      }),
      { sentOnly: true },
    ),
    chunking_strategy_json: chunkingStrategy({
      optional: true,
      description:
        "How the files of `file_ids` are cut into chunks, as JSON text. The API does not report it.",
    }),
    expires_after: object(
      expiresAfter(["last_active_at"], {
        days: integer({
          required: true,
          validate: [between(1, 365)],
          description: "After how many days without use the vector store expires.",
        }),
      }),
      { optional: true, description: "When the vector store expires. Left out means never." },
    ),
    metadata: metadata(),
    object: objectType("vector_store"),
    created_at: timestamp("of its creation"),
    last_active_at: timestamp("of its last use; null where it was never used"),
    expires_at: timestamp("of its end; null where it has none"),
    status: string({ computed: true, description: "`in_progress`, `completed` or `expired`." }),
    usage_bytes: number({ computed: true, description: "The size in bytes." }),
    file_counts: fileCounts,
  },
  resource: {
    description: "Keeps a vector store, and waits until the files that it begins with are indexed.",
    update: ["name", "expires_after", "metadata"],
    volatile: ["last_active_at", "expires_at", "status", "usage_bytes", "file_counts"],
    ready: { attribute: "status", pending: ["in_progress"], check: checkIndexed },
    // One without a name is like any other.
    made: (listed, sent) =>
      listed.name !== null &&
      listed.name === sent.name &&
      sameMetadata(listed.metadata, sent.metadata ?? null),
    foreignValues: foreignIndexing,
  },
  dataSource: { description: "Reads a vector store." },
  list: { displayName: "name", description: "Reads all vector stores of the project." },
});
