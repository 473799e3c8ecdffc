import { APIError, invalid } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";

/** What is counted in buckets of time, as the server plays it. */
export interface BucketKind {
  /** What a query can name to leave out everything else, with the member of a result that has it. */
  readonly filters: Readonly<Record<string, string>>;
  readonly groupBy: readonly string[];
  /** The widths of buckets, with the most and the usual number of them on a page. */
  readonly widths: Readonly<Record<string, { readonly most: number; readonly usual: number }>>;
}

/** Widths of usage. */
export const usageWidths: BucketKind["widths"] = {
  "1d": { most: 31, usual: 7 },
  "1h": { most: 168, usual: 24 },
  "1m": { most: 1440, usual: 60 },
};

const seconds: Readonly<Record<string, number>> = { "1m": 60, "1h": 3600, "1d": 86_400 };

/** The page of buckets that a query asks for. Every other bucket has the sample as its result. */
export function bucketsOf(
  { filters, groupBy, widths }: BucketKind,
  sample: JsonObject,
  query: URLSearchParams,
  now: number,
): JsonObject | APIError {
  const plain = ["start_time", "end_time", "bucket_width", "limit", "page"];
  const lists = [...Object.keys(filters), "group_by"].map((name) => `${name}[]`);
  const known = [...plain, ...lists, ...(filters.batch === undefined ? [] : ["batch"])];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return invalid(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  const width = query.get("bucket_width") ?? "1d";
  const allowed = widths[width];
  if (allowed === undefined) return wrong("bucket_width", width, Object.keys(widths));
  const step = seconds[width] ?? 0;
  const start = Number(query.get("start_time") ?? Number.NaN);
  if (!Number.isInteger(start)) return invalid("Missing required parameter: 'start_time'.", "start_time");
  const end = Number(query.get("end_time") ?? Math.floor(now / 1000));
  if (end <= start) return invalid("'end_time' must be after 'start_time'.", "end_time", "invalid_value");
  const limit = Number(query.get("limit") ?? allowed.usual);
  if (!(limit >= 1 && limit <= allowed.most))
    return invalid(`'limit' must be between 1 and ${allowed.most}.`, "limit", "invalid_value");
  const by = query.getAll("group_by[]");
  const other = by.find((name) => !groupBy.includes(name));
  if (other !== undefined) return wrong("group_by", other, groupBy);
  const first = cursorOf(query.get("page")) ?? Math.floor(start / step) * step;
  if (Number.isNaN(first)) return invalid("Invalid 'page'.", "page", "invalid_value");
  const results = isKept(filters, sample, query) ? [grouped(sample, groupBy, by)] : [];
  const all = Math.ceil((end - first) / step);
  const data = Array.from({ length: Math.min(limit, all) }, (_, index) => {
    const from = first + index * step;
    const isEven = (from / step) % 2 === 0;
    return { object: "bucket", start_time: from, end_time: from + step, results: isEven ? results : [] };
  });
  const next = first + limit * step;
  const has_more = all > limit;
  const token = Buffer.from(String(next)).toString("base64url");
  return { object: "page", data, has_more, next_page: has_more ? `page_${token}` : null };
}

/** Where a page begins; undefined without a cursor, and NaN for what is none. */
function cursorOf(page: string | null): number | undefined {
  if (page === null) return undefined;
  return page.startsWith("page_")
    ? Number(Buffer.from(page.slice("page_".length), "base64url").toString() || Number.NaN)
    : Number.NaN;
}

function isKept(filters: BucketKind["filters"], sample: JsonObject, query: URLSearchParams): boolean {
  return Object.entries(filters).every(([name, member]) => {
    const wanted = [...query.getAll(`${name}[]`), ...query.getAll(name)];
    return wanted.length === 0 || wanted.includes(String(sample[member]));
  });
}

/** What results are not grouped by is null. */
function grouped(sample: JsonObject, groupBy: readonly string[], by: readonly string[]): JsonObject {
  const none = groupBy.filter((name) => !by.includes(name)).map((name): [string, Json] => [name, null]);
  const whole = { ...sample, ...Object.fromEntries(none) };
  return isObject(whole) ? whole : {};
}

function wrong(param: string, value: string, allowed: readonly string[]): APIError {
  const words = allowed.map((each) => `'${each}'`).join(", ");
  return new APIError(400, `Invalid value: '${value}'. Supported values are: ${words}.`, {
    param,
    code: "invalid_value",
  });
}
