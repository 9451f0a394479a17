import { createHash, randomBytes } from 'node:crypto';

/** A secret that cannot be guessed: 256 bits, in characters that survive an address and a header. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It has 256 bits of chance, so one round of a fast hash hides it; passwords do not, see password.ts. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
