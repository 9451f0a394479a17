import type { DossierType } from '../../schema/dossier.ts';
import type { SentDossier } from './dossier.ts';

/** One thing that a snapshot says happened. */
export interface Fact {
  /** Which of the snapshot's statements it is; part of the key. */
  name: string;
  type: DossierType;
  /** National status code that it leads to; 0 when it leads to none. */
  status: number;
  /** Epoch ms, UTC. */
  at: number;
  /** The promise that holds from then on; null when nothing is said of it. */
  due: number | null;
  /** An end without a date of its own: `at` is then the latest date that is known, and it is taken to have happened when it was first heard of. */
  isUndated?: boolean;
}

/** Of two statuses of the same instant the one further right wins. The same order as in `0003_dossier.sql`. */
const RANK = [0, 1, 2, 5, 6, 4, 8, 3, 7, 9, 10];

/** The type of an event that is known by its status alone. */
const TYPE_OF: Readonly<Record<number, DossierType>> = {
  3: 'dossier.rejected',
  5: 'dossier.paused',
  6: 'dossier.paused',
  7: 'dossier.withdrawn',
  8: 'dossier.stopped',
  9: 'dossier.finished',
  10: 'dossier.returned',
};

/**
 * The facts of a snapshot, oldest first. Every fact has the same content whenever the snapshot says it, so a snapshot that is sent
 * again adds nothing, and a newer one only what is new.
 *
 * The last fact carries the promise that holds now. Where the facts do not lead to the status that the snapshot states, one more does, at the latest
 * date that the snapshot carries: the snapshot was taken no earlier, and any other choice (the time of arrival) would differ each time it is sent. An end
 * is told apart: at the latest date it would nearly always be one in time, and nobody said so.
 */
export function expand(sent: SentDossier): Fact[] {
  const promise = promisesOf(sent);
  const facts: Fact[] = [];
  const add = (name: string, type: DossierType, status: number, at: number | null, due: number | null = null) => {
    if (at !== null) facts.push({ name, type, status, at, due });
  };
  add('submitted', 'dossier.submitted', 1, sent.NgayNopHoSo);
  add('received', 'dossier.received', 2, sent.NgayTiepNhan, promise.first);
  for (const supplement of sent.DanhSachHoSoBoSung) {
    add('paused', 'dossier.paused', 5, supplement.NgayBoSung);
    add('resumed', 'dossier.resumed', 4, supplement.NgayTiepNhanBoSung, supplement.NgayHenTraMoi);
  }
  add('rejected', 'dossier.rejected', 3, sent.NgayTuChoi);
  add('finished', 'dossier.finished', 9, sent.NgayKetThucXuLy);
  add('returned', 'dossier.returned', 10, sent.NgayTra);
  facts.sort(inOrder);

  const last = facts.at(-1);
  if (!last) return facts;
  const status = sent.TrangThaiHoSo ?? last.status;
  if (status !== last.status) {
    const wins = rankOf(status) > rankOf(last.status);
    // the format counts whole seconds, so the millisecond is free to say "after all of that"
    const at = wins ? last.at : last.at + 1;
    const type = TYPE_OF[status] ?? 'dossier.step';
    facts.push({ name: 'status', type, status, at, due: null, isUndated: isEnd(status) && !isEnd(last.status) });
  }
  const newest = facts.at(-1);
  if (newest?.due === null) newest.due = promise.now;
  return facts;
}

/** Statuses that end a dossier. */
const ENDS = new Set([3, 7, 8, 9, 10]);

/** True of a status that ends a dossier. */
export const isEnd = (status: number): boolean => ENDS.has(status);

const rankOf = (status: number): number => RANK.indexOf(status);

const inOrder = (left: Fact, right: Fact): number => left.at - right.at || rankOf(left.status) - rankOf(right.status);

/**
 * What was promised first, and what is promised now. `NgayHenTra` is the one or the other, as vendors differ: it is an old promise when a supplement names it
 * as the promise before, or when a supplement moved the promise and says nothing of the one before.
 */
function promisesOf(sent: SentDossier): { first: number | null; now: number | null } {
  const moved = sent.DanhSachHoSoBoSung.filter((supplement) => supplement.NgayHenTraMoi !== null).sort(
    (left, right) => (left.NgayTiepNhanBoSung ?? 0) - (right.NgayTiepNhanBoSung ?? 0),
  );
  const newest = moved.at(-1);
  if (!newest) return { first: sent.NgayHenTra, now: sent.NgayHenTra };
  const before = moved.flatMap(({ NgayHenTraTruoc }) => (NgayHenTraTruoc === null ? [] : [NgayHenTraTruoc]));
  const isOld = sent.NgayHenTra === null || before.length === 0 || before.includes(sent.NgayHenTra);
  const isAsMoved = sent.NgayHenTra === newest.NgayHenTraMoi;
  return {
    first: before[0] ?? (isAsMoved ? null : sent.NgayHenTra),
    now: isOld ? newest.NgayHenTraMoi : sent.NgayHenTra,
  };
}
