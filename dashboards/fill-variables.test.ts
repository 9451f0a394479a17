import { describe, expect, it } from 'vitest';
import { chosenOf, fillVariables, waysToLook } from './fill-variables.ts';
import { BoardSchema } from './schema/board.ts';

const both = (text: string) => ({ vi: text, en: text });
const board = BoardSchema.parse({
  title: both('Thử'),
  questions: [both('Có gì?')],
  grid: { columns: 4, rows: 4 },
  variables: {
    period: {
      title: both('Kỳ'),
      choices: [
        { value: 7, name: { vi: '7 ngày', en: '7 days' } },
        { value: 30, name: { vi: '30 ngày', en: '30 days' } },
      ],
      default: 30,
    },
    rules: {
      title: both('Quy tắc'),
      choices: ['province', '766'].map((value) => ({ value, name: both(value) })),
      default: 'province',
    },
  },
  panels: {
    ended: {
      kind: 'figure',
      title: { vi: 'Xong, {period}', en: 'Ended, {period}' },
      question: both('Bao nhiêu?'),
      metric: 'm',
      sources: ['dossier'],
      stale_after_s: 60,
      at: { x: 0, y: 0, w: 1, h: 1 },
      opens: '/desk?unit={unit}&rule={rules}&finished_from={ago_period}&due_from={ago_1h}&due_to={since_period}',
      queries: { main: { query: 'q', params: { days: '$period', rules: '$rules', by: 'all' } } },
      options: { caption: both('theo {rules}, {unit}') },
    },
  },
});
const panelOf = (said?: Record<string, string>) => fillVariables(board, said).panels.ended;

describe('the variables of a board', () => {
  it('are their defaults where nothing is said, or nothing that is a choice', () => {
    expect(chosenOf(board)).toEqual({ period: 30, rules: 'province' });
    expect(chosenOf(board, { period: '45', rules: '766', other: '1' })).toEqual({ period: 30, rules: '766' });
    expect(chosenOf(board, { period: '07' })).toMatchObject({ period: 30 });
  });

  it('are values in parameters, of the type that the choice has', () =>
    expect(panelOf({ period: '7', rules: '766' })?.queries).toEqual({
      main: { query: 'q', params: { days: 7, rules: '766', by: 'all' } },
    }));

  it('are names in texts, in each language; another place is left as it is', () =>
    expect(panelOf({ period: '7' })).toMatchObject({
      title: { vi: 'Xong, 7 ngày', en: 'Ended, 7 days' },
      options: { caption: both('theo province, {unit}') },
    }));

  it('are values and spans of time in links', () =>
    expect(panelOf({ period: '7', rules: '766' })?.opens).toBe(
      '/desk?unit={unit}&rule=766&finished_from={ago_7d}&due_from={ago_1h}&due_to={since_7d}',
    ));

  it('leave a board alone that has none', () => {
    const none = BoardSchema.parse({ ...board, variables: {} });
    expect(fillVariables(none, { period: '7' })).toBe(none);
  });

  it('are looked at by each choice once', () =>
    expect(waysToLook(board)).toEqual([{}, { period: '7' }, { rules: '766' }]));
});
