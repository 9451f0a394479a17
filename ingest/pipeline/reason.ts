import type { z } from 'zod';

/** The first things that are wrong, in words: `data.status: Too big: expected number to be <=10`. */
export function reasonOf(error: z.ZodError, prefix = ''): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
      return path === '' ? issue.message : `${path}: ${issue.message}`;
    })
    .join('; ');
}
