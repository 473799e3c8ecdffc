import { integer, isUnknown, notBlank, string, type Unknown } from "../../framework/index.ts";
import { pathSegment, unexpectedShape } from "../../openai/index.ts";
import { operationTime, timeoutsOf } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import { listPages } from "../api/list-pages.ts";
import { mapped } from "../api/mapped.ts";
import { type Call, explained, subjectOf } from "../api/request.ts";
import { between } from "../argument-validators.ts";
import { action } from "../define.ts";
import { file } from "../objects/file.ts";
import type { Access } from "../openai-provider.ts";
import { deletionTimeouts, most, usualSearchTime } from "./arguments.ts";
import { deleteEach } from "./delete-each.ts";
import { type FileToFind, filesInUse } from "./files-in-use.ts";
import { announce, announceUnknown, isWithin, type Target, type Words } from "./words.ts";

const of = file.declaration;

const words: Words = { one: "unused file", many: "unused files", done: "deleted", most: "max_deletions" };

/** With the purpose: Terraform shows one of several warnings with the same title. */
function wordsOf({ purpose }: Pick<Wanted, "purpose">): Words {
  return { ...words, one: `unused file of purpose ${purpose}`, many: `unused files of purpose ${purpose}` };
}

const dayMs = 24 * 3_600_000;

/** Deletes files that nothing refers to any more. */
export const fileDeleteUnused = action({
  name: "openai_file_delete_unused",
  description:
    "Deletes the files of a purpose and a minimum age that no vector store, batch, fine-tuning job or running container " +
    "refers to. A plan counts them and deletes nothing; `max_deletions` bounds how many are deleted.",
  attributes: {
    purpose: string({
      required: true,
      validate: [notBlank()],
      description:
        "Only files of this purpose, for example `assistants`, `batch` or `batch_output`: for each purpose another action.",
    }),
    min_age_days: integer({
      required: true,
      validate: [between(1, 3650)],
      description:
        "Only files that were uploaded at least so many days ago. It keeps those that a program has uploaded and not used yet.",
    }),
    max_deletions: most(words),
    timeouts: deletionTimeouts,
  },
  async plan({ config, provider, diagnostics, signal, log }) {
    const wanted = wantedOf(config);
    if (wanted === undefined || !provider.isKnown) return announceUnknown(words, diagnostics);
    const access = provider.access(null, { diagnostics, log, object: "resource" });
    if (access === undefined) return;
    const found = await find(access, wanted, { provider, diagnostics, signal, log });
    if (found === undefined) return;
    const more = ` ${found.summary} A deletion cannot be undone.`;
    announce(found.targets, wordsOf(wanted), more, diagnostics);
  },
  async invoke({ config, provider, progress, diagnostics, signal, log }) {
    const wanted = wantedOf(config);
    const access = provider.access(null, { diagnostics, log, object: "resource" });
    if (wanted === undefined || access === undefined) return;
    const found = await find(access, wanted, { provider, diagnostics, signal, log });
    if (found === undefined) return;
    progress(found.summary);
    const { targets } = found;
    const deletions = { access, targets, words: wordsOf(wanted), timeouts: wanted.timeouts };
    await deleteEach(of, deletions, { progress, diagnostics, signal });
  },
});

interface Wanted {
  readonly purpose: string;
  readonly minAgeMs: number;
  readonly allowed: number;
  readonly timeouts: ReturnType<typeof timeoutsOf>;
}

/** The arguments; undefined while they are not known. */
function wantedOf(config: {
  readonly purpose: string | Unknown | null;
  readonly min_age_days: number | Unknown | null;
  readonly max_deletions: number | Unknown | null;
  readonly timeouts: object | Unknown | null;
}): Wanted | undefined {
  const { purpose, min_age_days: days, max_deletions: allowed } = config;
  if (isUnknown(purpose) || isUnknown(days) || isUnknown(allowed)) return undefined;
  if (purpose === null || days === null || allowed === null) return undefined;
  return { purpose, minAgeMs: days * dayMs, allowed, timeouts: timeoutsOf({ ...config }) };
}

interface Found {
  readonly targets: readonly Target[];
  /** What was looked at, in a sentence. */
  readonly summary: string;
}

/**
 * The unused files; undefined, with an error added, where it cannot be found out what is used, or where there are more
 * than allowed. Uses are read after the files, so that what was put to use meanwhile is seen.
 */
async function find(access: Access, wanted: Wanted, call: Call): Promise<Found | undefined> {
  const { signal, diagnostics } = call;
  const timeLeft = operationTime(wanted.timeouts, "read", access.openai, usualSearchTime);
  const search = { access, call, options: () => ({ signal, timeoutMs: timeLeft() }) };
  const files = await oldFiles(wanted, search);
  if (files === undefined) return undefined;
  const one = files.length === 1;
  const age = `at least ${wanted.minAgeMs / dayMs} day${wanted.minAgeMs === dayMs ? "" : "s"} old`;
  const old = `${files.length} file${one ? "" : "s"} of purpose ${wanted.purpose} ${one ? "is" : "are"} ${age}`;
  if (files.length === 0) return { targets: [], summary: `${old}.` };
  const uses = await filesInUse(search);
  if (uses === undefined) {
    diagnostics.addError(
      "Not known which files are in use",
      "A list of what may use files could not be read to its end, so that nothing was deleted.\n\n" +
        "The key needs leave to read vector stores, batches, fine-tuning jobs and containers.",
    );
    return undefined;
  }
  const unused = files.filter((each) => !uses.has(each));
  const targets = unused.map(({ id, filename }) => ({
    id,
    ...(filename === null ? {} : { name: filename }),
  }));
  if (!isWithin(wanted.allowed, targets, wordsOf(wanted), diagnostics)) return undefined;
  const bytes = unused.reduce((sum, each) => sum + (each.bytes ?? 0), 0);
  const used = files.length - unused.length;
  const summary =
    `${old}, and ${used} of them ${used === 1 ? "is" : "are"} in use, by ${uses.looked}. ` +
    `Unused: ${unused.length}, ${bytes} bytes.`;
  return { targets, summary };
}

interface Search {
  readonly access: Access;
  readonly call: Call;
  readonly options: () => { readonly signal: AbortSignal; readonly timeoutMs: number };
}

/** The files of the purpose that are old enough, by the API's clock. One of unknown age is not. */
async function oldFiles(
  { purpose, minAgeMs }: Wanted,
  { access, call, options }: Search,
): Promise<FileToFind[] | undefined> {
  const { list } = of;
  const subject = { ...subjectOf(of, access, "read", {}), list: true };
  return explained(call, subject, async () => {
    const found = new Map<string, FileToFind>();
    if (list === undefined) return [];
    const config = { purpose, order: "asc" };
    for await (const { data, page } of listPages(of, list, { access, config, options, log: call.log })) {
      const now = page.date ?? Date.now();
      for (const [index, item] of data.entries()) {
        const read = mapped(page, () => fileOf(new Body(item, `data[${index}]`)));
        if (read.purpose !== purpose || !pathSegment(read.id).ok)
          throw unexpectedShape(
            page,
            `data[${index}] is not a file of purpose ${purpose}, which was asked for`,
          );
        if (read.created !== null && now - read.created * 1000 >= minAgeMs) found.set(read.id, read);
      }
    }
    return [...found.values()];
  });
}

function fileOf(item: Body) {
  return {
    id: item.get("id").string() ?? "",
    purpose: item.get("purpose").string(),
    filename: item.get("filename").string(),
    bytes: item.get("bytes").integer(),
    created: item.get("created_at").integer(),
  };
}
