import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What a process used, as /proc reports it. Zeros where the system has no /proc. */
export interface Usage {
  /** The most resident memory of one process, in MiB. */
  readonly peakMiB: number;
  /** The most open TCP sockets of all watched processes together at one moment. */
  readonly sockets: number;
}

/** Looks at the children of a process (a CLI's providers) every 50 ms until it is asked for the result. */
export function watchChildren(parents: () => Iterable<number>): () => Usage {
  let peakMiB = 0;
  let sockets = 0;
  const timer = setInterval(() => {
    const children = [...parents()].flatMap(childrenOf);
    peakMiB = Math.max(peakMiB, ...children.map((pid) => memoryMiB(pid, "VmHWM")));
    const open = children.reduce((sum, pid) => sum + tcpSockets(pid), 0);
    sockets = Math.max(sockets, open);
  }, 50);
  return () => {
    clearInterval(timer);
    return { peakMiB: Math.round(peakMiB), sockets };
  };
}

/** A line of /proc/PID/status in MiB: `VmRSS` is the resident memory now, `VmHWM` its peak. */
export function memoryMiB(pid: number, line: "VmRSS" | "VmHWM"): number {
  const status = read(`/proc/${pid}/status`);
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

/** Whether a thread of the process runs, or waits for a processor or a disk. False where the system has no /proc. */
export function isBusy(pid: number): boolean {
  // The state follows the name, which is in brackets and may have some of its own.
  return tasksOf(pid).some((task) => /\) [RD] [^)]*$/.test(read(`/proc/${pid}/task/${task}/stat`)));
}

/** The process's open TCP sockets: those of its descriptors that the kernel's TCP table has. */
export function tcpSockets(pid: number): number {
  const inodes = descriptors(pid).flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
  if (inodes.length === 0) return 0;
  const lines = `${read(`/proc/${pid}/net/tcp`)}${read(`/proc/${pid}/net/tcp6`)}`.split("\n");
  const known = new Set(lines.map((line) => line.trim().split(/\s+/)[9]));
  return inodes.filter((inode) => known.has(inode)).length;
}

/** What the process's descriptors lead to. */
export function descriptors(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function childrenOf(parent: number): number[] {
  return tasksOf(parent).flatMap((task) =>
    read(`/proc/${parent}/task/${task}/children`).split(" ").filter(Boolean).map(Number),
  );
}

/** The process's threads; none when it has ended. */
function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty for a process that has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
