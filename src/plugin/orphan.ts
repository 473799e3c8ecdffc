import type { Duplex } from "node:stream";

/** How often the parent is looked at; one getppid(2) each. */
const PARENT_POLL_MS = 1000;
/** How long after its last client has gone a plugin waits for another. */
const CLIENT_GRACE_MS = 2000;

export interface OrphanWatchOptions {
  /** Whether further hosts may connect after the last one has left. */
  readonly shared: boolean;
}

/**
 * Notices that the host has gone without a word: killed, out of memory, crashed. Go plugins do not,
 * and stay behind for ever. Two signs are taken: the parent process has ended, and no client is
 * connected any more once there was one. The second is no sign in a process that hosts share. The
 * end of stdin is no sign, since it is closed from the beginning under `</dev/null`; nor is a parent
 * of 1, which is how it looks in a container.
 */
export class OrphanWatch {
  readonly #shared: boolean;
  readonly #abandoned: (why: string) => void;
  #clients = 0;
  #grace: NodeJS.Timeout | undefined;

  constructor({ shared }: OrphanWatchOptions, abandoned: (why: string) => void) {
    this.#shared = shared;
    this.#abandoned = abandoned;
    const parent = process.ppid;
    const poll = setInterval(() => {
      if (hasEnded(parent)) abandoned("the process that started this plugin is gone");
    }, PARENT_POLL_MS);
    poll.unref();
  }

  /** Takes notice of an accepted client; a refused one must not be passed, it would start the clock. */
  clientConnected(connection: Duplex): void {
    if (this.#shared) return;
    this.#clients += 1;
    clearTimeout(this.#grace);
    connection.once("close", () => {
      this.#clients -= 1;
      if (this.#clients > 0) return;
      this.#grace = setTimeout(() => this.#abandoned("the last client has disconnected"), CLIENT_GRACE_MS);
      this.#grace.unref();
    });
  }
}

/** Elsewhere than on Windows the orphans of a process get another parent. */
export function hasEnded(parent: number, platform = process.platform): boolean {
  if (platform !== "win32") return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch (error) {
    // A process of another user, which may not be asked, runs.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
