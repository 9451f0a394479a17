import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../schema/row.ts';
import { testUnits } from '../test-units.ts';
import { checkData } from './check-data.ts';
import { createCheckTime } from './check-time.ts';
import { createDropPersonal } from './drop-personal.ts';
import { parseEnvelope } from './parse-envelope.ts';
import { createPipeline } from './pipeline.ts';
import { createResolveUnit } from './resolve-unit.ts';
import type { Origin } from './step.ts';

const NOW = Date.parse('2024-02-01T00:00:00Z');
const origin: Origin = { entry: 'events', source: undefined, simulated: 0, within: undefined, received_at: NOW };

const envelope = (more: object = {}) => ({
  ...{ specversion: '1.0', id: '1', source: 'tests', type: 'dossier.received', subject: 'H49.02-240115-0001' },
  time: '2024-01-15T08:30:00+07:00',
  ...more,
});

function read(sent: object, from: Origin = origin): LogEntry {
  const addressed = parseEnvelope(sent);
  if (addressed.result === 'rejected') throw new Error(`${addressed.code} ${addressed.reason}`);
  const mapped = checkData(addressed.family, addressed.envelope, from);
  if (mapped.result === 'rejected') throw new Error(`${mapped.code} ${mapped.reason}`);
  return mapped.entry;
}
const failure = (sent: object): string => {
  try {
    return JSON.stringify(read(sent));
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('reading an event', () => {
  it('gives the same source and id the same key, whatever else differs, and another key to any other', () => {
    const key = (more: object) => read(envelope(more)).row.event_key;
    expect(key({})).toMatch(/^[0-9a-f]{32}$/);
    expect(key({ time: '2020-01-01T00:00:00Z' })).toBe(key({}));
    expect(new Set([key({}), key({ id: '2' }), key({ source: 'other' }), key({ id: 'x', source: 'y' })]).size).toBe(4);
  });

  it('takes a note of slips of apology only with the dossiers that it is about', () => {
    const note = { type: 'apology.sent', subject: 'XL-1', unit: 'H49.02' };
    expect(failure(envelope({ ...note, data: {} }))).toContain('apology.sent names at least one of dossier_ids');
    expect(read(envelope({ ...note, data: { dossier_ids: ['a'] } })).row).toMatchObject({
      ...{ type: 'apology.sent', dossier_ids: ['a'], deadline_at: null },
    });
  });

  it('lets the token decide the source', () => {
    expect(read(envelope(), { ...origin, source: 'fixed', simulated: 1 }).row).toMatchObject({
      source: 'fixed',
      simulated: 1,
    });
  });

  it.each([
    ['dossier.submitted', 1],
    ['dossier.received', 2],
    ['dossier.rejected', 3],
    ['dossier.resumed', 4],
    ['dossier.paused', 5],
    ['dossier.withdrawn', 7],
    ['dossier.stopped', 8],
    ['dossier.finished', 9],
    ['dossier.returned', 10],
    ['dossier.step', 0],
  ])('implies the status of %s, unless the data says one', (type, status) => {
    expect(read(envelope({ type })).row).toMatchObject({ status, opened_on: '2024-01-15' });
    expect(read(envelope({ type, data: { status: 6 } })).row).toMatchObject({ status: 6 });
  });

  it('keeps what was not measured apart from zero', () => {
    const sample = envelope({ type: 'link.sample', data: { latency_ms: 0 } });
    expect(read(sample).row).toMatchObject({ up: 1, latency_ms: 0, loss_ratio: null });
    expect(read(envelope({ type: 'link.down' })).row).toMatchObject({ up: 0, latency_ms: null });
    const reading = envelope({ type: 'reading.sample', data: { metric: 'air.pm25', value: null } });
    expect(read(reading).row).toMatchObject({ value: null });
  });

  it('keeps a figure that was entered by hand, or taken back, and wants its unit, metric and period', () => {
    const entry = (data: object, more: object = { unit: 'H49.02' }) => envelope({ type: 'entry.made', data, ...more });
    const figure = { metric: 'index_766.3_1.part', period: '2024-01', value: 40 };
    expect(read(entry({ ...figure, actor: 'Trực ban' })).row).toMatchObject({ ...figure, actor: 'Trực ban', note: '' });
    expect(read(entry({ ...figure, value: null })).row).toMatchObject({ value: null });
    expect(() => read(entry(figure, {}))).toThrow('unit');
    expect(() => read(entry({ ...figure, period: '2024-13' }))).toThrow('period');
    expect(() => read(entry({ ...figure, metric: 'x' }))).toThrow('metric');
    expect(() => read(entry({ metric: figure.metric, period: '2024' }))).toThrow('value');
  });

  it('turns the ages that a screen tells into instants, and wants to know which screen', () => {
    const time = '2024-01-02T03:04:05Z';
    const seen = envelope({ type: 'display.seen', time, subject: 'm', data: { name: 'Sảnh', frame_age_ms: 5_000 } });
    expect(read(seen).row).toMatchObject({ frame_at: Date.parse(time) - 5_000, opened_at: null, board: '' });
    expect(() => read({ ...seen, subject: undefined })).toThrow('subject');
  });

  it('never counts a security event without severity as low', () => {
    expect(read(envelope({ type: 'security.alert', data: {} })).row).toMatchObject({ severity: 0 });
    expect(read(envelope({ type: 'security.alert', data: { severity: 'critical' } })).row).toMatchObject({
      severity: 4,
    });
  });

  it('reads data that travels in base64', () => {
    const data_base64 = Buffer.from('{"status":4}').toString('base64');
    expect(read(envelope({ data_base64 })).row).toMatchObject({ status: 4 });
    expect(failure(envelope({ data_base64: 'AAAA' }))).toContain('IOC_EVENT_DATA');
  });

  it.each([
    [{ specversion: '0.3' }, 'IOC_EVENT_ENVELOPE specversion'],
    [{ time: undefined }, 'IOC_EVENT_ENVELOPE time'],
    [{ id: 'half \ud83d a pair' }, 'IOC_EVENT_ENVELOPE id'],
    [{ time: '2024-01-15 08:30:00' }, 'IOC_EVENT_ENVELOPE time'],
    [{ time: '2024-02-30T00:00:00Z' }, 'IOC_EVENT_ENVELOPE time'],
    [{ type: 'dossier.lost' }, 'IOC_EVENT_TYPE_UNKNOWN'],
    [{ subject: undefined }, 'IOC_EVENT_SUBJECT_MISSING'],
    [{ data: { status: 11 } }, 'IOC_EVENT_DATA data.status'],
    [{ data: { ChuHoSo: 'An' } }, 'IOC_EVENT_DATA'],
    [{ data: 'text' }, 'IOC_EVENT_DATA'],
  ])('says what is wrong with %j', (more, reason) => {
    expect(failure(envelope(more))).toContain(reason);
  });

  it('names the types that are allowed', () => {
    expect(failure(envelope({ type: 'x' }))).toContain('dossier.received, dossier.step');
  });
});

describe('check-time', () => {
  const checkTime = createCheckTime();
  const at = (time: string) => checkTime(read(envelope({ time }))).result;
  it('takes any past and a clock that is five minutes ahead, and nothing later', () => {
    expect(at('1901-01-01T00:00:00Z')).toBe('kept');
    expect(at('2024-02-01T00:05:00Z')).toBe('kept');
    expect(at('2024-02-01T00:05:01Z')).toBe('rejected');
    expect(at('1850-01-01T00:00:00Z')).toBe('rejected');
  });
  it('refuses a promise that cannot be kept in the store', () => {
    expect(checkTime(read(envelope({ data: { due_at: '9999-01-01T00:00:00Z' } })))).toMatchObject({
      code: 'IOC_EVENT_TIME_RANGE',
    });
  });
});

describe('resolve-unit', () => {
  const unknown: string[] = [];
  const resolveUnit = createResolveUnit({ units: testUnits(), onUnknown: (source) => unknown.push(source) });
  const pathOf = (more: object) => {
    const entry = read(envelope(more));
    resolveUnit(entry);
    return entry.row.unit_path;
  };

  it.each([
    [{ unit: '000.03.12.H49' }, '/H49/H49.12/H49.12.03/'],
    [{ unit: 'H49.12.03' }, '/H49/H49.12/H49.12.03/'],
    [{ unit: 'ttHCC  móng cái' }, '/H49/H49.02/'],
    [{ unit: 'Huyện Vân Đồn' }, '/H49/H49.12/'],
    [{}, '/H49/H49.02/'],
    [{ subject: '000.00.12.H49-240115-0001' }, '/H49/H49.12/'],
    [{ type: 'reading.sample', data: { metric: 'a.b', value: 1 } }, '/H49/'],
    [{ type: 'security.alert' }, '/H49/'],
  ])('finds the unit of %j', (more, path) => expect(pathOf(more)).toBe(path));

  it('keeps what it does not know under the path of unknown units, and tells', () => {
    unknown.length = 0;
    expect(pathOf({ unit: 'H49.99' })).toBe('/H49/?/');
    expect(pathOf({ subject: 'HS-1' })).toBe('/H49/?/');
    expect(pathOf({ type: 'link.up' })).toBe('/H49/?/');
    expect(unknown).toEqual(['tests', 'tests', 'tests']);
  });

  it('finds the handler by its name, and keeps the name when it is not known', () => {
    const entry = read(envelope({ data: { handler: 'Sở Tài nguyên và Môi trường' } }));
    resolveUnit(entry);
    expect(entry.row).toMatchObject({ handler_path: '/H49/H49.21/' });
    const other = read(envelope({ data: { handler: 'Sở Lạ' } }));
    resolveUnit(other);
    expect(other.row).toMatchObject({ handler_path: '', handler: 'Sở Lạ' });
  });
});

describe('drop-personal', () => {
  it('takes personal attributes out and masks numbers in the others', () => {
    const attributes = { digitised: 1, 'Chủ hồ sơ': 'An', so_dien_thoai: '0912', note: 'gọi 0912345678 hay an@x.vn' };
    const entry = read(envelope({ data: { attributes } }));
    createDropPersonal()(entry);
    expect(entry.family === 'dossier' && JSON.parse(entry.row.attributes)).toEqual({
      digitised: 1,
      note: 'gọi […] hay […@…]',
    });
  });
});

describe('the pipeline', () => {
  it('runs the steps in order and stops at the first that does not keep the event', () => {
    const unknown: string[] = [];
    const pipeline = createPipeline({ units: testUnits(), onUnknownUnit: (source) => unknown.push(source) });
    expect(pipeline(read(envelope())).result).toBe('kept');
    expect(pipeline(read(envelope({ time: '2030-01-01T00:00:00Z', unit: 'lạ' }))).result).toBe('rejected');
    expect(unknown).toEqual([]);
  });
});
