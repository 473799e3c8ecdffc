import type { Diagnostic, ExactNumber, PrivateState } from "../../framework/index.ts";
import { type ErrorKind, type OpenAIError, pathSegment } from "../../openai/index.ts";
import { diagnosticOf } from "../explain/explain.ts";
import type { Access } from "../openai-provider.ts";
import {
  ageOf,
  isExpired,
  isRecorded,
  mayAppearFor,
  recordedWhereabouts,
  type Whereabouts,
  wasSeen,
  whereabouts,
} from "./answer-record.ts";
import { isNotThereYet } from "./visibility.ts";

/** What it means that an answer that was paid for is not there. */
export type Absence =
  /** The account that had it has it no more: it was deleted. */
  | "gone"
  | "expired"
  | "not_visible_yet"
  /** It was never read, so that nothing is lost: the API may store nothing. */
  | "never_seen"
  /** The answer is another account's, or another API's. */
  | "another_account"
  /** It was there once, and nothing says which account the answer is for. */
  | "unknown_account";

/** Of which answer, and who asked for it. */
export interface AbsenceSubject {
  /** Within a sentence: `completion`. */
  readonly noun: string;
  readonly state: { readonly id: string; readonly created: ExactNumber | null };
  readonly private: PrivateState;
  readonly access: Access;
}

/** Kinds by which an API that stores nothing answers, and that say nothing of the key. */
const unoffered: ReadonlySet<ErrorKind> = new Set([
  "not_found",
  "wrong_url",
  "bad_request",
  "permission",
  "model_access",
  "redirect",
  "not_json",
  "invalid_json",
  "another_object",
  "unexpected_shape",
]);

/**
 * What a failed request says of where the answer is; undefined where it says nothing of that, and is
 * an error like any other. What was never read cannot be lost; what was read is gone only if the account
 * that had it says so.
 */
export function absenceOf(error: OpenAIError, subject: AbsenceSubject): Absence | undefined {
  const { state, private: kept, access } = subject;
  const missing = error.kind === "not_found";
  const seen = wasSeen(kept);
  if (!missing && (seen || !unoffered.has(error.kind))) return undefined;
  const age = ageOf(kept, state.created, error.failure.date);
  if (missing && age?.certain === true && isExpired(age)) return "expired";
  const compared = compare(recordedWhereabouts(kept), whereabouts(access, error.failure.account));
  // 410 says in so many words that it was there; only another account's answer counts for less.
  if (seen) return error.failure.status === 410 && compared !== "another_account" ? "gone" : compared;
  if (isNotThereYet(error) && mayAppearFor(age, kept) > 0) return "not_visible_yet";
  return missing && compared === "another_account" ? compared : "never_seen";
}

/** Whether an answer has an ID that a request can name; a gateway's may have any. */
export function canBeNamed({ id }: Pick<AbsenceSubject["state"], "id">): boolean {
  return pathSegment(id).ok;
}

function compare(before: Whereabouts, now: Whereabouts): Absence {
  const members = ["baseUrl", "organization", "project"] as const;
  const differs = members.some(
    (name) => before[name] !== undefined && now[name] !== undefined && before[name] !== now[name],
  );
  if (differs) return "another_account";
  const isTold = before.organization !== undefined || before.project !== undefined;
  return isTold && members.every((name) => before[name] === now[name]) ? "gone" : "unknown_account";
}

/** What a practitioner reads of an absence: a title, what became of the state, and what to do. */
export interface AbsenceWords {
  readonly summary: string;
  readonly kept: string;
  readonly remedy: string;
}

/** A warning that says why the answer is not there; without an error, that it cannot be named. */
export function absenceWarning(
  absence: Absence,
  error: OpenAIError | undefined,
  subject: AbsenceSubject,
  { summary, kept, remedy }: AbsenceWords,
): Diagnostic {
  const paragraphs = [`${reason(absence, error, subject)} ${kept}`, remedy];
  if (error === undefined) return { severity: "warning", summary, detail: paragraphs.join("\n\n") };
  return { ...diagnosticOf(error, { summary, paragraphs }), severity: "warning" };
}

function reason(absence: Absence, error: OpenAIError | undefined, subject: AbsenceSubject): string {
  const { state, access, noun } = subject;
  const name = `The ${noun} ${JSON.stringify(state.id)}`;
  switch (absence) {
    case "expired":
      return `${name} is more than 30 days old, and OpenAI has deleted it.`;
    case "another_account":
      return (
        `${name} is not there for the account that asked: ${inWords(whereabouts(access, error?.failure.account))}. ` +
        `It belongs to ${inWords(recordedWhereabouts(subject.private))}; the key, organization, project or ` +
        `base_url of the provider is another one since. The ${noun} may still be stored there.`
      );
    case "unknown_account":
      return (
        `The API has no ${noun} ${JSON.stringify(state.id)} any more, and does not say for which account it looked. ` +
        `The ${noun} was deleted outside of Terraform, or the key, organization, project or base_url of the provider ` +
        `is another one since, and the ${noun} is still stored for the earlier one.`
      );
    default:
      return neverSeen(name, error, subject);
  }
}

function neverSeen(
  name: string,
  error: OpenAIError | undefined,
  { noun, private: kept, access }: AbsenceSubject,
): string {
  if (error === undefined)
    return `${name} has an ID that cannot be part of a URL, so that no request can name it.`;
  const history = isRecorded(kept)
    ? `${name} was created, but the API never let it be read.`
    : `${name} cannot be read, and the state does not say whether it ever could.`;
  const cause =
    error.kind === "not_found"
      ? "The organization may keep nothing (zero data retention), the project may not allow storing, a gateway may pass " +
        "nothing on to be stored, or the key may be another account's."
      : `${access.baseUrl} seems to store no ${noun}s, as most gateways and local servers.`;
  return `${history} ${cause}`;
}

function inWords({ organization, project }: Whereabouts): string {
  const parts = [
    ...(project === undefined ? [] : [`project ${project}`]),
    ...(organization === undefined ? [] : [`organization ${organization}`]),
  ];
  return parts.length === 0 ? "an account that the API does not name" : parts.join(" of ");
}
