import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.ts";

/** What TypeScript says of one file, given from the repository's root: "" where it has nothing to complain of. */
export async function compilerErrors(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "compiler-"));
  try {
    const project = join(folder, "tsconfig.json");
    const config = {
      extends: join(root, "tsconfig.json"),
      files: [join(root, file)],
      include: [join(root, "src/**/*.d.ts")],
      compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    };
    await writeFile(project, JSON.stringify(config));
    return await run(join(root, "node_modules/typescript/bin/tsc"), ["-p", project]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(script: string, argv: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...argv], (error, stdout, stderr) => {
      resolve(error === null ? "" : `${stdout}${stderr}` || String(error));
    });
  });
}
