import { hash, verify } from '@node-rs/argon2';

/** Shortest and longest password. The longest keeps a request from buying much work. */
export const PASSWORD_LENGTH = { min: 10, max: 256 };

/** Argon2id with the parameters that OWASP recommends (19 MiB, two rounds): the defaults of the library. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password);
}

let nobody: Promise<string> | undefined;

/** Whether the password is the account's. Takes as long where there is no account, or none with a password: time tells nothing either. */
export async function isPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password');
  const isRight = await verify(kept ?? (await nobody), password);
  return isRight && typeof kept === 'string';
}
