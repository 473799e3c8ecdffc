/** The types of other providers' resources that keep the same object, and what they call its attributes. */
export interface ForeignTypes {
  /** The types by the end of their provider's address. */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /**
   * For an attribute that has another name there: its names, the first that has a value counts. A name with dots is one
   * within an object, or within a list of one.
   */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

const mkdev = "mkdev-me/openai";

/** By the names of this provider's resources. */
export const foreignTypes: Readonly<Record<string, ForeignTypes>> = {
  openai_chat_completion: {
    from: { [mkdev]: ["openai_chat_completion"] },
    names: { id: ["chat_completion_id"] },
  },
  openai_file: { from: { [mkdev]: ["openai_file"] }, names: { path: ["file"] } },
  openai_vector_store: { from: { [mkdev]: ["openai_vector_store"] } },
  openai_vector_store_file: { from: { [mkdev]: ["openai_vector_store_file"] } },
  openai_vector_store_file_batch: { from: { [mkdev]: ["openai_vector_store_file_batch"] } },
  openai_batch: { from: { [mkdev]: ["openai_batch"] } },
};
