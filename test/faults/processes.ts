import { readdirSync, readFileSync } from "node:fs";

/** A running process that a run of Terraform started, found by the TMPDIR it was given. */
export interface Found {
  readonly pid: number;
  readonly name: string;
  readonly commandLine: string;
}

/** The running processes whose environment has the variable. Linux only. */
export function processesWith(variable: string): Found[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        if (!environment.includes(variable)) return [];
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return [{ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, "utf8").trim(), commandLine }];
      } catch {
        // Gone in between, or another user's.
        return [];
      }
    });
}

/** The provider among them: Terraform's own process is called otherwise. */
export function providersWith(variable: string): Found[] {
  return processesWith(variable).filter(({ commandLine }) => /terraform-provider-openai/.test(commandLine));
}

/** Why tests that look into /proc cannot run here; false where they can. */
export const withoutProc = process.platform === "linux" ? false : "needs Linux's /proc";
/** Why tests that become another user cannot run here; false where they can. */
export const withoutRoot = process.getuid?.() === 0 ? false : "needs root, to become another user";
