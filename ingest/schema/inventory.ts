import { isIP } from 'node:net';
import { z } from 'zod';

/** Kinds of device. */
export const DEVICE_KINDS = [
  ...['router', 'switch', 'firewall', 'access_point', 'server', 'storage', 'ups', 'sensor', 'camera', 'other'],
] as const;

/** Variables with this beginning are given to the collector alone. */
const variable = z.string().regex(/^SNMP_[A-Z0-9_]+$/, 'names an environment variable, such as SNMP_COMMUNITY');

/** How a device is asked over SNMP. Secrets stand in the environment; the file names the variable. */
const SnmpSchema = z.discriminatedUnion('version', [
  z.strictObject({
    version: z.literal('2c'),
    community_env: variable.default('SNMP_COMMUNITY'),
    port: z.int().min(1).max(65_535).default(161),
  }),
  z.strictObject({
    version: z.literal('3'),
    user_env: variable.default('SNMP_USER'),
    auth: z.enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512']).optional(),
    auth_env: variable.optional(),
    privacy: z.enum(['des', 'aes', 'aes256b', 'aes256r']).optional(),
    privacy_env: variable.optional(),
    port: z.int().min(1).max(65_535).default(161),
  }),
]);

/** A port that is a line of the network: what its state and traffic are told of. */
const LinkSchema = z.strictObject({
  /** The port as the device names it: `ifName`, else `ifDescr` or `ifAlias`. */
  interface: z.string().min(1).max(128),
  /** The line, as other sources name it too. */
  id: z.string().min(1).max(256),
  /** The unit at the far end: code, alias or name. */
  unit: z.string().min(1),
  /** The unit at the near end. */
  from_unit: z.string().min(1).max(64).optional(),
  /** The ring or trunk that carries it. */
  ring: z.string().min(1).max(64).optional(),
});
export type DeviceLink = z.output<typeof LinkSchema>;

/** A device: what listens, asks or is asked finds its unit here. */
export const DeviceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(128),
  kind: z.enum(DEVICE_KINDS),
  /** The unit that it serves: code, alias or name. */
  unit: z.string().min(1),
  /** The IP address that it sends from and is asked at. */
  address: z.string().refine((text) => isIP(text) !== 0, 'is no IP address'),
  /** As it names itself in what it sends. */
  hostname: z.string().min(1).max(255).optional(),
  snmp: SnmpSchema.optional(),
  /** The ports that matter. Without them every port counts, from when it was first seen up, as `<device>/<port>`. */
  links: z.array(LinkSchema).optional(),
  /** What it sends is made by a simulator, and marked so. */
  simulated: z.boolean().default(false),
});
export type Device = z.output<typeof DeviceSchema>;

/** `inventory/<province>.yaml`: the devices of a province. */
export const InventorySchema = z
  .strictObject({ devices: z.array(DeviceSchema) })
  .superRefine(({ devices }, context) => {
    const seen = new Map<string, string>();
    for (const [index, device] of devices.entries())
      for (const key of ['id', 'address', 'hostname'] as const) {
        const value = device[key]?.toLowerCase();
        if (value === undefined) continue;
        const other = seen.get(`${key} ${value}`);
        if (other !== undefined)
          context.addIssue({ code: 'custom', path: ['devices', index, key], message: `${other} has it already` });
        seen.set(`${key} ${value}`, device.id);
      }
    const links = new Map<string, string>();
    for (const [index, { id, links: own = [] }] of devices.entries())
      for (const [place, link] of own.entries()) {
        const other = links.get(link.id);
        if (other !== undefined)
          context.addIssue({
            code: 'custom',
            path: ['devices', index, 'links', place, 'id'],
            message: `${other} has it already`,
          });
        links.set(link.id, id);
      }
  });
export type Inventory = z.output<typeof InventorySchema>;

/** Finds devices by what can be seen of them. */
export interface DeviceIndex {
  devices: readonly Device[];
  /** By the address that something came from, else by the name that it gives itself; undefined when neither is known. */
  find: (address: string, hostname?: string) => Device | undefined;
}

/** Builds the index of an inventory. */
export function createDeviceIndex({ devices }: Inventory): DeviceIndex {
  const byAddress = new Map(devices.map((device) => [device.address, device]));
  const byHostname = new Map(
    devices.flatMap((device) => (device.hostname ? [[device.hostname.toLowerCase(), device]] : [])),
  );
  return {
    devices,
    find: (address, hostname = '') => byAddress.get(address) ?? byHostname.get(hostname.toLowerCase()),
  };
}
