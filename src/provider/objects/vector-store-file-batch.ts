import {
  conflictsWith,
  exactlyOneOf,
  isUnknown,
  list,
  nested,
  Path,
  set,
  string,
  terraformNumberText,
  types,
} from "../../framework/index.ts";
import { isJsonObject, type OpenAI, type OperationOptions, paginate } from "../../openai/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { notEmpty } from "../argument-validators.ts";
import { chunkingStrategy, fileAttributes, fileCounts, foreignIndexing } from "./vector-store-arguments.ts";

const mostFiles = 2_000;
const headers = { "openai-beta": "assistants=v2" };

/** Files that are added to a vector store together. */
export const vectorStoreFileBatch = apiObject({
  name: "openai_vector_store_file_batch",
  noun: "vector store file batch",
  pluralEnding: "es",
  subcategory: "Vector stores",
  path: "vector_stores/{vector_store_id}/file_batches",
  id: "vsfb_abc123",
  headers,
  missing: ["the vector store was deleted"],
  topic: {
    // Without a list of batches nothing names one, and which of them added a file the API does not report.
    lost:
      "The request was sent and may have been carried out, so it was not sent again. The API lists no file batches, so that this " +
      'one cannot be found again. If it was created, its files are in the vector store: the data source "openai_vector_store_files" ' +
      "reads them. The next apply creates another batch, which adds the same files again; that leaves none in there twice, and " +
      "destroying it removes them.",
  },
  attributes: {
    vector_store_id: idArgument("The ID of the vector store, for example `vs_abc123`."),
    file_ids: wired(
      set(types.string, {
        optional: true,
        validate: [notEmpty(mostFiles)],
        description: `The IDs of the files, at most ${mostFiles.toLocaleString("en-US")}. One of \`file_ids\` and \`files\` is set.`,
      }),
      { sentOnly: true },
    ),
    attributes_json: wired(
      fileAttributes({
        optional: true,
        description: "Attributes of all files of `file_ids`, by which a search filters, as JSON text.",
      }),
      { sentOnly: true },
    ),
    chunking_strategy_json: wired(
      chunkingStrategy({
        optional: true,
        description:
          "How the files of `file_ids` are cut into chunks, as JSON text. Left out, the API chooses.",
      }),
      { sentOnly: true },
    ),
    files: wired(
      list(
        nested({
          file_id: idArgument("The ID of the file."),
          attributes_json: fileAttributes({
            optional: true,
            description: "Attributes of the file, by which a search filters, as JSON text.",
          }),
          chunking_strategy_json: chunkingStrategy({
            optional: true,
            description: "How the file is cut into chunks, as JSON text. Left out, the API chooses.",
          }),
        }),
        {
          optional: true,
          validate: [notEmpty(mostFiles)],
          description: "The files, each with attributes and a chunking strategy of its own.",
        },
      ),
      { sentOnly: true },
    ),
    object: objectType("vector_store.file_batch"),
    created_at: timestamp("of the creation"),
    status: string({ computed: true, description: "`in_progress`, `completed`, `failed` or `cancelled`." }),
    file_counts: fileCounts,
    failed_files: list(
      nested({
        file_id: string({ computed: true, description: "The ID of the file." }),
        code: string({
          computed: true,
          description: "`server_error`, `unsupported_file` or `invalid_file`.",
        }),
        message: string({ computed: true, description: "The API's words." }),
      }),
      {
        computed: true,
        description: "The files that could not be indexed, and why; an empty list where all could.",
      },
    ),
  },
  async more({ openai, state, imported, options }) {
    const ids = [state.vector_store_id, state.id] as const;
    const counted = state.file_counts?.failed ?? null;
    const some = counted !== null && terraformNumberText(counted) !== "0";
    const failed = some ? await filesOf(openai, ids, options, "failed") : [];
    const failed_files = failed.map((file) => ({
      file_id: file.file_id,
      code: file.code,
      message: file.message,
    }));
    if (!imported) return { failed_files };
    const all = await filesOf(openai, ids, options);
    return { failed_files, file_ids: all.length === 0 ? null : all.map((file) => file.file_id).sort() };
  },
  resource: {
    description:
      "Adds up to 2,000 files to a vector store at once, and waits until they are indexed. Destroying it removes these " +
      "files from the vector store, also those that something else has added as well; what the same apply has added before " +
      "stays, as by `create_before_destroy`.",
    volatile: ["status", "file_counts", "failed_files"],
    ready: {
      attribute: "status",
      pending: ["in_progress"],
      failed: ["failed", "cancelled"],
      reason: "failed_files",
      check({ id, failed_files: failed }, diagnostics) {
        const [first] = failed ?? [];
        if (failed === null || first === undefined) return;
        const lines = failed.slice(0, 20).map((file) => `  - ${file.file_id}: ${reasonOf(file)}`);
        if (failed.length > lines.length) lines.push(`  - and ${failed.length - lines.length} more`);
        diagnostics.addWarning(
          "Files not indexed",
          `The vector store file batch ${JSON.stringify(id)} is done, but ${failed.length} of its files could not be ` +
            `indexed, and a search does not find them:\n\n${lines.join("\n")}\n\n` +
            "The attribute failed_files has all of them. Correct the files, which gives them other IDs, and apply again.",
        );
      },
    },
    gone: {
      cancelWhile: { attribute: "status", values: ["in_progress"] },
      each: ({ vector_store_id: store, file_ids: ids, files }) =>
        [...(ids ?? []), ...(files ?? []).map((file) => file.file_id)].map((id) => [
          "vector_stores",
          store,
          "files",
          id,
        ]),
    },
    foreignValues: foreignIndexing,
    configValidators: [
      exactlyOneOf("file_ids", "files"),
      conflictsWith("files", "attributes_json"),
      conflictsWith("files", "chunking_strategy_json"),
    ],
    validate({ config: { files }, diagnostics }) {
      if (!Array.isArray(files)) return;
      const seen = new Set<string>();
      for (const [index, file] of files.entries()) {
        if (isUnknown(file) || file === null || typeof file.file_id !== "string") continue;
        if (seen.has(file.file_id)) {
          diagnostics.addAttributeError(
            Path.root.atName("files").atListIndex(index).atName("file_id"),
            "File named twice",
            `The file ${JSON.stringify(file.file_id)} stands in files more than once. Remove one of the two.`,
          );
        }
        seen.add(file.file_id);
      }
    },
  },
  dataSource: {
    description:
      "Reads how far a batch of files of a vector store is, and which of its files could not be indexed.",
  },
});

