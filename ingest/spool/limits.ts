/** Limits of a spool. */
export interface SpoolLimits {
  /** Most bytes that wait for the store. */
  spool_bytes: number;
  /** Bytes of a block: also the largest record. */
  block_bytes: number;
  /** Longest that a record waits for company before it is written, in milliseconds: what a kill -9 of the process may cost. */
  linger_ms: number;
  /** Blocks that wait in memory for the disk, and of those that wait for the store. */
  memory_blocks: number;
  segment_bytes: number;
}

/** The measured ones: see ../collect/README.md. */
export const SPOOL_LIMITS: SpoolLimits = {
  spool_bytes: 2 ** 30,
  block_bytes: 2 ** 21,
  linger_ms: 100,
  memory_blocks: 16,
  segment_bytes: 64 * 2 ** 20,
};
