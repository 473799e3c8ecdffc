import { isUnknown, type Problem, quote, type Validator } from "../framework/index.ts";
import {
  type BaseUrlReason,
  checkHeader,
  checkHeaderValue,
  type HeaderReason,
  pathSegment,
  Redactor,
  type SegmentReason,
  shownPath,
} from "../openai/index.ts";

/** What an ID must not be, since it becomes a segment of a URL's path. */
export function pathSegmentValidator(): Validator<string> {
  return {
    description:
      "must be one segment of a URL's path: not `.` or `..`, and without slashes, backslashes and control characters",
    validate(value) {
      if (isKey(value)) return { detail: keyDetail };
      const result = pathSegment(value);
      // A blank one is another validator's business.
      if (result.ok || result.reason === "blank") return undefined;
      return { detail: segmentDetail(result.reason), given: quote(value) };
    },
  };
}

/** Whether the value of an API key stands where an ID belongs: no message may show it, and no URL may have it. */
export function isKey(value: string): boolean {
  return /^\s*(?:sk|sess)-/i.test(value);
}

/** Said of a key in the place of an ID. */
export const keyDetail =
  "The value is an API key, and not an ID. It was not sent. Take it out of the configuration, and " +
  'give the ID instead: that of a key begins with "key_", and the list data sources report it.';

function segmentDetail(reason: Exclude<SegmentReason, "blank">): string {
  switch (reason) {
    case "dots":
      return "An ID of only dots, or of dots and a semicolon, may name another place in the API.";
    case "slash":
      return (
        "An ID with a slash or a backslash in it, escaped or not, may name another place in the API. IDs of OpenAI's " +
        "have none: is this one a URL or a path?"
      );
    case "characters":
      return (
        "The ID has a control character or half of a surrogate pair in it, which no ID of the API has. Was it " +
        "read from a file with its line break? trimspace() removes that."
      );
  }
}

/** A value that is sent as an HTTP header: a key with a line break in it is a common mistake. */
export function headerValue(): Validator<string> {
  return {
    description: "must be fit for an HTTP header: without line breaks and control characters",
    validate(value) {
      if (checkHeaderValue(value) && value === value.trim()) return undefined;
      return {
        detail:
          "The value is sent in an HTTP header, and has a space at an end, or a line break or another character that " +
          "a header cannot have. Was it read from a file with its line break? trimspace() removes that.",
        given: quote(value),
      };
    },
  };
}

const urlExample = 'An accepted one is "https://api.openai.com/v1".';

/** Why a base URL is refused, and what is accepted. */
export function baseUrlDetail(reason: BaseUrlReason): string {
  switch (reason) {
    case "blank":
      return `The base URL is blank: leave the argument out to use the default. ${urlExample}`;
    case "characters":
      return `The base URL has white space, a backslash or a control character in it. ${urlExample}`;
    case "not_absolute":
      return `The base URL must be absolute: it must begin with https://, or with http:// for this machine. ${urlExample}`;
    case "scheme":
      return `The base URL must begin with https:// or http://. ${urlExample}`;
    case "host":
      return `The base URL has no valid host name. ${urlExample}`;
    case "port":
      return `The base URL's port must be a number from 1 to 65535. ${urlExample}`;
    case "userinfo":
      return `The base URL must not carry a user name or password: use api_key or headers. ${urlExample}`;
    case "fragment":
      return `The base URL must not have a fragment (#…). ${urlExample}`;
    case "http":
      return (
        "The base URL begins with http:// and names another machine: the key would travel in the clear. Use https://, " +
        "or, if the network between is trusted, set allow_http = true in the provider block."
      );
  }
}

/** The paragraph that shows a refused URL. `from` says where it stands, in words that follow "Given". */
export function givenUrlParagraph(value: string, from = ""): string {
  if (value.trim() === "") return "";
  const host = givenUrl(value);
  return host === undefined
    ? `The URL given${from} is not shown: it may hold a secret.`
    : `Given${from}: ${host}`;
}

/**
 * The host of a refused URL, or undefined where the host cannot be separated for sure from a user name, a password or a key
 * that stands in its place. The rest of the URL may be secret, and is not shown.
 */
export function givenUrl(value: string): string | undefined {
  const text = value.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  // An @ that comes later: what looks like a host is the beginning of a password with a slash in it, or ? or #.
  if (hostname === "" || `${pathname}${search}${hash}`.includes("@")) return undefined;
  return quote(new Redactor([]).redact(`${protocol}//${hostname}/…`));
}

/** A shorter part of a path is no secret. */
const shortestSecret = 8;

/**
 * Whether an error may point at a refused URL: Terraform prints the line that it points at, with all that a password, a
 * query or a path holds.
 */
export function mayPointAt(value: string): boolean {
  const [, authority = "", rest = ""] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#\\]*)(.*)$/is.exec(value.trim()) ?? [];
  if (value.includes("@") || /:(?!\d*$)/.test(authority)) return false;
  if (new Redactor([]).redact(value) !== value) return false;
  const isKnown = (part: string) => shownPath(new URL(`http://host/${part}`)) === `/${part}`;
  return rest.split(/[/?#&=\\\s]/).every((part) => part.length < shortestSecret || isKnown(part));
}

/** Headers by name: fit for HTTP, and none of those that the provider sets itself. */
export function headersValidator(): Validator<ReadonlyMap<string, string>> {
  return {
    description: "must hold header names and values that HTTP allows, and none that the provider itself sets",
    validate(headers) {
      const seen = new Set<string>();
      for (const [name, value] of headers) {
        // Elements of a map may be null or unknown where the map itself is not.
        if (isUnknown(value) || value === null) continue;
        const problem = headerProblem(name, checkHeader(name, value));
        if (problem !== undefined) return problem;
        if (seen.has(name.toLowerCase())) {
          return {
            detail: `The header ${quote(name)} is there twice: names differ in more than case.`,
            at: [name],
          };
        }
        seen.add(name.toLowerCase());
      }
      return undefined;
    },
  };
}

function headerProblem(name: string, reason: HeaderReason | undefined): Problem | undefined {
  switch (reason) {
    case undefined:
      return undefined;
    case "name":
      return {
        detail: `${quote(name)} is no header name: those have letters, digits and hyphens, for example "X-Gateway-Token".`,
        at: [name],
      };
    case "reserved":
      return {
        detail:
          `The header ${quote(name)} is the provider's own: only Authorization and User-Agent can be replaced. For the ` +
          "organization and the project there are arguments.",
        at: [name],
      };
    case "value":
      return {
        detail:
          `The value of the header ${quote(name)} has a line break or another character that a header cannot have. Was ` +
          "it read from a file with its line break? trimspace() removes that.",
        at: [name],
      };
  }
}

/** Query parameters: any text, under a name. */
export function queryValidator(): Validator<ReadonlyMap<string, string>> {
  return {
    description: "must not have a blank name",
    validate: (query) =>
      [...query.keys()].some((name) => name.trim() === "")
        ? { detail: 'A query parameter has a blank name. An accepted one is { "api-version" = "preview" }.' }
        : undefined,
  };
}

/** The most retries that make sense: with the pauses between them they take minutes. */
const mostRetries = 20;

export function isRetryCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0 && count <= mostRetries;
}

export function retryCount(): Validator<number> {
  return {
    description: `must be from 0 to ${mostRetries}`,
    validate: (value) =>
      isRetryCount(value)
        ? undefined
        : {
            detail: `The number of retries must be from 0 to ${mostRetries}, for example 4.`,
            given: String(value),
          },
  };
}
