import { createHash } from "node:crypto";
import file from "../../samples/file.json";
import { APIError, invalid } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/** The parts' path, by which the store has them. */
export const partsPath = "uploads/{upload_id}/parts";

/**
 * Makes a file of the parts of an upload, in the order in which they are named. The size has to be what the upload
 * said, and the MD5 what was sent, where the server has kept the content.
 */
export function completeUpload(
  upload: StoredObject,
  { part_ids: ids, md5 }: JsonObject,
  objects: StoredObjects,
  files: ObjectKind,
): APIError | undefined {
  const { body, id } = upload;
  if (body.status !== "pending") return invalid(`Upload ${id} is ${body.status}.`);
  const parts = (Array.isArray(ids) ? ids : []).map((each) => objects.peek(partsPath, String(each)));
  if (parts.some((part) => part?.parents.upload_id !== id)) return invalid("No such part.", "part_ids");
  const bytes = parts.reduce((sum, part) => sum + (part?.size ?? 0), 0);
  if (bytes !== body.bytes)
    return invalid(`The upload has ${bytes} bytes, and ${body.bytes} were expected.`, "part_ids");
  const kept = parts.flatMap((part) => part?.content ?? []);
  const content = kept.length === parts.length ? Buffer.concat(kept) : undefined;
  const hash = content && createHash("md5").update(content).digest("hex");
  if (hash !== undefined && md5 !== undefined && md5 !== hash)
    return new APIError(400, "The MD5 of the content is another one.", { param: "md5" });
  const fileId = `file-${id}`;
  const { purpose, filename, created_at } = body;
  const described = { ...file, id: fileId, purpose, filename, bytes, created_at };
  const common = { parents: {}, owner: upload.owner, createdAt: upload.createdAt, progresses: false };
  objects.add({ ...common, kind: files, id: fileId, content, body: described });
  Object.assign(body, { status: "completed", file: described });
  return undefined;
}
