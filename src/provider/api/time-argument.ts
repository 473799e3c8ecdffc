import { type AttributeOptions, type ConfigProblem, check, string } from "../../framework/index.ts";
import { JsonNumber } from "../../openai/index.ts";
import { wired } from "./wire.ts";

/* Arguments that are a point in time: written in RFC 3339, as Terraform's functions have it, or in Unix seconds. */

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A time as Unix seconds; undefined for what is none, and for one before 1970. */
export function unixSeconds(text: string): number | undefined {
  if (/^\d{1,11}$/.test(text)) return Number(text);
  const written = text.toUpperCase();
  const [, local] = rfc3339.exec(written) ?? [];
  const ms = Date.parse(`${local}Z`);
  // JavaScript takes the 30th of February for the 2nd of March, and knows an hour 24.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== local) return undefined;
  const seconds = Date.parse(written) / 1000;
  return seconds < 0 ? undefined : seconds;
}

/** A time that is sent in Unix seconds. */
export function timeArgument<const O extends AttributeOptions<{ readonly kind: "string" }>>(options: O) {
  const time = check(
    "must be a time in RFC 3339 without fractions of a second, or in Unix seconds",
    (value) => unixSeconds(value) !== undefined,
    "2026-11-01T00:00:00Z",
  );
  return wired(string({ ...options, validate: [time, ...(options.validate ?? [])] }), {
    write: (value) => {
      const seconds = unixSeconds(String(value));
      return seconds === undefined ? undefined : new JsonNumber(String(seconds));
    },
  });
}

type Values = { readonly [name: string]: unknown };

/** The time that a configuration gives an argument; undefined where it gives none, or none that is known and right. */
export function timeIn(config: Values, name: string): number | undefined {
  const value = config[name];
  return typeof value === "string" ? unixSeconds(value) : undefined;
}

/** What is wrong where a range of time ends before it begins, or as it begins. */
export function endsBefore(config: Values, start: string, end: string): ConfigProblem | undefined {
  const [from, to] = [timeIn(config, start), timeIn(config, end)];
  if (from === undefined || to === undefined || to > from) return undefined;
  return {
    attribute: end,
    summary: "No time between start and end",
    detail:
      `"${end}" is ${inWords(to)}, which is ${to === from ? "the same as" : "before"} "${start}"` +
      `${to === from ? "" : `, ${inWords(from)}`}: nothing lies between.\n\n` +
      `Give "${end}" a later time, or leave it out.`,
  };
}

function inWords(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
