import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { Diff, Snapshot } from '#api/contract.ts';
import { applyDiff } from './apply-diff.ts';

/** The last good result of every key that a board uses. */
export interface KeyStore {
  /** The result of a key; undefined until its first snapshot. Each key has a reference of its own, so that only its panels draw. */
  result: (key: string) => Readonly<ShallowRef<Snapshot | undefined>>;
  /** Takes full results. They replace what is held, whatever its seq: a restarted server counts from the beginning. */
  take: (snapshots: readonly Snapshot[]) => void;
  /** Takes a change; returns the key when its whole result must be asked for. */
  apply: (diff: Diff) => string | undefined;
  /** Keys of which the server has a newer result than is held. */
  behind: (seqs: Readonly<Record<string, number>>) => string[];
  /** Forgets every key that is not among `keys`. */
  keep: (keys: readonly string[]) => void;
}

/** Makes a store. Results outlive a broken connection: they are drawn, marked as old, until better ones come. */
export function createKeyStore(): KeyStore {
  const held = new Map<string, ShallowRef<Snapshot | undefined>>();
  const slot = (key: string): ShallowRef<Snapshot | undefined> => {
    const known = held.get(key);
    if (known) return known;
    const made = shallowRef<Snapshot>();
    held.set(key, made);
    return made;
  };
  return {
    result: slot,
    take: (snapshots) => {
      for (const snapshot of snapshots) {
        const target = slot(snapshot.key);
        target.value = keepRows(target.value, snapshot);
      }
    },
    apply: (diff) => {
      const target = held.get(diff.key);
      if (!target) return undefined; // a late message of a board no longer shown
      const applied = applyDiff(target.value, diff);
      if (applied.kind === 'applied') target.value = applied.snapshot;
      return applied.kind === 'gap' ? diff.key : undefined;
    },
    behind: (seqs) =>
      Object.entries(seqs)
        .filter(([key, seq]) => held.has(key) && (held.get(key)?.value?.seq ?? -1) < seq)
        .map(([key]) => key),
    keep: (keys) => {
      const wanted = new Set(keys);
      for (const key of held.keys()) if (!wanted.has(key)) held.delete(key);
    },
  };
}

/** A server that has just started while its database is away has no rows: those that are held are the last good ones. */
function keepRows(held: Snapshot | undefined, next: Snapshot): Snapshot {
  const hasNone = next.failure !== null && next.rows.length === 0;
  return hasNone && held && held.rows.length > 0
    ? { ...next, rows: held.rows, columns: held.columns, at: held.at }
    : next;
}
