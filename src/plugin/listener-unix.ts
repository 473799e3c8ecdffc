import { unlinkSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { admitGroup } from "./socket-group.ts";

/** sun_path of sockaddr_un less its final zero byte: 108 bytes on Linux, 104 on macOS and the BSDs. */
export const SOCKET_PATH_LIMIT = process.platform === "linux" ? 107 : 103;

/** Only the owner may connect; a host that names a group widens it for that group alone. */
const OWNER_ONLY_UMASK = 0o177;

export interface UnixPlace {
  readonly address: string;
  remove(): void;
}

/**
 * Listens on a new socket file in PLUGIN_UNIX_SOCKET_DIR, else in the temporary directory, else in
 * /tmp; nobody but the owner may connect from the moment it exists. With PLUGIN_UNIX_SOCKET_GROUP,
 * a name or a number, that group may too (go-plugin/server.go, serverListener_unix).
 *
 * @throws {Error} with a message for people
 */
export async function listenUnix(server: Server, env: NodeJS.ProcessEnv): Promise<UnixPlace> {
  const asked = env.PLUGIN_UNIX_SOCKET_DIR ?? "";
  const directories =
    asked === "" ? [...new Set([env.TMPDIR || env.TMP || env.TEMP || "/tmp", "/tmp"])] : [asked];
  const problems: string[] = [];
  for (const directory of directories) {
    let path = "";
    let problem: Problem | undefined;
    // A name may be another process's, or left by one that was killed: another one then, as Go takes.
    for (let names = 0; names === 0 || (problem?.taken === true && names < mostNames); names += 1) {
      path = join(directory, `plugin${randomName()}`);
      problem = await tryPath(server, path);
    }
    if (problem !== undefined) {
      problems.push(problem.message);
      continue;
    }
    const remove = () => removeFile(path);
    try {
      admitGroup(path, env.PLUGIN_UNIX_SOCKET_GROUP ?? "");
    } catch (error) {
      server.close();
      remove();
      throw error;
    }
    return { address: path, remove };
  }
  const variable = asked === "" ? "TMPDIR" : "PLUGIN_UNIX_SOCKET_DIR";
  throw new Error(
    `No Unix socket to listen on: ${problems.join("; ")}. Set ${variable} to a short path of a ` +
      "directory this user may write to, or PLUGIN_NETWORK to tcp.",
  );
}

/** Names that are tried in one directory. */
const mostNames = 100;

interface Problem {
  readonly message: string;
  readonly taken: boolean;
}

/** Ten digits, as Go names temporary files; taken names are refused by the system, never replaced. */
function randomName(): string {
  return Math.floor(Math.random() * 1e10)
    .toString()
    .padStart(10, "0");
}

async function tryPath(server: Server, path: string): Promise<Problem | undefined> {
  const length = Buffer.byteLength(path);
  if (length > SOCKET_PATH_LIMIT) {
    return {
      message: `${path} has ${length} bytes, and the system allows ${SOCKET_PATH_LIMIT}`,
      taken: false,
    };
  }
  return await new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resolve({ message: error.message, taken: error.code === "EADDRINUSE" });
    server.once("error", failed);
    // The file is made within this very call, so that no other code runs under the umask.
    const umask = process.umask(OWNER_ONLY_UMASK);
    try {
      server.listen(path, () => {
        server.off("error", failed);
        resolve(undefined);
      });
    } finally {
      process.umask(umask);
    }
  });
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone.
  }
}
