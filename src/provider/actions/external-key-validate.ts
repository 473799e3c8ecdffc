import { externalKey } from "../objects/external-key.ts";
import { validation } from "./validation.ts";

/* The API's types say of the status only that it is a string. */

const works = /^(?:ok|success(?:ful)?|succeeded|valid|validated|verified|healthy|active|passed)$/i;
const fails =
  /fail|invalid|error|unhealthy|degraded|denied|disabled|unauthor|unreachable|unavailable|inaccessible|revoked|rejected|expired|not_|timed?_?out/i;

/** Has OpenAI try whether it can use an external key. */
export const externalKeyValidate = validation({
  name: "openai_external_key_validate",
  description:
    "Has OpenAI try whether it can use an external key of the organization. Ends with an error that quotes the API where it " +
    "cannot.",
  of: externalKey.declaration,
  argument: "external_key_id",
  isValid: (status) => (works.test(status) ? true : fails.test(status) ? false : undefined),
  remedy:
    "Check in the other cloud that the key exists and is enabled, and that OpenAI's identity may encrypt and decrypt with it. " +
    "A permission that was granted a moment ago may need minutes.",
});
