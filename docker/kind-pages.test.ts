import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDashboards } from '#dashboards/load.ts';
import { checkBoard, type Known } from '#dashboards/load/board-rules.ts';
import { createReaders } from '#dashboards/load/readers.ts';
import { KIND_COLUMNS } from '#dashboards/schema/kind-columns.ts';

/** The written page of each kind of panel: its columns, and an example that the product would serve. */
const ROOT = join(import.meta.dirname, '..');
const BOARD = `title: { vi: Thử, en: Test }
questions: [{ vi: Gì?, en: What? }]
grid: { columns: 96, rows: 96 }
panels:
`;
const kinds = Object.entries(KIND_COLUMNS).map(([kind, columns]) => ({ kind, columns: Object.values(columns).flat() }));
/** What a page shows as an example may be drawn: a picture need not be there. */
const IMAGE = 'phong-may.svg';

const pageOf = (kind: string) => readFile(join(ROOT, 'web/panels', kind, 'README.md'), 'utf8');

describe('the page of a kind of panel', () => {
  let known: Known;
  beforeAll(async () => {
    const { dashboards } = await loadDashboards({ folder: join(ROOT, 'dashboards'), province: 'quang-ninh-2019' });
    known = {
      queries: dashboards?.queries ?? new Map(),
      metrics: dashboards?.metrics ?? new Map(),
      ...{ maps: new Set<string>(), images: new Set([IMAGE]), broken: new Set<string>() },
    };
  });

  it.each(kinds)('$kind names the columns that it reads, its options and its states', async ({ columns, kind }) => {
    const page = await pageOf(kind);
    expect(columns.filter((column) => !page.includes(`\`${column}\``))).toEqual([]);
    for (const part of ['**Reads**', '**Options**', '**States**']) expect(page).toContain(part);
  });

  it.each(kinds)('$kind has an example that is served as it stands', async ({ kind }) => {
    const examples = [...(await pageOf(kind)).matchAll(/```yaml\n([^`]+)```/g)].map(([, text = '']) => text);
    expect(examples).toHaveLength(1);
    const text = BOARD + examples.join('').replaceAll(/^/gm, '  ');
    const yaml = createReaders().board(`web/panels/${kind}/README.md`, text);
    expect(yaml.faults).toEqual([]);
    if (!yaml.value) throw new Error('no board was read');
    expect(checkBoard(yaml, yaml.value, known)).toEqual([]);
    expect(Object.values(yaml.value.panels).map((panel) => panel.kind)).toEqual([kind]);
  });
});
