import { oneOf, string } from "../../framework/index.ts";
import { wired } from "../api/wire.ts";

/* What the data retention of the organization and of a project share. */

const types = [
  "none",
  "zero_data_retention",
  "modified_abuse_monitoring",
  "enhanced_zero_data_retention",
  "enhanced_modified_abuse_monitoring",
] as const;

/** `type`, one of these and of `more`. Requests call it otherwise than answers. */
export function retentionType(...more: readonly string[]) {
  const all = [...more, ...types];
  const words = all.map((each) => `\`${each}\``);
  return wired(
    string({
      required: true,
      validate: [oneOf(...all)],
      description: `What is kept of requests and answers: ${words.slice(0, -1).join(", ")} or ${words.at(-1)}.`,
    }),
    { member: "retention_type", answer: "type" },
  );
}
