import { describe, expect, it } from 'vitest';
import { createDeviceIndex, InventorySchema } from './inventory.ts';

const device = (id: string, address: string, hostname?: string) => ({
  ...{ id, name: id, kind: 'router', unit: 'H49', address },
  ...(hostname !== undefined && { hostname }),
});

describe('an inventory', () => {
  it('is refused when two devices share an id, an address or a host name, or an address is none', () => {
    const devices = [device('a', '10.0.0.1', 'r'), device('a', '10.0.0.1', 'R'), device('b', '10.0.0.300')];
    const paths = InventorySchema.safeParse({ devices }).error?.issues.map(({ path }) => path.join('.'));
    expect(paths).toContain('devices.2.address');
    const twice = InventorySchema.safeParse({ devices: devices.slice(0, 2) }).error?.issues;
    expect(twice?.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      'devices.1.id: a has it already',
      'devices.1.address: a has it already',
      'devices.1.hostname: a has it already',
    ]);
  });

  it('finds a device by its address, else by its host name in any case', () => {
    const index = createDeviceIndex(
      InventorySchema.parse({ devices: [device('a', '10.0.0.1', 'r-a'), device('b', '10.0.0.2', 'r-b')] }),
    );
    expect(index.find('10.0.0.1', 'r-b')?.id).toBe('a');
    expect(index.find('192.0.2.1', 'R-B')?.id).toBe('b');
    expect(index.find('192.0.2.1', '')).toBeUndefined();
  });
});
