import type { APIError } from "../errors.ts";
import { invalid } from "../errors.ts";
import { type JsonObject, Literal } from "../json.ts";
import { readPageRequest } from "../pages.ts";
import type { ObjectKind } from "./object-kind.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/** The page of a list that a query asks for. */
export function listOf(
  objects: StoredObjects,
  query: URLSearchParams,
  kind: ObjectKind,
  visible: readonly StoredObject[],
): JsonObject | APIError {
  const matching = visible.filter(
    (object) =>
      isListed(objects, query, kind, object) &&
      hasMembers(objects, query, kind, object) &&
      kind.matches?.(objects.bodyOf(object), query) !== false,
  );
  const bodyText = (object: StoredObject) => new Literal(JSON.stringify(objects.bodyOf(object)));
  if (kind.single === true) return { object: "list", data: matching.map(bodyText) };
  const request = readPageRequest(query, "desc");
  if (request instanceof Error) return request;
  const ordered = request.order === "asc" ? matching : [...matching].reverse();
  const { after } = request;
  const start = after === undefined ? 0 : ordered.findIndex((object) => cursorOf(kind, object) === after) + 1;
  if (after !== undefined && start === 0) {
    return invalid(`Invalid 'after': no item with ID '${after}' found.`, "after", "invalid_value");
  }
  const shown = ordered.slice(start, start + request.limit);
  const has_more = start + shown.length < ordered.length;
  const last = cursorOf(kind, shown.at(-1));
  const data = shown.map(bodyText);
  if (kind.cursors === "next") return { object: "list", data, has_more, next: has_more ? last : null };
  return { object: "list", data, first_id: cursorOf(kind, shown[0]), last_id: last, has_more };
}

/** Archived objects are listed when the query asks for them. */
function isListed(
  objects: StoredObjects,
  query: URLSearchParams,
  { archive }: ObjectKind,
  object: StoredObject,
): boolean {
  if (archive === undefined || query.get(archive.include) === "true") return true;
  return objects.bodyOf(object).archived_at === null;
}

function hasMembers(
  objects: StoredObjects,
  query: URLSearchParams,
  { filters = {}, unlisted }: ObjectKind,
  object: StoredObject,
): boolean {
  const isFiltered = Object.keys(filters).some((parameter) => query.has(parameter));
  if (!isFiltered && unlisted?.(object) === true) return false;
  return Object.entries(filters).every(([parameter, member]) => {
    const wanted = query.getAll(parameter);
    return (
      wanted.length === 0 ||
      wanted.includes("any") ||
      wanted.some((each) => objects.bodyOf(object)[member] === each)
    );
  });
}

/** A list names its objects by their own IDs, whatever their paths have; a cursor that is none hides the ID. */
function cursorOf({ cursors }: ObjectKind, object: StoredObject | undefined): string | null {
  if (object === undefined) return null;
  const id = String(object.body.id);
  return cursors === "next" ? `cursor_${Buffer.from(id).toString("base64url")}` : id;
}
