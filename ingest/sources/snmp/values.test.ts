import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeviceValues } from '../../province.ts';
import type { SnmpValue } from './snmp-value.ts';
import { createMemoryAgent } from './test-memory-agent.ts';
import { discoverValues, readValue } from './values.ts';

const files = await readDeviceValues(join(import.meta.dirname, '../../../dashboards/devices'));

/** What an agent with these objects has, as it is read. */
async function valuesOf(object_id: string, objects: Record<string, SnmpValue>) {
  const agent = createMemoryAgent(objects);
  const found = await discoverValues(agent, object_id, files);
  return found.map((object) => {
    const { metric, unit, place, high, low } = object;
    return { metric, unit, place, value: readValue(object, agent.objects.get(object.oid)), high, low };
  });
}

describe('the values of devices', () => {
  it('are read from sensors that describe themselves, in the measure and to the digit that they say', async () => {
    const sensor = (
      table: string,
      index: number,
      [type, scale, precision, value]: [number, number, number, number],
    ) => ({
      ...{ [`${table}.1.${index}`]: type, [`${table}.2.${index}`]: scale },
      ...{ [`${table}.3.${index}`]: precision, [`${table}.4.${index}`]: value },
      [`1.3.6.1.2.1.47.1.1.1.1.7.${index}`]: Buffer.from(`part ${index}`),
    });
    const [standard, cisco] = ['1.3.6.1.2.1.99.1.1.1', '1.3.6.1.4.1.9.9.91.1.1.1.1'];
    const none = { high: null, low: null };
    const values = await valuesOf('1.3.6.1.4.1.9.1.1', {
      ...sensor(standard, 1, [8, 9, 1, 415]),
      ...sensor(standard, 2, [4, 8, 0, 3_302]),
      ...sensor(standard, 3, [12, 9, 0, 1]),
      ...sensor(standard, 4, [8, 9, 0, -1_000_000_000]),
      ...sensor(cisco, 5, [14, 9, 1, -45]),
    });
    expect(values).toEqual([
      { metric: 'device.temperature', unit: 'Cel', place: 'part 1', value: 41.5, ...none },
      { metric: 'device.voltage', unit: 'V', place: 'part 2', value: 3.302, ...none },
      { metric: 'device.temperature', unit: 'Cel', place: 'part 4', value: null, ...none },
      { metric: 'device.optical_power', unit: 'dBm', place: 'part 5', value: -4.5, ...none },
    ]);
  });

  it('are read from a UPS of the standard', async () => {
    const ups = '1.3.6.1.2.1.33.1';
    const values = await valuesOf('1.3.6.1.4.1.99999', {
      ...{ [`${ups}.2.1.0`]: 3, [`${ups}.2.2.0`]: 240, [`${ups}.2.3.0`]: 18, [`${ups}.2.4.0`]: 41 },
      ...{ [`${ups}.4.1.0`]: 5, [`${ups}.4.4.1.5.1`]: 63 },
    });
    expect(values.map(({ metric, value }) => [metric, value])).toEqual([
      ['ups.battery_state', 2],
      ['ups.on_battery', 240],
      ['ups.runtime', 18],
      ['ups.charge', 41],
      ['ups.output_state', 2],
      ['ups.load', 63],
    ]);
  });

  it('bring the limits that the device watches, and shares of what is used and what is free', async () => {
    const cisco = '1.3.6.1.4.1.9.9';
    const values = await valuesOf('1.3.6.1.4.1.9.1.1', {
      ...{
        [`${cisco}.48.1.1.1.2.1`]: Buffer.from('Processor'),
        [`${cisco}.48.1.1.1.5.1`]: 300,
        [`${cisco}.48.1.1.1.6.1`]: 900,
      },
      ...{
        [`${cisco}.13.1.3.1.2.1`]: Buffer.from('Chassis'),
        [`${cisco}.13.1.3.1.3.1`]: 38,
        [`${cisco}.13.1.3.1.4.1`]: 70,
      },
    });
    expect(values).toEqual([
      { metric: 'device.memory', unit: '%', place: 'Processor', value: 25, high: null, low: null },
      { metric: 'device.temperature', unit: 'Cel', place: 'Chassis', value: 38, high: 70, low: null },
    ]);
  });
});
