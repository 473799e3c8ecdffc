import type { PreparedAnswers, RpcName } from "./tfplugin6/raw-service.ts";

/** RPCs whose answer is the same in every process: the build asks each once (scripts/build/answers.mjs). */
export const preparedRpcs = [
  "GetProviderSchema",
  "GetMetadata",
  "GetResourceIdentitySchemas",
  "GetFunctions",
] as const satisfies readonly RpcName[];

/** The file of a build, beside its scripts. */
export const answersFile = "answers.bin";

/** Reads a file of the build; scripts get it from what starts them (scripts/build/scripts.mjs). */
declare const fileOfBuild: ((name: string) => Buffer) | undefined;

/** The answers of the build, read at the first call that has one; undefined outside of one. */
export function preparedAnswers(): PreparedAnswers | undefined {
  if (typeof fileOfBuild === "undefined") return undefined;
  const read = fileOfBuild;
  let answers: ReadonlyMap<string, Buffer> | undefined;
  return (name) => {
    if (!isPrepared(name)) return undefined;
    answers ??= unpack(read(answersFile));
    return answers.get(name);
  };
}

function isPrepared(name: string): boolean {
  return preparedRpcs.some((each) => each === name);
}

/** Answers as one file: for each its RPC's name and its length in bytes, as a line of JSON; then all bytes. */
export function pack(answers: ReadonlyMap<string, Buffer>): Buffer {
  const lengths = [...answers].map(([name, { length }]) => [name, length]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(lengths)}\n`), ...answers.values()]);
}

/** Throws Error where the file is not whole. */
export function unpack(file: Buffer): Map<string, Buffer> {
  const head = file.indexOf("\n") + 1;
  const lengths: [string, number][] = head === 0 ? [] : JSON.parse(file.toString("latin1", 0, head));
  let position = head;
  const answers = lengths.map(([name, length]): [string, Buffer] => {
    const bytes = file.subarray(position, position + length);
    position += length;
    return [name, bytes];
  });
  if (head === 0 || position !== file.length)
    throw new Error(
      `The installation of this provider is damaged: ${answersFile} is cut off. Install it again.`,
    );
  return new Map(answers);
}
