import * as z from 'zod/mini';

/** A draft as the browser keeps it: the text, and that of the file when it was begun. */
const KeptSchema = z.object({ text: z.string(), base: z.string() });
export type KeptDraft = z.output<typeof KeptSchema>;

/** Where the draft of a board is kept. `write` tells whether there was room for it. */
export interface KeptDrafts {
  read: (id: string) => KeptDraft | undefined;
  write: (id: string, draft: KeptDraft) => boolean;
  forget: (id: string) => void;
}

const nameOf = (id: string): string => `toan-canh.draft.${id}`;

/** Keeps drafts in a storage of the browser, so that what was typed survives a reload. */
export function keepDrafts(storage: Storage): KeptDrafts {
  return {
    read: (id) => {
      try {
        return KeptSchema.parse(JSON.parse(storage.getItem(nameOf(id)) ?? ''));
      } catch {
        return undefined;
      }
    },
    write: (id, draft) => {
      try {
        storage.setItem(nameOf(id), JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    forget: (id) => storage.removeItem(nameOf(id)),
  };
}
