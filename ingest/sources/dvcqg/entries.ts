import { eventKey } from '../../pipeline/event-key.ts';
import { reasonOf } from '../../pipeline/reason.ts';
import { rejected, type Rejected } from '../../pipeline/step.ts';
import { openedOn, type DossierEventRow } from '../../schema/dossier.ts';
import type { LogEntry } from '../../schema/row.ts';
import { unitOfDossier } from '../../schema/unit-code.ts';
import { attributesOf, DossierSchema, type SentDossier } from './dossier.ts';
import { expand } from './facts.ts';
import { StepSchema } from './step.ts';

/** Who sent it, and the unit that it says it is, for dossiers whose number names none. */
export interface SentBy {
  source: string;
  simulated: 0 | 1;
  received_at: number;
  unit: string;
}

/** The id of an event that the format gives none: what it says, so that the same statement is the same event. */
function idOf(dossier_id: string, ...says: (string | number | null)[]): string {
  return [dossier_id, ...says.map((part) => part ?? '')].join('/');
}

/** The events of a snapshot of `DongBoHoSoMC`, or why it is refused. */
export function readDossier(sent: unknown, sender: SentBy): readonly LogEntry[] | Rejected {
  const parsed = DossierSchema.safeParse(sent);
  if (!parsed.success) return rejected('IOC_DOSSIER_FIELD', reasonOf(parsed.error));
  return dossierEntries(parsed.data, sender);
}

/** The events of a snapshot that was read. */
export function dossierEntries(dossier: SentDossier, sender: SentBy): LogEntry[] {
  const facts = expand(dossier);
  const opened_on = openedOn(dossier.MaHoSo);
  const unit = unitText(dossier.MaHoSo, sender);
  return facts.map((fact, index) => {
    // without the promise: a fact whose promise is corrected later is still the same fact
    const id = idOf(dossier.MaHoSo, fact.name, fact.at, fact.status);
    const row: DossierEventRow = {
      event_key: eventKey(sender.source, id),
      id,
      source: sender.source,
      type: fact.type,
      subject: dossier.MaHoSo,
      unit_path: '',
      unit,
      // the key has the date that is known, so that it is the same whenever it is heard; the store keeps the earliest hearing
      observed_at: fact.isUndated ? Math.max(fact.at, sender.received_at) : fact.at,
      received_at: sender.received_at,
      simulated: sender.simulated,
      dossier_id: dossier.MaHoSo,
      opened_on,
      status: fact.status,
      due_at: fact.due,
      procedure_code: dossier.MaTTHC,
      procedure_name: dossier.TenTTHC,
      field_code: dossier.MaLinhVuc,
      field_name: dossier.TenLinhVuc,
      // the format's rule: a channel that is not stated is the desk
      channel: dossier.KenhThucHien ?? 1,
      applicant_kind: dossier.LoaiDoiTuong ?? 0,
      handler_path: '',
      handler: dossier.DonViXuLy,
      step_holder: '',
      attributes: index === facts.length - 1 ? attributesOf(dossier) : '{}',
    };
    return { family: 'dossier', row };
  });
}

/** The event of a step of `CapNhatTienDoHoSoMC`, or why it is refused. */
export function readStep(sent: unknown, sender: SentBy): readonly LogEntry[] | Rejected {
  const parsed = StepSchema.safeParse(sent);
  if (!parsed.success) return rejected('IOC_STEP_FIELD', reasonOf(parsed.error));
  const step = parsed.data;
  const id = idOf(step.MaHoSo, 'step', step.ThoiDiemXuLy, step.TrangThai, step.said);
  const row: DossierEventRow = {
    event_key: eventKey(sender.source, id),
    id,
    source: sender.source,
    type: 'dossier.step',
    subject: step.MaHoSo,
    unit_path: '',
    unit: unitText(step.MaHoSo, sender),
    observed_at: step.ThoiDiemXuLy,
    received_at: sender.received_at,
    simulated: sender.simulated,
    dossier_id: step.MaHoSo,
    opened_on: openedOn(step.MaHoSo),
    status: step.TrangThai ?? 0,
    due_at: null,
    procedure_code: '',
    procedure_name: '',
    field_code: '',
    field_name: '',
    channel: 0,
    applicant_kind: 0,
    handler_path: '',
    handler: '',
    step_holder: step.PhongBanXuLy,
    attributes: '{}',
  };
  return [{ family: 'dossier', row }];
}

/** The unit that the sender says it is, for a dossier whose number names none. */
function unitText(dossier_id: string, sender: SentBy): string {
  return unitOfDossier(dossier_id) === undefined ? sender.unit : '';
}
