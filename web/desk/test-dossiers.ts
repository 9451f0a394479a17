import type { Chase } from '#api/contract-chases.ts';
import type {
  DossierDetail,
  DossierGroup,
  DossierPage,
  DossierRow,
  RulesReply,
  SummaryBy,
  SummaryReply,
} from '#api/contract-dossiers.ts';

/** The instant of the replies for tests: 21/11/2026 09:41:27 in Việt Nam, a Saturday. */
export const TEST_AT = Date.parse('2026-11-21T02:41:27Z');

/** A dossier for tests: of Vân Đồn, two hours late. */
export function dossier(id: string, change: Partial<DossierRow> = {}): DossierRow {
  return {
    dossier_id: id,
    unit: 'H49.12',
    unit_path: '/H49/H49.12/',
    status: 4,
    since: TEST_AT - 8.64e7,
    outcome: 'open_overdue',
    accepted_at: TEST_AT - 9e8,
    due_at: TEST_AT - 7.2e6,
    first_due_at: TEST_AT - 7.2e6,
    finished_at: null,
    returned_at: null,
    supplement_requests: 0,
    procedure_code: '1.003560',
    procedure_name: 'Đăng ký khai sinh',
    field_code: 'G15-TP01',
    field_name: 'Hộ tịch',
    channel: 2,
    handler_path: '/H49/H49.12/',
    handler: 'H49.12',
    step_holder: 'Phòng Tư pháp',
    simulated: 1,
    ...change,
  };
}

/** A page of a list for tests. */
export function page(rows: DossierRow[], change: Partial<DossierPage> = {}): DossierPage {
  return { at: TEST_AT, rule: 'province', count: rows.length, rows, next: null, ...change };
}

/** Counts for tests: 0 but for what is given. */
export function counts(change: Partial<Record<DossierGroup, number>> = {}): Record<DossierGroup, number> {
  return {
    received: 0,
    open: 0,
    running: 0,
    finished: 0,
    unknown: 0,
    waiting: 0,
    open_in_time: 0,
    open_due_soon: 0,
    open_overdue: 0,
    paused: 0,
    finished_early: 0,
    finished_on_time: 0,
    finished_late: 0,
    withdrawn: 0,
    rejected: 0,
    stopped: 0,
    ...change,
  };
}

/** A summary for tests; without `by` its one line. */
export function summary(
  by: SummaryBy | null,
  lines: { key: string; label?: string; counts: Partial<Record<DossierGroup, number>> }[],
): SummaryReply {
  return {
    at: TEST_AT,
    rule: 'province',
    by,
    lines: lines.map((line) => ({ key: line.key, label: line.label ?? '', counts: counts(line.counts) })),
  };
}

/** A chase for tests: to Vân Đồn, sent an hour ago. */
export function chase(id: string, change: Partial<Chase> = {}): Chase {
  return {
    chase_id: id,
    unit: 'H49.12',
    unit_path: '/H49/H49.12/',
    state: 'sent',
    dossier_ids: ['H49.12-261101-0001'],
    text: 'Đề nghị giải quyết.',
    sent_at: TEST_AT - 3.6e6,
    sent_by: 'Trực ban',
    deadline_at: TEST_AT + 8.64e7,
    acknowledged_at: null,
    acknowledged_by: '',
    answered_at: null,
    answered_by: '',
    answer: '',
    closed_at: null,
    closed_by: '',
    escalated_at: null,
    simulated: 0,
    steps: ['answer', 'close'],
    ...change,
  };
}

/** A dossier in detail for tests: paused for a day, promised a working day later than we would. */
export function detail(id: string, change: Partial<DossierDetail> = {}): DossierDetail {
  const HOUR = 3_600_000;
  const step = { source: 'dvcqg', due_at: null, step_holder: '', handler: '', simulated: 0 };
  return {
    at: TEST_AT,
    dossier: dossier(id),
    applicant_kind: 1,
    pauses: [{ from: TEST_AT - 100 * HOUR, to: TEST_AT - 76 * HOUR, status: 5 }],
    clock: {
      own_due_at: TEST_AT - 10 * HOUR,
      own_due_from: 'limit',
      source_due_at: TEST_AT - 2 * HOUR,
      difference_ms: 8 * HOUR,
      difference_working_ms: 8 * HOUR,
      paused_ms: 24 * HOUR,
      paused_working_ms: 8 * HOUR,
      used_working_ms: 26 * HOUR,
      left_working_ms: -10 * HOUR,
      source_left_working_ms: -2 * HOUR,
      day_working_ms: 8 * HOUR,
    },
    other_units: [],
    may_see_applicant: false,
    judgements: [
      { rule: 'province', outcome: 'open_due_soon', on_time: true },
      { rule: '766', outcome: 'open_overdue', on_time: false },
    ],
    forecast: null,
    steps: [
      {
        ...step,
        type: 'dossier.received',
        observed_at: TEST_AT - 250 * HOUR,
        received_at: TEST_AT - 250 * HOUR,
        status: 2,
      },
      {
        ...step,
        type: 'dossier.paused',
        observed_at: TEST_AT - 100 * HOUR,
        received_at: TEST_AT - 90 * HOUR,
        status: 5,
      },
      {
        ...step,
        type: 'dossier.resumed',
        observed_at: TEST_AT - 76 * HOUR,
        received_at: TEST_AT - 76 * HOUR,
        status: 4,
      },
    ],
    ...change,
  };
}

/** The rule sets for tests. */
export const TEST_RULES: RulesReply = {
  rules: [
    {
      id: 'province',
      name: { vi: 'Thống kê tỉnh', en: 'Provincial statistics' },
      definition: { vi: 'So sánh theo ngày.', en: 'Days are compared.' },
    },
    { id: '766', name: { vi: '766', en: '766' }, definition: { vi: 'So sánh cả giờ.', en: 'Instants are compared.' } },
  ],
  outcomes: [{ id: 'open_overdue', name: { vi: 'Đang giải quyết, quá hạn', en: 'Open, overdue' } }],
};
