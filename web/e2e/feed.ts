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

/** When the posted dossiers are accepted, promised for and, if they are, finished, in days from now. */
interface Days {
  accepted: number;
  due: number;
  finished?: number;
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
    KenhThucHien: '1',
    NgayTiepNhan: nationalTime(now),
    NgayHenTra: nationalTime(due),
    TrangThaiHoSo: '2',
    ...(days.finished !== undefined && { TrangThaiHoSo: '9', NgayKetThucXuLy: nationalTime(inDays(days.finished)) }),
  }));
  await post(
    product,
    '/v1/dvcqg',
    'application/json',
    JSON.stringify({ service: 'DongBoHoSoMC', isUpdating: 'False', data }),
  );
}

/** Posts one CloudEvent of a link. */
export async function postLink(product: Product, type: 'link.up' | 'link.down', unit: string): Promise<void> {
  const event = {
    specversion: '1.0',
    id: `${type}-${unit}-${Date.now()}`,
    source: 'mang',
    type,
    time: new Date().toISOString(),
    subject: `tslcd-${unit}`,
    unit,
    data: { from_unit: 'H49', ring: 'vong' },
  };
  await post(product, '/v1/events', 'application/cloudevents+json', JSON.stringify(event));
}
