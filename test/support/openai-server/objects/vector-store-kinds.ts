import vectorStore from "../../samples/vector_store.json";
import vectorStoreFile from "../../samples/vector_store_file.json";
import vectorStoreFileBatch from "../../samples/vector_store_file_batch.json";
import vectorStoreSearch from "../../samples/vector_store_search.json";
import { isArray, isObject, type JsonObject } from "../json.ts";
import type { Made, ObjectKind } from "./object-kind.ts";

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

/** Vector stores, what is in them, and the search. */
export const vectorStoreKinds: readonly ObjectKind[] = [
  {
    path: "vector_stores",
    sample: vectorStore,
    id: { prefix: "vs_" },
    missing: { message: "No vector store found with id '{id}'." },
    create: {
      parameters: ["name", "description", "expires_after", "file_ids", "chunking_strategy", "metadata"],
    },
    update: ["name", "expires_after", "metadata"],
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
];
