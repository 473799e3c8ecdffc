import type { Problem, Validator } from "../../framework/index.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "../../openai/index.ts";
import { parseJsonArgument } from "../json-argument.ts";

const comparisons = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"];
const compounds = ["and", "or"];

/** A filter over the attributes of files, as a search takes it. */
export function searchFilter(): Validator<string> {
  return {
    description: "must be a filter",
    validate(text): Problem | undefined {
      const value = parseJsonArgument(text);
      // What is no JSON object is said already.
      const wrong = value === undefined || !isJsonObject(value) ? undefined : problemOf(value, "");
      return wrong === undefined ? undefined : { detail: `The value must be a filter: ${wrong}.` };
    },
  };
}

/** What is wrong, and where, within a sentence; undefined where nothing is. */
function problemOf(filter: JsonValue, at: string): string | undefined {
  const whose = at === "" ? "" : ` of ${at}`;
  if (!isJsonObject(filter)) return `${at} must be an object`;
  const type = filter.get("type");
  if (typeof type !== "string" || ![...comparisons, ...compounds].includes(type))
    return `type${whose} must be one of ${[...comparisons, ...compounds].join(", ")}`;
  if (compounds.includes(type)) {
    const filters = filter.get("filters");
    if (!isJsonArray(filters) || filters.length === 0)
      return `filters${whose} must be a list with at least one filter`;
    const prefix = at === "" ? "" : `${at}.`;
    return filters
      .map((each, index) => problemOf(each, `${prefix}filters[${index}]`))
      .find((problem) => problem !== undefined);
  }
  const key = filter.get("key");
  if (typeof key !== "string" || key === "") return `key${whose} must name an attribute`;
  return valueProblem(type, filter.get("value"), whose);
}

function valueProblem(type: string, value: JsonValue | undefined, whose: string): string | undefined {
  if (type === "in" || type === "nin") {
    const fits = isJsonArray(value) && value.every((each) => typeof each === "string" || isNumber(each));
    return fits ? undefined : `value${whose} must be a list of strings and numbers`;
  }
  const fits = typeof value === "string" || typeof value === "boolean" || isNumber(value);
  return fits ? undefined : `value${whose} must be a string, a number or a boolean`;
}

function isNumber(value: JsonValue | undefined): boolean {
  return value instanceof JsonNumber;
}
