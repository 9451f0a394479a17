import { z } from 'zod';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Rows } from '../../contract.ts';
import { toRecords } from '../records.ts';
import { FILTER_PARAMS } from './filter.ts';
import { dossierQuery, type DossierQuery } from './queries.ts';
import { MOST_LINES } from './summary-query.ts';

/** What the lines of the form are. */
export const FORM_BY = ['field', 'procedure', 'unit'] as const;
export type FormBy = (typeof FORM_BY)[number];

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const COUNTS = [
  'new_online',
  'new_other',
  'carried',
  'early',
  'on_time',
  'late',
  'open_in_time',
  'open_late',
  'set_aside',
] as const;

/** The counts of form-06a.sql. */
export function formQuery(): DossierQuery {
  return dossierQuery('form-06a.sql', {
    description: 'Biểu 06a: dossiers received, finished and in progress in a period',
    params: {
      ...FILTER_PARAMS,
      by: { type: 'String', default: 'field', allowed: [...FORM_BY] },
      from: { type: 'Float64', default: 0 },
    },
    rows: { key: text, label: text, ...Object.fromEntries(COUNTS.map((name) => [name, number])) },
    max_rows: MOST_LINES,
  });
}

const LineSchema = z.object({
  key: z.string(),
  label: z.string(),
  new_online: z.int(),
  new_other: z.int(),
  carried: z.int(),
  early: z.int(),
  on_time: z.int(),
  late: z.int(),
  open_in_time: z.int(),
  open_late: z.int(),
  /** Of those on time: withdrawn or stopped, which lists of the desk do not call finished. */
  set_aside: z.int(),
});

/** The heading of the form above its lines: groups of columns, columns, and their numbers as the form gives them. */
export const FORM_HEADS: readonly (readonly string[])[] = [
  [
    'STT',
    'Nội dung',
    'Số lượng hồ sơ tiếp nhận',
    '',
    '',
    '',
    'Số lượng hồ sơ đã giải quyết',
    '',
    '',
    '',
    'Số lượng hồ sơ đang giải quyết',
    '',
    '',
  ],
  [
    '',
    '',
    'Tổng số',
    'Trong kỳ: trực tuyến',
    'Trong kỳ: trực tiếp, dịch vụ bưu chính',
    'Từ kỳ trước',
    'Tổng số',
    'Trước hạn',
    'Đúng hạn',
    'Quá hạn',
    'Tổng số',
    'Trong hạn',
    'Quá hạn',
  ],
  [
    '(1)',
    '(2)',
    '(3)=(4)+(5)+(6)',
    '(4)',
    '(5)',
    '(6)',
    '(7)=(8)+(9)+(10)',
    '(8)',
    '(9)',
    '(10)',
    '(11)=(12)+(13)',
    '(12)',
    '(13)',
  ],
];
/** Columns of the first heading that one cell spans, from and to, counted from 1. */
export const FORM_SPANS: readonly (readonly [from: number, to: number])[] = [
  [3, 6],
  [7, 10],
  [11, 13],
];

/** The lines of the form, the total last; numbers are numbers. */
export function formLines(answer: Rows, units: UnitIndex): (string | number)[][] {
  const names = new Map(units.units.map(({ path, name }) => [path, name]));
  const lines = z.array(LineSchema).parse(toRecords(answer));
  const total = lines.reduce<Record<(typeof COUNTS)[number], number>>(
    (sum, line) => {
      for (const name of COUNTS) sum[name] += line[name];
      return sum;
    },
    {
      new_online: 0,
      new_other: 0,
      carried: 0,
      early: 0,
      on_time: 0,
      late: 0,
      open_in_time: 0,
      open_late: 0,
      set_aside: 0,
    },
  );
  return [
    ...lines.map((line, index) => [index + 1, names.get(line.key) ?? (line.label || line.key || '—'), ...cells(line)]),
    ['', 'Tổng số', ...cells(total)],
  ];
}

function cells(line: Record<(typeof COUNTS)[number], number>): number[] {
  const { new_online, new_other, carried, early, on_time, late, open_in_time, open_late } = line;
  return [
    ...[new_online + new_other + carried, new_online, new_other, carried],
    ...[early + on_time + late, early, on_time, late],
    ...[open_in_time + open_late, open_in_time, open_late],
  ];
}

/** What the form counts otherwise than the desk's lists, in words and with its number. */
export function formNote(answer: Rows): string {
  const lines = z.array(LineSchema).parse(toRecords(answer));
  const count = lines.reduce((sum, { set_aside }) => sum + set_aside, 0);
  return `Giải quyết đúng hạn (9) gồm ${count} hồ sơ công dân rút hoặc dừng xử lý, theo biểu; Bàn trực liệt kê riêng, không tính vào “Đã giải quyết”`;
}
