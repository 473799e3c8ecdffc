import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { root } from "../support/root.ts";

/** What go-cty made of a value: both of its forms, or why it takes none. */
export type Verdict =
  | { readonly accepted: true; readonly msgpack: Buffer; readonly json: string | undefined }
  | { readonly accepted: false; readonly reason: string; readonly panicked: boolean };

/** A value in one of the two forms. */
export type Encoded = { readonly msgpack: Uint8Array } | { readonly json: string | Uint8Array };

const source = join(root, "test", "oracle", "go-cty");

/** The program in test/oracle/go-cty, which asks the real go-cty. */
export class Oracle {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: ((line: string) => void)[] = [];

  private constructor(executable: string) {
    this.#child = spawn(executable, { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
    this.#child.on("exit", () => {
      for (const answer of this.#waiting.splice(0)) answer('{"error":"the oracle ended"}');
    });
  }

  static start(executable: string): Oracle {
    return new Oracle(executable);
  }

  /** Reads the value as the type of this JSON form, and writes it again. */
  async ask(typeJSON: string, value: Encoded): Promise<Verdict> {
    const [form, bytes] = "msgpack" in value ? ["msgpack", value.msgpack] : ["json", value.json];
    const hex = Buffer.from(bytes).toString("hex");
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#child.stdin.write(`{"type":${typeJSON},"${form}":"${hex}"}\n`);
    return verdict(JSON.parse(await answer));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin.end();
    await ended;
  }
}

interface Answer {
  readonly error?: string;
  readonly panic?: string;
  readonly msgpack?: string;
  readonly json?: string;
}

function verdict({ error, panic, msgpack, json }: Answer): Verdict {
  if (msgpack === undefined) {
    return { accepted: false, reason: panic ?? error ?? "no answer", panicked: panic !== undefined };
  }
  const text = json === undefined ? undefined : Buffer.from(json, "hex").toString("utf8");
  return { accepted: true, msgpack: Buffer.from(msgpack, "hex"), json: text };
}

/**
 * Builds the oracle, unless its source was built before. Gives the executable, or the reason for which
 * this machine cannot build it: no `go`, or no way to the Go proxy. Throws when the program does not build.
 */
export function buildOracle(): { readonly executable: string } | { readonly skip: string } {
  const hash = createHash("sha256");
  for (const file of ["main.go", "go.mod", "go.sum"]) hash.update(readFileSync(join(source, file)));
  const folder = join(root, "dist", "oracle");
  const executable = join(folder, `oracle-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(executable)) return { executable };

  const version = go(["version"]);
  if (version === undefined) return { skip: "there is no `go` on this machine to build the oracle with" };
  const modules = go(["mod", "download"]);
  if (
    modules?.status !== 0 &&
    /dial tcp|no such host|i\/o timeout|proxyconnect/.test(modules?.stderr ?? "")
  ) {
    return { skip: `the Go modules cannot be downloaded: ${modules?.stderr.trim().split("\n")[0]}` };
  }
  mkdirSync(folder, { recursive: true });
  // Renamed at the end: test runs side by side never start half a program.
  const unfinished = `${executable}.${process.pid}`;
  const built = go(["build", "-trimpath", "-o", unfinished, "."]);
  if (built?.status !== 0) throw new Error(`go build failed: ${built?.stderr}`);
  renameSync(unfinished, executable);
  return { executable };
}

function go(args: readonly string[]): { status: number | null; stderr: string } | undefined {
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local" };
  const { status, stderr, error } = spawnSync("go", args, { cwd: source, env, encoding: "utf8" });
  return error === undefined ? { status, stderr } : undefined;
}
