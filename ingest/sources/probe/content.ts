import { hash } from 'node:crypto';
import type { WebTarget } from '../../schema/probe.ts';

/** The digest of what is looked at in a page: without what changes by itself, and however it is spaced. */
export function digestOf(page: string, { select, ignore }: NonNullable<WebTarget['content']>): string {
  const found = select === undefined ? undefined : new RegExp(select, 'su').exec(page);
  const part = select === undefined ? page : (found?.[1] ?? found?.[0] ?? '');
  const steady = ignore.reduce((text, pattern) => text.replaceAll(new RegExp(pattern, 'gsu'), ''), part);
  return hash('sha256', steady.replaceAll(/\s+/g, ' ').trim());
}
