import type { Diagnostics } from "../../framework/index.ts";
import type { OpenAIError } from "../../openai/index.ts";
import { inWords } from "../duration.ts";
import { explain } from "../explain/explain.ts";
import { type Absence, type AbsenceSubject, absenceOf, absenceWarning } from "./absence.ts";
import { ageOf, isExpired } from "./answer-record.ts";
import type { ApiObject } from "./declaration.ts";
import { titleOf } from "./object-names.ts";
import { subjectOf } from "./request.ts";
import { isNotThereYet } from "./visibility.ts";

/* What becomes of the state of an answer that was paid for, where the API does not have it. */

/** What to do with the state of an answer that has expired. */
export type OnExpiry = "warn" | "keep" | "recreate";

export interface About {
  readonly of: ApiObject;
  readonly subject: AbsenceSubject;
  readonly diagnostics: Diagnostics;
}

/**
 * Whether the state of an answer that is not there stays, with a warning where something is to be known. Only what is
 * surely gone is removed, since the next plan would buy it again.
 */
export function staysInState(
  absence: Absence,
  error: OpenAIError | undefined,
  onExpiry: OnExpiry,
  { of, subject, diagnostics }: About,
): boolean {
  const { state, private: kept } = subject;
  if (absence === "gone" || (absence === "expired" && onExpiry === "recreate")) return false;
  const isOld = isExpired(ageOf(kept, state.created, error?.failure.date));
  if (absence === "not_visible_yet" || (isOld && onExpiry === "keep")) return true;
  const { summary, remedy } = absenceTexts[absence];
  const words = { summary: `${titleOf(of)} ${summary}`, kept: keptAsItWas, remedy };
  diagnostics.add(absenceWarning(absence, error, subject, words));
  return true;
}

const keptAsItWas =
  "It is kept in state as it was answered, because a new one would be another answer, and be paid for.";

const absenceTexts = {
  expired: {
    summary: "expired",
    remedy:
      'To keep the answer without this warning, set on_expiry = "keep"; to create it anew and pay for it again, set ' +
      'on_expiry = "recreate", apply that, and plan again.',
  },
  never_seen: {
    summary: "cannot be read",
    remedy: "To create it anew and pay for it again, run terraform apply -replace=ADDRESS.",
  },
  another_account: {
    summary: "belongs to another account",
    remedy:
      "To go on with it, give the provider the credentials and the base_url that it was created with. To create it anew " +
      "for the present account, run terraform apply -replace=ADDRESS; the old one then stays stored where it is.",
  },
  unknown_account: {
    summary: "not found, and kept",
    remedy:
      "If it was deleted, and is to be created anew and paid for again, run terraform apply -replace=ADDRESS. Else give " +
      "the provider the credentials and the base_url that it was created with.",
  },
} as const;

/** Warns of what leaves the state without an answer of the account that had it: it may still be stored. */
export function addForgotten(
  absence: Absence,
  error: OpenAIError | undefined,
  { of, subject, diagnostics }: About,
): void {
  const texts = {
    summary: `${titleOf(of)} may still be stored`,
    kept: "It is removed from state, and no deletion is confirmed.",
    remedy:
      "If it is stored somewhere, delete it there with the credentials that it was created with; OpenAI deletes it 30 days " +
      "after its creation.",
  };
  diagnostics.add(absenceWarning(absence, error, subject, texts));
}

/**
 * Warns of a new answer that cannot be read back. An error would taint what has been paid for.
 *
 * @param waitMs How long it was waited for.
 * @param lacking What the state has not, in a sentence.
 */
export function addUnreadable(error: OpenAIError, waitMs: number, lacking: string, about: About): void {
  const { of, subject, diagnostics } = about;
  const created = `The ${subject.noun} ${JSON.stringify(subject.state.id)} was created and is kept in state.`;
  diagnostics.addWarning(
    `${titleOf(of)} not readable yet`,
    `${created} ${unreadable(error, waitMs, lacking, about)}`,
  );
}

/** Why a new answer could not be read, and what that means. */
function unreadable(error: OpenAIError, waitMs: number, lacking: string, { of, subject }: About): string {
  const { access, state, noun } = subject;
  const notCreatedAgain =
    "It is not created again for that, because it would be paid for again. What the API answered is in state" +
    (lacking === "" ? "." : `; ${lacking}`);
  if (error.kind === "aborted") return "Terraform was interrupted before it could be read.";
  if (isNotThereYet(error) || error.kind === "operation_timeout") {
    return (
      `The API did not let it be read within ${inWords(waitMs)}.\n\n` +
      "The organization may keep nothing (zero data retention), or the project may not allow storing; then it can never be " +
      `read, updated or deleted. ${notCreatedAgain}`
    );
  }
  if (absenceOf(error, subject) !== undefined) {
    const words = error.api?.message ?? error.failure.message;
    const answered = error.status === undefined ? words : `status ${error.status}: ${words}`;
    return (
      `${access.baseUrl} does not let it be read (${answered}): it seems to store no ${noun}s, as most gateways and ` +
      `local servers.\n\nThen it can never be read, updated or deleted. ${notCreatedAgain}`
    );
  }
  const why = explain(error, subjectOf(of, access, "read", state));
  return `Reading it failed: ${why.summary}.\n\n${why.detail}`;
}