function reasonOf({
  code,
  message,
}: {
  readonly code: string | null;
  readonly message: string | null;
}): string {
  if (message === null) return code ?? "the API does not say why";
  return code === null ? message : `${message} (${code})`;
}

interface BatchFile {
  readonly file_id: string;
  readonly code: string | null;
  readonly message: string | null;
}

/** The files of a batch, of all statuses or one. */
async function filesOf(
  openai: OpenAI,
  [store, batch]: readonly [string, string],
  options: () => OperationOptions,
  filter?: "failed",
): Promise<BatchFile[]> {
  const path = ["vector_stores", store, "file_batches", batch, "files"];
  const files: BatchFile[] = [];
  const fetch = ({ after, limit }: { readonly after: string | undefined; readonly limit: number }) => {
    const asked: Readonly<Record<string, string | undefined>> = { filter, after, limit: String(limit) };
    const query = Object.entries(asked).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    return openai.page({ method: "GET", path, headers, query }, options());
  };
  for await (const { data } of paginate(fetch)) {
    for (const item of data) {
      if (!isJsonObject(item)) continue;
      const [id, error] = [item.get("id"), item.get("last_error")];
      const text = (name: string) => {
        const value = isJsonObject(error) ? error.get(name) : undefined;
        return typeof value === "string" ? value : null;
      };
      if (typeof id === "string") files.push({ file_id: id, code: text("code"), message: text("message") });
    }
  }
  return files;
}
