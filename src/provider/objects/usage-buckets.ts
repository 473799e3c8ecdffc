import {
  type Attributes,
  type ConfigValidator,
  isUnknown,
  list,
  nested,
  oneOf,
  string,
  types,
} from "../../framework/index.ts";
import { flag, text, timestamp } from "../api/arguments.ts";
import type { ListDeclaration } from "../api/declaration.ts";
import { apiObject } from "../api/object.ts";
import { endsBefore, timeArgument, timeIn } from "../api/time-argument.ts";
import { wired } from "../api/wire.ts";
import { eachNotBlank, eachOneOf, notEmpty } from "../argument-validators.ts";

/* What the data sources of usage and of costs share: a range of time, cut into buckets with results. */

/** Widths of buckets: their seconds, and the most of them that the API puts on a page. */
const widths = {
  "1m": { seconds: 60, page: 1440 },
  "1h": { seconds: 3600, page: 168 },
  "1d": { seconds: 86_400, page: 31 },
} as const;

/** As many items as are read of any list, which the client has: its code is not loaded for a validation. */
export const mostBuckets = 200_000;

/** What results can be grouped by. */
const groups = {
  project_id: text("The ID of the project."),
  user_id: text("The ID of the user."),
  api_key_id: text("The ID of the API key."),
  model: text("The model."),
  batch: flag("Whether the requests were those of batches."),
  service_tier: text("The service tier."),
  api_source: text("`agents_api`, or `unlabeled` for everything else and for what is older."),
  size: text("The size of the images."),
  source: text("`image.generation`, `image.edit` or `image.variation`."),
  vector_store_id: text("The ID of the vector store."),
  context_level: text("How much context a search had: `low`, `medium` or `high`."),
  line_item: text("The line of the invoice."),
};

type Group = keyof typeof groups;

/** An argument that leaves out what is about anything else; `what` is what its elements are. */
export function only(member: string, what: string) {
  return wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachNotBlank()],
      description: `Only what is about these ${what}.`,
    }),
    { member: `${member}[]` },
  );
}

/** As `only`, of words of a closed set. */
export function onlyOf(member: string, what: string, ...words: readonly string[]) {
  return wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachOneOf(...words)],
      description: `Only what is about these ${what}.`,
    }),
    { member: `${member}[]` },
  );
}

const endsAfterStart: ConfigValidator = {
  names: ["start_time"],
  description: () => 'must be later than "start_time"',
  validate: (config) => endsBefore(config, "start_time", "end_time"),
};

const fewBuckets: ConfigValidator = {
  names: ["start_time", "end_time", "limit"],
  description: () => `must make at most ${mostBuckets.toLocaleString("en-US")} buckets`,
  validate(config) {
    const { bucket_width: width, limit } = config;
    const [start, end] = [timeIn(config, "start_time"), timeIn(config, "end_time")];
    if (start === undefined || end === undefined || isUnknown(width) || isUnknown(limit)) return undefined;
    const all = Math.ceil((end - start) / widthOf(width).seconds);
    const count = typeof limit === "number" ? Math.min(limit, all) : all;
    if (count <= mostBuckets) return undefined;
    const words = (many: number) => many.toLocaleString("en-US");
    return {
      attribute: width === null ? "end_time" : "bucket_width",
      summary: "Too many buckets",
      detail:
        `From "start_time" to "end_time" there are ${words(all)} buckets of ${String(width ?? "1d")}, and at most ` +
        `${words(mostBuckets)} are read.\n\nGive "bucket_width" a wider one (1m, 1h, 1d), choose a shorter time, or set "limit".`,
    };
  },
};

function timeRange() {
  return {
    start_time: timeArgument({
      required: true,
      description:
        "The beginning of the time, inclusive: in RFC 3339, for example `2026-11-01T00:00:00Z`, or in Unix seconds.",
    }),
    end_time: timeArgument({
      optional: true,
      validate: [endsAfterStart],
      description:
        "The end of the time, exclusive, as `start_time`. Left out means now, so that each plan reads something else.",
    }),
    project_ids: only("project_ids", "projects"),
  };
}

function widthArgument(allowed: readonly (keyof typeof widths)[]) {
  return string({
    optional: true,
    validate: [oneOf(...allowed), fewBuckets],
    description: "How long a bucket is. Left out means `1d`. Days begin at midnight in UTC.",
  });
}

function groupArgument(by: readonly Group[]) {
  return wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachOneOf(...by)],
      description:
        "What results are grouped by: each bucket then has one for each that there was. Left out, a bucket has one result " +
        "at most.",
    }),
    { member: "group_by[]" },
  );
}

/** A kind of usage, or costs. */
interface Usage<F extends Attributes, R extends Attributes, G extends Group> {
  /** Where it is below `organization`; also what the data source's name ends with. */
  readonly path: string;
  /** Unset means `usage bucket`. */
  readonly noun?: string;
  readonly description: string;
  readonly groupBy: readonly G[];
  /** Arguments beside those of all. */
  readonly filters: F;
  /** What is counted, beside what results are grouped by. */
  readonly results: R;
  readonly widths?: readonly (keyof typeof widths)[];
  /** The most buckets of a page, where it does not depend on their width. */
  readonly page?: number;
}

/** Declares a data source that reads buckets of time, all pages of them. */
export function usage<const F extends Attributes, const R extends Attributes, const G extends Group>(
  of: Usage<F, R, G>,
) {
  const { path, noun = "usage bucket", description, groupBy, results, page } = of;
  const { widths: allowed = ["1m", "1h", "1d"] } = of;
  const name = `openai_organization_${path.replace("/", "_")}`;
  const filters = {
    ...timeRange(),
    bucket_width: widthArgument(allowed),
    group_by: groupArgument(groupBy),
    ...of.filters,
  };
  const bucket = { ...grouped(groupBy), ...results };
  const declared: ListDeclaration<Attributes> = {
    name,
    attribute: "buckets",
    description,
    filters,
    ids: false,
    order: false,
    pages: { token: "page", size: ({ bucket_width: width }) => page ?? widthOf(width).page },
  };
  return {
    filters,
    ...apiObject({
      name,
      noun,
      subcategory: "Usage",
      key: "admin",
      path: `organization/${path}`,
      id: "",
      responseJson: true,
      attributes: {
        start_time: timestamp("of the bucket's beginning, inclusive"),
        end_time: timestamp("of the bucket's end, exclusive"),
        results: list(nested(bucket), {
          computed: true,
          description:
            "What was counted; an empty list where there was nothing. What `group_by` does not have is null.",
        }),
      },
      leftOut: { object: "it is always bucket", "results.object": "it says which kind of result it is" },
      list: declared,
    }),
  };
}

function grouped<const G extends Group>(by: readonly G[]): Pick<typeof groups, G>;
function grouped(by: readonly Group[]): Partial<typeof groups> {
  return Object.fromEntries(by.map((name) => [name, groups[name]]));
}

function widthOf(width: unknown) {
  return width === "1m" || width === "1h" ? widths[width] : widths["1d"];
}
