import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Longer than go-plugin's minute would only hide a hang. */
const LINE_DEADLINE_MS = 20_000;

/**
 * A program under test with what it printed. Its environment is what a test gives it and the few
 * variables any program needs: nothing of the developer's Terraform or Node settings.
 */
export class PluginProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  /** Settles when the process has ended and its output is read to the end. */
  readonly exit: Promise<Exit>;
  stdout = "";
  stderr = "";

  constructor(command: readonly string[], env: NodeJS.ProcessEnv, options: { detached?: boolean } = {}) {
    const [program = "", ...args] = command;
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    this.#child = spawn(program, args, { env: { ...basicEnvironment(), ...env }, stdio, ...options });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.exit = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("close", (code, signal) => resolve({ code, signal }));
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the process did not start");
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Stops reading what the process prints, as a host does that has died. */
  closeOutput(): void {
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  /** The first line on stdout; an error with what is on stderr, should the process end without one. */
  async firstLine(): Promise<string> {
    return await new Promise((resolve, reject) => {
      const failed = (why: string) =>
        reject(new Error(`${why}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`));
      const deadline = setTimeout(() => failed("no line on stdout in time"), LINE_DEADLINE_MS);
      const look = () => {
        const end = this.stdout.indexOf("\n");
        if (end < 0) return;
        clearTimeout(deadline);
        this.#child.stdout.off("data", look);
        resolve(this.stdout.slice(0, end));
      };
      this.#child.stdout.on("data", look);
      this.exit.then(({ code, signal }) => {
        clearTimeout(deadline);
        failed(`the process ended with ${signal ?? code} before its first line`);
      }, reject);
      look();
    });
  }
}

function basicEnvironment(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
