import {
  isJsonObject,
  JsonNumber,
  type JsonValue,
  type ObjectResponse,
  OpenAIError,
  type OperationOptions,
  pathSegment,
  unexpectedShape,
} from "../../openai/index.ts";
import type { SendRequest } from "../api/declaration.ts";
import type { Access } from "../openai-provider.ts";

/** A file on the disk that is too large for one request. */
export interface LargeFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Of the content, in hexadecimal digits: the API compares it with what has arrived. */
  readonly md5: string | undefined;
  readonly filename: string;
  readonly purpose: string;
  readonly expiresAfter: { readonly anchor: string; readonly seconds: number } | null;
}

/** Sizes of an upload, which tests make smaller. */
export interface UploadSizes {
  /** Bytes of a part: small enough to be sent within the time of one attempt on a slow line. */
  readonly part: number;
  /** How many parts are sent at once. */
  readonly parallel: number;
}

const usual: UploadSizes = { part: 16 * 1024 * 1024, parallel: 3 };
/** How often progress is logged. */
const progressMs = 10_000;
/** How long it may take to give an upload up. */
const cancelMs = 10_000;

/**
 * Uploads a file in parts, which are read from the disk while they are sent. A part that fails is sent again, and no
 * other; an upload that cannot be finished is cancelled. Returns the answer with the file.
 *
 * @throws {OpenAIError}
 */
export async function uploadInParts(
  file: LargeFile,
  sending: SendRequest,
  sizes: UploadSizes = usual,
): Promise<ObjectResponse> {
  const { access, signal, timeLeft } = sending;
  const options = () => ({ signal, timeoutMs: timeLeft() });
  // What is begun twice expires unused within an hour, and costs nothing.
  const begin = { method: "POST", path: ["uploads"], body: described(file), policy: "repeatable" } as const;
  const id = await access.openai.send(begin, options()).then(idOf).catch(throwWithoutFile);
  try {
    const parts = await sendParts(file, id, sending, sizes).catch(throwWithoutFile);
    const body = new Map<string, JsonValue>([["part_ids", parts]]);
    if (file.md5 !== undefined) body.set("md5", file.md5);
    // A second time would be refused: the answer is then lost, and not the file.
    const complete = { method: "POST", path: ["uploads", id, "complete"], body, policy: "once" } as const;
    const completed = await access.openai.send(complete, options()).catch(throwWithoutId);
    const made = completed.body.get("file");
    if (isJsonObject(made)) return { ...completed, body: made };
    throw unexpectedShape(completed, "file: an object was expected");
  } catch (thrown) {
    await giveUp(id, access);
    throw thrown;
  }
}

/** The failure of a request before the last one: whatever has become of it, no file has been made. */
function throwWithoutFile(thrown: unknown): never {
  if (!(thrown instanceof OpenAIError)) throw thrown;
  throw new OpenAIError({ ...thrown.failure, objectId: undefined }, { ...thrown, preparing: true });
}

/** The failure of the last request, whose answer begins with the ID of the upload, and not with that of the file. */
function throwWithoutId(thrown: unknown): never {
  if (!(thrown instanceof OpenAIError)) throw thrown;
  throw new OpenAIError({ ...thrown.failure, objectId: undefined }, { ...thrown });
}

function described({ filename, purpose, size, expiresAfter }: LargeFile): Map<string, JsonValue> {
  return new Map<string, JsonValue>([
    ["filename", filename],
    ["purpose", purpose],
    ["bytes", new JsonNumber(String(size))],
    ["mime_type", mimeTypeOf(filename)],
    ...(expiresAfter === null ? [] : [["expires_after", expiryOf(expiresAfter)] as const]),
  ]);
}

function expiryOf({ anchor, seconds }: NonNullable<LargeFile["expiresAfter"]>): JsonValue {
  return new Map<string, JsonValue>([
    ["anchor", anchor],
    ["seconds", new JsonNumber(String(seconds))],
  ]);
}

/** The API checks the type against the purpose. */
const mimeTypes: Readonly<Record<string, string>> = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  jsonl: "text/jsonl",
  md: "text/markdown",
  pdf: "application/pdf",
  txt: "text/plain",
  zip: "application/zip",
};

function mimeTypeOf(filename: string): string {
  const ending = /\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(mimeTypes, ending) ? (mimeTypes[ending] ?? "") : "application/octet-stream";
}

/** Sends all parts, a few at once. Returns their IDs in the order of the file. */
async function sendParts(
  { path, size }: LargeFile,
  id: string,
  { access, signal, timeLeft, log }: SendRequest,
  { part, parallel }: UploadSizes,
): Promise<string[]> {
  const ids: string[] = [];
  const failed = new AbortController();
  const stop = () => failed.abort();
  signal.addEventListener("abort", stop);
  let next = 0;
  let sent = 0;
  const timer = setInterval(
    () => log.log("info", "Uploading the file", { bytes: sent, of: size }),
    progressMs,
  );
  const sendNext = async (): Promise<void> => {
    while (next * part < size && !failed.signal.aborted) {
      const index = next;
      next += 1;
      const start = index * part;
      const length = Math.min(part, size - start);
      const content = { path, size: length, start };
      const options: OperationOptions = { signal: failed.signal, timeoutMs: timeLeft() };
      // What arrives twice is another part, and only those that are named at the end count.
      const request = {
        method: "POST",
        path: ["uploads", id, "parts"],
        form: [["data", { filename: "part", content }]],
        policy: "repeatable",
      } as const;
      ids[index] = idOf(await access.openai.send(request, options));
      sent += length;
    }
  };
  try {
    const all = Array.from({ length: parallel }, () => sendNext());
    // The first failure ends the others, and all have ended before anything else is done.
    await Promise.all(
      all.map((each) =>
        each.catch((thrown: unknown) => {
          stop();
          throw thrown;
        }),
      ),
    ).finally(() => Promise.allSettled(all));
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", stop);
  }
  return ids;
}

/** Leaves nothing of an upload behind, which would expire within an hour anyway. */
async function giveUp(id: string, { openai }: Access): Promise<void> {
  const request = { method: "POST", path: ["uploads", id, "cancel"], policy: "repeatable" } as const;
  await openai.acknowledge(request, { timeoutMs: cancelMs }).catch(() => {});
}

function idOf(response: ObjectResponse): string {
  const id = response.body.get("id");
  if (typeof id === "string" && pathSegment(id).ok) return id;
  throw unexpectedShape(response, "id: an ID was expected");
}
