import { z } from 'zod';
import type { ApplicantWriter } from '../../clickhouse/applicant/applicants.ts';
import type { Element, Taken } from '../../intake.ts';
import { storeFault } from '../../store-fault.ts';
import { written } from './fields.ts';

const SentSchema = z
  .object({ ChuHoSo: written(200), SoDienThoai: written(64), Email: written(200) })
  .transform(({ ChuHoSo, SoDienThoai, Email }) => ({ name: ChuHoSo, phone: SoDienThoai, email: Email }));

/**
 * Keeps who handed the dossiers of a request in, where the installation is told to: of those that were stored, under the unit that they were stored under.
 * Throws a `RequestFault` when the store does not take it: the sender sends all again.
 */
export async function keepApplicants(
  elements: readonly Element[],
  { fates }: Pick<Taken, 'fates'>,
  applicants: ApplicantWriter,
): Promise<void> {
  const kept = elements.flatMap(({ sent, read }, index) => {
    const last = 'result' in read || fates[index] === 'rejected' ? undefined : read.at(-1);
    const said = SentSchema.safeParse(sent);
    if (last?.family !== 'dossier' || !said.success) return [];
    const { name, phone, email } = said.data;
    if (name === '' && phone === '' && email === '') return [];
    const { unit_path, dossier_id, received_at } = last.row;
    return [{ unit_path, dossier_id, received_at, name, phone, email }];
  });
  await applicants.keep(kept).catch((error: unknown) => {
    throw storeFault(error);
  });
}
