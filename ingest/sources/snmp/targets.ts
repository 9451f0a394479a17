import type { User } from 'net-snmp';
import type { Device } from '../../schema/inventory.ts';
import type { PolledDevice } from './poller.ts';
import { userOf, type SnmpTarget } from './session.ts';

/**
 * Finds out how the devices of an inventory are asked. `without` are those whose secrets are not in the environment: they are not asked. Simulated devices
 * answer at the simulator, where there is one, each to its id as community.
 */
export function targetsOf(
  devices: readonly Device[],
  secretOf: (variable: string) => string | undefined,
  simulator?: { address: string; port: number },
): { polled: PolledDevice[]; without: Device[] } {
  const polled: PolledDevice[] = [];
  const without: Device[] = [];
  for (const device of devices) {
    if (!device.snmp) continue;
    if (device.simulated && simulator) {
      polled.push({ device, target: { ...simulator, credentials: { community: device.id } } });
      continue;
    }
    const credentials = credentialsOf(device.snmp, secretOf);
    if (!credentials) without.push(device);
    else polled.push({ device, target: { address: device.address, port: device.snmp.port, credentials } });
  }
  return { polled, without };
}

function credentialsOf(
  snmp: NonNullable<Device['snmp']>,
  secretOf: (variable: string) => string | undefined,
): SnmpTarget['credentials'] | undefined {
  if (snmp.version === '2c') {
    const community = secretOf(snmp.community_env);
    return community === undefined ? undefined : { community };
  }
  const name = secretOf(snmp.user_env);
  const auth = secret(snmp.auth, snmp.auth_env, secretOf);
  const privacy = secret(snmp.privacy, snmp.privacy_env, secretOf);
  // a password that is asked for and missing would send the rest in the clear
  if (name === undefined || auth === 'missing' || privacy === 'missing') return undefined;
  return { user: userOf({ name, auth, privacy }) };
}

function secret<Protocol extends string>(
  protocol: Protocol | undefined,
  variable: string | undefined,
  secretOf: (variable: string) => string | undefined,
): { protocol: Protocol; password: string } | 'missing' | undefined {
  if (protocol === undefined) return undefined;
  const password = variable === undefined ? undefined : secretOf(variable);
  return password === undefined ? 'missing' : { protocol, password };
}

/** Who may send notifications: the communities and users that devices are asked with. */
export function sendersOf(polled: readonly PolledDevice[]): { communities: string[]; users: User[] } {
  const communities = new Set<string>();
  const users = new Map<string, User>();
  // a simulated device tells nothing by itself, and its community is no secret
  const own = polled.filter(({ target, device }) => !device.simulated || target.address === device.address);
  for (const { credentials } of own.map(({ target }) => target))
    if ('user' in credentials) users.set(credentials.user.name, credentials.user);
    else communities.add(credentials.community);
  return { communities: [...communities], users: [...users.values()] };
}
