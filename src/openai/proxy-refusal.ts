/** A proxy's answer that is no open tunnel. */
export class ProxyRefusal extends Error {
  readonly status: number | undefined;
  /** False where asking again gives the same answer; undefined leaves it to the status. */
  readonly shouldRetry: boolean | undefined;

  constructor(message: string, { status, shouldRetry }: { status?: number; shouldRetry?: boolean }) {
    super(message);
    this.status = status;
    this.shouldRetry = shouldRetry;
  }
}
