/** Events of a province for the benches: NDJSON of CloudEvents, every id once, in the mix of families that a day brings. */

const PROCEDURES = ['Đăng ký khai sinh', 'Cấp giấy phép xây dựng', 'Đăng ký biến động đất đai', 'Chứng thực chữ ký'];
const UNITS = Array.from({ length: 14 }, (_, index) => `H49.${String(index + 1).padStart(2, '0')}`);

/** The kinds of event that a bench can send. */
export type EventKind = 'dossier' | 'link' | 'security' | 'reading';
export const EVENT_KINDS = ['dossier', 'link', 'security', 'reading'] as const;

/** One event as a line. `n` makes it unique under `prefix`; `time` is epoch milliseconds. */
export function eventLine(kind: EventKind, prefix: string, n: number, time: number): string {
  const unit = UNITS[n % UNITS.length] ?? 'H49';
  const envelope = {
    specversion: '1.0',
    id: `${prefix}-${n}`,
    source: `bench-${kind}`,
    time: new Date(time).toISOString(),
    unit,
  };
  return JSON.stringify({ ...envelope, ...BODIES[kind](unit, n, time) });
}

const BODIES: Record<EventKind, (unit: string, n: number, time: number) => object> = {
  dossier: (unit, n, time) => ({
    type: 'dossier.received',
    subject: `${unit}-${new Date(time).toISOString().slice(2, 10).replaceAll('-', '')}-${n % 1_000_000}`,
    data: {
      due_at: new Date(time + 5 * 86_400_000).toISOString(),
      procedure_code: `1.00${n % 4}154`,
      procedure_name: PROCEDURES[n % PROCEDURES.length],
      field_code: `G${n % 9}`,
      field_name: 'Hộ tịch',
      channel: 1 + (n % 3),
      applicant_kind: 1,
    },
  }),
  link: (unit, n) => ({
    type: 'link.sample',
    subject: `tslcd-${unit}-${n % 22}`,
    data: {
      from_unit: 'H49',
      ring: 'vong-van-don',
      latency_ms: 2 + (n % 9),
      loss_ratio: 0,
      rx_bps: 1e6 + n,
      tx_bps: 2e6,
    },
  }),
  security: (_unit, n) => ({
    type: 'security.record',
    subject: `10.49.${n % 200}.7`,
    data: {
      category: 'Potentially Bad Traffic',
      signature: `ET POLICY rule ${n % 500}`,
      asset: `10.49.${n % 200}.7`,
      action: 'allowed',
    },
  }),
  reading: (_unit, n) => ({
    type: 'reading.sample',
    subject: `sensor-${n % 400}`,
    data: { metric: 'air.pm25', value: (n % 900) / 10, value_unit: 'ug/m3', place: 'Trạm quan trắc' },
  }),
};

/** A batch of one kind, as a request body. */
export function eventBatch(kind: EventKind, prefix: string, size: number, time: number): string {
  let text = '';
  for (let n = 0; n < size; n++) text += `${eventLine(kind, prefix, n, time)}\n`;
  return text;
}
