// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  changeFilter,
  dossierUrl,
  exportUrl,
  listUrl,
  readFilter,
  summaryUrl,
  writeFilter,
  type DeskFilter,
} from './desk-filter.ts';

const overdue: DeskFilter = {
  rule: 'province',
  state: 'open_overdue',
  age: undefined,
  apology: undefined,
  sort: 'due',
};

describe('the filter of the desk', () => {
  it('is overdue dossiers by the rule of the province where the address says nothing', () =>
    expect(readFilter({})).toEqual(overdue));

  it('is read from the address as a board links to it', () =>
    expect(
      readFilter({ unit: 'H49.12', state: 'open_due_soon', at: '2026-11-21T02:00:00Z', rule: '766', x: 'y' }),
    ).toEqual({
      unit: 'H49.12',
      at: '2026-11-21T02:00:00Z',
      rule: '766',
      state: 'open_due_soon',
      age: undefined,
      apology: undefined,
      sort: 'due',
    }));

  it('takes the default for what it cannot read', () =>
    expect(readFilter({ state: 'nonsense', rule: '1', age: 'old', sort: 'name', unit: '', q: [null, 'a'] })).toEqual(
      overdue,
    ));

  it('takes an age without a state for one of open dossiers', () =>
    expect(readFilter({ age: 'late_31d' })).toMatchObject({ state: 'open', age: 'late_31d' }));

  it('is the same after it was written and read', () => {
    const filter: DeskFilter = {
      ...overdue,
      unit: 'H49.12',
      rule: '766',
      state: 'finished_late',
      sort: 'procedure',
      q: 'khai sinh',
      channel: '2',
      accepted_from: '2026-11-01T00:00:00.000+07:00',
    };
    const query = Object.fromEntries(
      Object.entries(writeFilter(filter, {})).map(([key, value]) => [key, String(value)]),
    );
    expect(readFilter(query)).toEqual(filter);
  });

  it('keeps what else the address says, and leaves out what it would be anyway', () =>
    expect(writeFilter(overdue, { theme: 'dark', dossier: 'x', unit: 'H49', sort: 'unit' })).toEqual({
      theme: 'dark',
      dossier: 'x',
      state: 'open_overdue',
    }));

  it('lists overdue dossiers for an apology, which no other state keeps', () => {
    const missing = changeFilter(changeFilter(overdue, { state: 'finished' }), { apology: 'missing' });
    expect(missing).toMatchObject({ state: 'open_overdue', apology: 'missing' });
    expect(readFilter({ apology: 'missing' })).toEqual({ ...overdue, apology: 'missing' });
    expect(summaryUrl(missing)).not.toContain('apology');
    expect(changeFilter(missing, { state: 'paused' }).apology).toBeUndefined();
  });

  it('takes the order of another state, and drops an age that is not of it', () => {
    const late = changeFilter(overdue, { age: 'late_31d' });
    expect(late).toMatchObject({ state: 'open', age: 'late_31d', sort: 'due' });
    expect(changeFilter(late, { state: 'finished' })).toMatchObject({ age: undefined, sort: '-finished' });
    expect(changeFilter(late, { state: 'open_overdue' })).toMatchObject({ age: 'late_31d' });
    expect(changeFilter({ ...overdue, sort: 'unit' }, { q: 'a' }).sort).toBe('unit');
  });
});

describe('the requests of the desk', () => {
  const filter: DeskFilter = { ...overdue, unit: 'H49.12', procedure: '1.003560', age: 'late_4_7d' };

  it('ask for a page in order', () =>
    expect(listUrl(filter, 'a b')).toBe(
      '/api/dossiers?state=open_overdue&rule=province&age=late_4_7d&unit=H49.12&procedure=1.003560&sort=due&limit=200&after=a+b',
    ));
  it('ask for a breakdown without its own part, so that it offers the alternatives', () => {
    expect(summaryUrl(filter)).toBe('/api/dossiers/summary?rule=province&unit=H49.12&procedure=1.003560');
    expect(summaryUrl(filter, 'procedure')).toBe(
      '/api/dossiers/summary?rule=province&age=late_4_7d&unit=H49.12&group_by=procedure',
    );
    expect(summaryUrl(filter, 'age')).not.toContain('age=late');
  });
  it('ask for the files of the list and of its summary', () => {
    expect(exportUrl(filter, 'list', 'xlsx')).toBe(
      '/api/dossiers/export.xlsx?state=open_overdue&rule=province&age=late_4_7d&unit=H49.12&procedure=1.003560',
    );
    expect(exportUrl(filter, 'summary', 'csv')).toBe(
      '/api/dossiers/summary.csv?rule=province&unit=H49.12&procedure=1.003560&group_by=unit',
    );
  });
  it('ask for a dossier at the instant of the list', () => {
    expect(dossierUrl('H49/1', {})).toBe('/api/dossiers/H49%2F1');
    expect(dossierUrl('a', { at: '2026-11-21T02:00:00Z' })).toBe('/api/dossiers/a?at=2026-11-21T02%3A00%3A00Z');
  });
});
