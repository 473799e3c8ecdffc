import { type Diagnostics, isUnknown, Path } from "../../framework/index.ts";
import type { FormField } from "../../openai/index.ts";
import { bundleOf } from "./skill-bundle.ts";

/** What a plan knows of the files of a skill. */
export interface Planned {
  readonly path: unknown;
  /** Null: there is no object yet. */
  readonly state: { readonly content_sha256: string | null } | null;
  readonly imported: boolean;
  readonly diagnostics: Diagnostics;
}

/** The hash of the files, and whether they are others than those of the object. */
export async function plannedUpload({ path, state, imported, diagnostics }: Planned) {
  if (isUnknown(path)) return state === null ? {} : { requiresReplace: ["path"] as const };
  if (typeof path !== "string") {
    if (state === null) diagnostics.addError("Missing argument", `"path" must be set to upload a skill.`);
    return {};
  }
  const bundle = await bundleOf(path, diagnostics);
  if (bundle === undefined) return {};
  const changed = state !== null && state.content_sha256 !== bundle.sha256;
  // An import cannot know what was uploaded: the first plan after it adopts what is there.
  const adopted = imported && state?.content_sha256 === null;
  return {
    plan: { content_sha256: bundle.sha256 },
    requiresReplace: changed && !adopted ? (["content_sha256"] as const) : [],
  };
}

/** The form with the files. Undefined, with an error added, where they cannot be read or are others than at plan. */
export async function uploadForm(
  path: string | null,
  planned: unknown,
  diagnostics: Diagnostics,
  more: readonly FormField[] = [],
) {
  const bundle = path === null ? undefined : await bundleOf(path, diagnostics);
  if (bundle === undefined) return undefined;
  if (typeof planned === "string" && planned !== bundle.sha256) {
    diagnostics.addAttributeError(
      Path.root.atName("path"),
      "Files changed since the plan",
      "The files are others than at plan, so that nothing was uploaded.\n\nRun terraform apply again once they are complete.",
    );
    return undefined;
  }
  const files: FormField = ["files", { filename: bundle.filename, content: bundle.zip }];
  return { fields: [...more, files], state: { content_sha256: bundle.sha256, name: bundle.name ?? null } };
}
