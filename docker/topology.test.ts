import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { TopologySchema } from '#dashboards/schema/topology.ts';
import { planLinks } from '#ingest/simulate/link-plan.ts';
import { shippedProvince } from '#ingest/simulate/test-province.ts';

it('the topology of the sample province is the network that the simulator tells of', async () => {
  const text = await readFile(join(import.meta.dirname, '../dashboards/topology/quang-ninh-2019.yaml'), 'utf8');
  const { links } = TopologySchema.parse(parse(text));
  const { lines } = planLinks(await shippedProvince());
  const simulated = lines.map(({ id, unit, ring }) => ({ id, unit: unit.code, ring }));
  const byId = <T extends { id: string }>(all: readonly T[]) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(links)).toEqual(byId(simulated));
});
