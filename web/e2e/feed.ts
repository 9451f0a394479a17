import type { Product } from '../../docker/product.ts';

/** An instant in the national format: `yyyyMMddHHmmss`, local to the province. */
export function nationalTime(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
    .format(instant)
    .replace(/\D/g, '');
}

async function post(product: Product, path: string, type: string, body: string): Promise<unknown> {
  const reply = await fetch(product.ingest_url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.token}`, 'content-type': type },
    body,
  });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** When the posted dossiers are accepted, promised for and, if they are, finished, in days from now; the status they are in and how they were filed. */
interface Days {
  accepted: number;
  due: number;
  finished?: number;
  /** One of the ten of the national format. @default 2, or 9 where it is finished */
  status?: number;
  /** 1 at the desk, 2 online, 3 by post. @default 1 */
  channel?: number;
}

/** Posts dossiers of a unit in the national format: received just now and promised in five days unless `days` says otherwise. */
export async function postDossiers(
  product: Product,
  unit: string,
  numbers: readonly number[],
  days: Days = { accepted: 0, due: 5 },
): Promise<void> {
  const posted = Date.now();
  const inDays = (count: number): Date => new Date(posted + count * 86_400_000);
  const now = inDays(days.accepted);
  const due = inDays(days.due);
  const data = numbers.map((number) => ({
    MaHoSo: `${unit}-${nationalTime(now).slice(2, 8)}-${String(number).padStart(4, '0')}`,
    MaTTHC: '1.012783',
    TenTTHC: 'Cấp đổi Giấy chứng nhận',
    MaLinhVuc: 'G13-TN02',
    TenLinhVuc: 'Đất đai',
    KenhThucHien: String(days.channel ?? 1),
    NgayTiepNhan: nationalTime(now),
    NgayHenTra: nationalTime(due),
    TrangThaiHoSo: String(days.status ?? (days.finished === undefined ? 2 : 9)),
    ...(days.finished !== undefined && { NgayKetThucXuLy: nationalTime(inDays(days.finished)) }),
  }));
  await post(
    product,
    '/v1/dvcqg',
    'application/json',
    JSON.stringify({ service: 'DongBoHoSoMC', isUpdating: 'False', data }),
  );
}

/** One event of a unit, that happens now. */
interface UnitEvent {
  type: string;
  unit: string;
  subject: string;
  data: Record<string, unknown>;
}

let posted = 0;

/** Posts CloudEvents. */
export async function postEvents(product: Product, events: readonly UnitEvent[]): Promise<void> {
  const time = new Date().toISOString();
  const batch = events.map((event) => ({
    specversion: '1.0',
    id: `${event.type}-${event.subject}-${time}-${(posted += 1)}`,
    source: event.type.split('.', 1)[0],
    time,
    ...event,
  }));
  await post(product, '/v1/events', 'application/cloudevents-batch+json', JSON.stringify(batch));
}

/** Posts one CloudEvent of a link. */
export async function postLink(product: Product, type: 'link.up' | 'link.down', unit: string): Promise<void> {
  await postEvents(product, [{ type, unit, subject: `tslcd-${unit}`, data: { from_unit: 'H49', ring: 'vong' } }]);
}

/** An alert as a rule would find it: the instants of its life are now, or as `onset` says. */
export interface PostedAlert {
  id: string;
  unit: string;
  severity: 1 | 2 | 3 | 4;
  /** What it is about, in one line. */
  text: string;
  value: number;
  onset: Date;
}

/** Posts what a condition of alerts does. */
export async function postAlerts(
  product: Product,
  type: 'pending' | 'firing' | 'recovering' | 'resolved' | 'measured',
  alerts: readonly PostedAlert[],
): Promise<void> {
  await postEvents(
    product,
    alerts.map(({ id, unit, severity, text, value, onset }) => ({
      type: `alert.${type}`,
      unit,
      subject: id,
      data: { rule: 'thu', labels: { summary: text }, severity, value, text, onset_at: onset.toISOString() },
    })),
  );
}
