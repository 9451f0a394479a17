/** A notice was not taken. `message` says why, without a secret. */
export class RefusedError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RefusedError';
  }
}
