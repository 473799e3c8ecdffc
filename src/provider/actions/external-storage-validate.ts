import { externalStorage } from "../objects/external-storage.ts";
import { validation } from "./validation.ts";

/** Has OpenAI try whether it can use external storage. */
export const externalStorageValidate = validation({
  name: "openai_external_storage_validate",
  description:
    "Has OpenAI try whether it can use external storage of a project, and waits for the result. Ends with an error where it " +
    "cannot.",
  of: externalStorage.declaration,
  argument: "external_storage_id",
  pending: ["pending"],
  isValid: (status) =>
    status === "validated" ? true : ["degraded", "unhealthy"].includes(status) ? false : undefined,
  remedy:
    "Check in the other cloud that the storage exists, and that OpenAI's identity may read, write and delete there. " +
    "A permission that was granted a moment ago may need minutes.",
});
