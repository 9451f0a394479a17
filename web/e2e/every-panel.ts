import type { Product } from '../../docker/product.ts';
import { postAlerts, postDossiers, postEvents, postLink, type PostedAlert } from './feed.ts';

let next = 1;
const numbers = (count: number): number[] => Array.from({ length: count }, () => next++);
const alert = (unit: string, severity?: string) => ({
  type: 'security.alert',
  unit,
  subject: `may-${severity ?? 'khong-ro'}`,
  data: { signature: `Thử ${severity ?? ''}`.trim(), ...(severity !== undefined && { severity }) },
});
const waiting = (unit: string, value: number) => ({
  type: 'reading.sample',
  unit,
  subject: `quay-${unit}`,
  data: { metric: 'queue.waiting', value, value_unit: '1' },
});
const lone = (type: 'link.up' | 'link.down', unit: string) => ({
  type,
  unit,
  subject: `tslcd-${unit}`,
  data: { from_unit: 'H49' },
});

const onset = new Date();
/** One that no rule of the product judges, so that it stays. */
const OPEN: PostedAlert = { id: 'AL-THU', unit: 'H49.12', severity: 3, text: 'Vòng đứt: 14 nơi', value: 14, onset };

/** Days ago that overdue dossiers were promised for, by unit: each age of the board is there, and a dossier of the province itself. */
const LATE = { 'H49.12': [2, 5], 'H49.02': [10, 20], 'H49.03': [45], H49: [3] } as const;

/** Posts a province in which every panel of the shipped board has something to say. */
export async function fillEveryPanel(product: Product): Promise<void> {
  for (const [unit, ages] of Object.entries(LATE))
    for (const late of ages) await postDossiers(product, unit, numbers(5), { accepted: -late - 10, due: -late });
  await postDossiers(product, 'H49.03', numbers(2), { accepted: -9, due: -1 });
  await postDossiers(product, 'H49.12', numbers(22), { accepted: -3, due: 9 });
  await postDossiers(product, 'H49.02', numbers(4), { accepted: -3, due: -2, status: 5 });
  for (const channel of [1, 2, 3])
    await postDossiers(product, 'H49.03', numbers(channel + 2), { accepted: 0, due: 5, channel });
  await postDossiers(product, 'H49.03', numbers(6), { accepted: -0.02, due: 3, finished: -0.01 });
  await postDossiers(product, 'H49.03', numbers(2), { accepted: -9, due: -4, finished: -0.01 });
  await postAlerts(product, 'firing', [OPEN]);
  await postLink(product, 'link.down', 'H49.12');
  await postLink(product, 'link.down', 'H49.12.01');
  await postEvents(product, [
    ...[lone('link.up', 'H49.02'), lone('link.up', 'H49.03'), lone('link.down', 'H49.09')],
    ...Array.from({ length: 14 }, (_, n) => alert('H49.22', n % 4 === 0 ? 'critical' : 'high')),
    ...[alert('H49.02', 'low'), alert('H49.02', 'medium'), alert('H49.02', 'high'), alert('H49.02')],
    ...[waiting('H49.02', 4), waiting('H49.03', 9)],
  ]);
}

/** Posts a little of everything: each figure moves, and some dossiers come late. */
export async function moveEveryPanel(product: Product): Promise<void> {
  await postDossiers(product, 'H49.03', numbers(2), { accepted: 0, due: 5, channel: 2 });
  await postAlerts(product, 'measured', [OPEN]);
  await postDossiers(product, 'H49.12', numbers(1), { accepted: -12, due: -2 });
  await postDossiers(product, 'H49.12', numbers(1), { accepted: -4, due: 1, finished: -0.01 });
  await postEvents(product, [
    ...[alert('H49.22', 'high'), alert('H49.02', 'low')],
    ...[waiting('H49.02', 4), lone('link.up', 'H49.02')],
  ]);
}
