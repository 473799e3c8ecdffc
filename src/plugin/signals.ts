/**
 * Signals while a host runs the plugin. Ctrl-C reaches the whole process group, but what to do about
 * it is the host's decision: it calls StopProvider, lets calls in flight end, then sends Shutdown
 * (go-plugin/server.go swallows interrupts for the same reason). SIGTERM and SIGHUP end the plugin.
 * On SIGUSR1 Node would open its inspector to every user of the machine; in debug mode it may.
 */
export function ignoreInterrupt(stop: () => void): void {
  process.on("SIGINT", () => {});
  process.on("SIGUSR1", () => {});
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
}

/** Signals in debug mode, where a person owns the process: each of them ends it. */
export function stopOnInterrupt(stop: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}
