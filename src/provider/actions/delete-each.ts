import { operationTime, type Timeouts } from "../api/arguments.ts";
import type { ApiObject } from "../api/declaration.ts";
import { removeOne } from "../api/delete.ts";
import { subjectOf } from "../api/request.ts";
import type { Access } from "../openai-provider.ts";
import { usualTime } from "./arguments.ts";
import { changeEach, type Report } from "./change-each.ts";
import type { Target, Words } from "./words.ts";

export interface Deletions {
  readonly access: Access;
  readonly targets: readonly Target[];
  readonly words: Words;
  readonly timeouts: Timeouts;
}

/** Deletes objects of the API as `changeEach` does it, all within `timeouts.delete`. */
export function deleteEach(
  of: ApiObject,
  { access, targets, words, timeouts }: Deletions,
  report: Report,
): Promise<void> {
  const timeLeft = operationTime(timeouts, "delete", access.openai, usualTime);
  return changeEach(
    {
      targets,
      words,
      subject: ({ id }) => subjectOf(of, access, "delete", { id }),
      async change({ id }, signal) {
        const removal = await removeOne(of, access, { id }, { signal, timeLeft });
        if (removal === "deleted") return "done";
        return removal === "gone" ? "gone" : { failed: "the API accepted the deletion, and still has it" };
      },
    },
    report,
  );
}
