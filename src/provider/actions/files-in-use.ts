import { type OperationOptions, pathSegment, unexpectedShape } from "../../openai/index.ts";
import { Body } from "../api/body.ts";
import type { ApiObject } from "../api/declaration.ts";
import { listPages } from "../api/list-pages.ts";
import { mapped } from "../api/mapped.ts";
import { pluralNoun } from "../api/object-names.ts";
import { type Call, explained, isExpired, subjectOf } from "../api/request.ts";
import { ShapeError } from "../api/shape-error.ts";
import { batch } from "../objects/batch.ts";
import { container } from "../objects/container.ts";
import { containerFile } from "../objects/container-file.ts";
import { fineTuningJob } from "../objects/fine-tuning-job.ts";
import { vectorStore } from "../objects/vector-store.ts";
import { vectorStoreFile } from "../objects/vector-store-file.ts";
import type { Access } from "../openai-provider.ts";
import { severalAtOnce } from "./several.ts";

/** A file, by what may show that something uses it. */
export interface FileToFind {
  readonly id: string;
  readonly filename: string | null;
  readonly bytes: number | null;
}

/** What refers to files, as far as the API lists it. */
export interface FileUses {
  has(file: FileToFind): boolean;
  /** What was looked at: `3 vector stores, 12 batches, …`. */
  readonly looked: string;
}

export interface Search {
  readonly access: Access;
  readonly options: () => OperationOptions;
  readonly call: Call;
}

/**
 * Reads which files vector stores, batches, fine-tuning jobs and running containers refer to. Undefined, with an error
 * added, where one of the lists cannot be read to its end: what is used is not known then.
 */
export async function filesInUse(search: Search): Promise<FileUses | undefined> {
  try {
    return await new Lists(search).uses();
  } catch (thrown) {
    if (thrown instanceof Unreadable) return undefined;
    throw thrown;
  }
}

/** A list could not be read, and the error is added. */
class Unreadable extends Error {}

/** A file in a container, which is a copy: the API does not say of what. */
interface Copy {
  readonly path: string;
  readonly bytes: number | null;
}

class Lists {
  readonly #search: Search;
  readonly #looked: string[] = [];

  constructor(search: Search) {
    this.#search = search;
  }

  async uses(): Promise<FileUses> {
    const ids = new Set<string | null>();
    for (const id of await this.#inVectorStores()) ids.add(id);
    for (const each of await this.#all(batch.declaration, batchFiles)) for (const id of each) ids.add(id);
    for (const each of await this.#all(fineTuningJob.declaration, jobFiles))
      for (const id of each) ids.add(id);
    const copies = new Map<number | null, string[]>();
    for (const { path, bytes } of await this.#inContainers()) {
      for (const [id] of path.matchAll(/\bfile[-_][A-Za-z0-9]+/g)) ids.add(id);
      copies.set(bytes, [...(copies.get(bytes) ?? []), path]);
    }
    return {
      has: (file) =>
        ids.has(file.id) || isCopied(file, [...(copies.get(file.bytes) ?? []), ...(copies.get(null) ?? [])]),
      looked: this.#looked.join(", "),
    };
  }

  async #inVectorStores(): Promise<string[]> {
    const stores = await this.#all(vectorStore.declaration, idOf);
    const ids: string[] = [];
    await severalAtOnce(stores, async (id) => {
      ids.push(...(await this.#each(vectorStoreFile.declaration, { vector_store_id: id }, idOf)));
      return true;
    });
    return ids;
  }

  async #inContainers(): Promise<Copy[]> {
    const all = await this.#all(container.declaration, (item) => ({
      id: idOf(item),
      expired: item.get("status").string() === "expired",
    }));
    const copies: Copy[] = [];
    const running = all.filter(({ expired }) => !expired);
    await severalAtOnce(running, async ({ id }) => {
      copies.push(...(await this.#each(containerFile.declaration, { container_id: id }, copyOf, isExpired)));
      return true;
    });
    return copies;
  }

  /** Each object of a list, which is counted in what was looked at. */
  async #all<T>(of: ApiObject, read: (item: Body) => T): Promise<T[]> {
    const found = await this.#each(of, {}, read);
    this.#looked.push(`${found.length} ${found.length === 1 ? of.noun : pluralNoun(of)}`);
    return found;
  }

  /** @param isNone Whether an error says that there is nothing in the list: with a container that has expired, its files are gone. */
  async #each<T>(
    of: ApiObject,
    parents: Readonly<Record<string, string>>,
    read: (item: Body) => T,
    isNone: (thrown: unknown) => boolean = () => false,
  ): Promise<T[]> {
    const { access, options, call } = this.#search;
    const { list } = of;
    if (list === undefined) throw new Error(`${of.name}: the API has no list of it`);
    const [id] = Object.values(parents);
    const subject = { ...subjectOf(of, access, "read", { id }), list: true };
    const listing = { access, config: parents, options, log: call.log };
    const found = await explained(call, subject, async () => {
      const all: T[] = [];
      try {
        for await (const { data, page, hasMore } of listPages(of, list, listing)) {
          // A list that ends without the API's word for it may have more.
          if (!hasMore && page.hasMore !== false)
            throw unexpectedShape(page, `has_more: false was expected at the end of the list`);
          for (const [index, item] of data.entries())
            all.push(mapped(page, () => read(new Body(item, `data[${index}]`))));
        }
      } catch (thrown) {
        if (!isNone(thrown)) throw thrown;
      }
      return all;
    });
    if (found === undefined) throw new Unreadable();
    return found;
  }
}

/* What is read of the lists. A member of another type than the API's is an error: it may have been a use. */

function idOf(item: Body): string {
  const id = item.get("id").string();
  if (id === null || !pathSegment(id).ok) throw new ShapeError("id", "an ID", "something else");
  return id;
}

function batchFiles(item: Body): (string | null)[] {
  return ["input_file_id", "output_file_id", "error_file_id"].map((name) => item.get(name).string());
}

function jobFiles(item: Body): (string | null)[] {
  const results = item.get("result_files").elements((each) => each.string());
  return [item.get("training_file").string(), item.get("validation_file").string(), ...(results ?? [])];
}

function copyOf(item: Body): Copy {
  return { path: item.get("path").string() ?? "", bytes: item.get("bytes").integer() };
}

/** Whether one of the paths in containers, of files of its size, may be that of a copy: by the file's name. */
function isCopied({ filename }: FileToFind, paths: readonly string[]): boolean {
  return filename !== null && paths.some((path) => path.endsWith(filename));
}
