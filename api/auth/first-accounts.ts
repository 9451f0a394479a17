import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { isLocalAdmin } from './account-rules.ts';
import type { Keeper, NewAuthEvent } from './keeper.ts';
import { hashPassword, isPassword } from './password.ts';
import type { Role } from './roles.ts';
import { digest, makeSecret } from './secret.ts';

/** What the first accounts are made with. */
export interface FirstAccountsOptions {
  keeper: Keeper;
  units: UnitIndex;
  /** Password of `admin`; without it a link is offered instead. */
  admin_password: string | undefined;
  /** Password of the demo accounts; without it there are none. */
  demo_password: string | undefined;
  /** Where the product is reached, before the path of the link. @default '' */
  origin?: string;
  /** Tells whoever started this; the text may hold a secret that is shown once. */
  tell: (text: string) => void;
  /** Told of each account that was made, by its name. */
  made?: (account: { name: string; role: Role; unit: string | null }) => void;
}

/** Who makes what nobody made by hand. */
const START = 'khởi động';

/**
 * Sees to it that somebody can log in: an account for each role in the demo province, `admin` where its password is given, else a link by which the
 * first administrator is made. Each start offers a new link, and the one before is worth nothing.
 */
export async function makeFirstAccounts(options: FirstAccountsOptions): Promise<void> {
  const { keeper, units, admin_password, demo_password, tell, origin = '', made = () => undefined } = options;
  while (!keeper.isLoaded()) await sleep(100);
  const { accounts } = keeper.directory;
  if (demo_password !== undefined) {
    const names = await makeDemoAccounts(keeper, units, demo_password, made);
    tell(`demo accounts: ${names.join(', ')}; password ${demo_password}`);
  }
  if ([...accounts.values()].some(isLocalAdmin)) return;
  if (admin_password !== undefined) {
    const hash = await hashPassword(admin_password);
    await keeper.keep([making('admin', 'Quản trị', 'admin', null, hash, false)]);
    made({ name: 'admin', role: 'admin', unit: null });
    tell('account admin was made; ADMIN_PASSWORD is of no more use');
    return;
  }
  if (demo_password !== undefined) return;
  const secret = makeSecret();
  await keeper.keep([{ type: 'setup.offered', subject: 'setup', actor: START, data: { digest: digest(secret) } }]);
  tell(
    `nobody can log in yet: open ${origin}/setup#${secret} and make the first account (of use once, and until the next start)`,
  );
}

function making(
  name: string,
  shown: string,
  role: Role,
  unit: string | null,
  hash: string,
  demo: boolean,
): NewAuthEvent {
  return {
    type: 'account.made',
    subject: randomUUID(),
    actor: START,
    data: { name, shown, role, unit, hash, demo, external: false },
  };
}

/** Makes the accounts of the demo province that are not there, and gives all the password; their names and roles. */
async function makeDemoAccounts(
  { directory, keep }: Keeper,
  units: UnitIndex,
  password: string,
  made: NonNullable<FirstAccountsOptions['made']>,
): Promise<string[]> {
  const below = units.units.filter(({ parent }) => parent === units.root.code);
  // the centre of a demonstration is one that has units below it, where there are such
  const centre = below.find(({ code }) => units.units.some(({ parent }) => parent === code)) ?? below[0] ?? units.root;
  const wanted: [name: string, shown: string, role: Role, unit: string | null][] = [
    ['lanhdao', 'Lãnh đạo (demo)', 'leader', null],
    ['trucban', 'Trực ban (demo)', 'duty', null],
    ['trungtam', `${centre.short} (demo)`, 'centre', centre.code],
    ['xem', `Người xem ${centre.short} (demo)`, 'viewer', centre.code],
    ['quantri', 'Quản trị (demo)', 'admin', null],
  ];
  const missing = wanted.filter(([name]) => directory.accountNamed(name) === undefined);
  const first = directory.accountNamed('lanhdao');
  // one hash for all: they have one password
  const isOld = first?.demo === true && !(await isPassword(first.hash, password));
  if (missing.length > 0 || isOld) {
    const hash = await hashPassword(password);
    const old = isOld ? wanted.flatMap(([name]) => directory.accountNamed(name) ?? []).filter(({ demo }) => demo) : [];
    await keep([
      ...missing.map(([name, shown, role, unit]) => making(name, shown, role, unit, hash, true)),
      ...old.map(({ id }) => ({ type: 'account.password', subject: id, actor: START, data: { hash } }) as const),
    ]);
  }
  for (const [name, , role, unit] of missing) made({ name, role, unit });
  return wanted.map(([name, , role, unit]) => `${name} (${role}${unit === null ? '' : ` ${unit}`})`);
}
