import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper, NewAuthEvent } from './keeper.ts';
import { steadyAgent, type ScreenLimits } from './screen-rules.ts';
import type { Screen, Shown, Standing } from './screens.ts';
import { digest, makeSecret } from './secret.ts';

/** What is needed to know a screen by its token. */
export interface ScreenDoorOptions {
  keeper: Keeper;
  limits: ScreenLimits;
  /** The wall clock, epoch ms. */
  now: () => number;
  failed: (error: unknown) => void;
}

/** Knows screens by the token in their cookie, `anchor.secret`. */
export interface ScreenDoor {
  /** What a token is worth; a copy is revoked soon after. */
  enter: (token: string, agent: string | undefined) => Standing;
  /** The token that takes the place of one that has come of age; undefined while it has not. Throws `IOC_STORE_AWAY`. */
  renew: (token: string, agent: string | undefined) => Promise<string | undefined>;
  /** The first token of a screen. Throws `IOC_STORE_AWAY`. */
  issue: (screen: Screen) => Promise<string>;
}

/** Who does what nobody does by hand. */
const ITSELF = 'hệ thống';

/** Makes the door. A secret that is out of use and comes again was copied: whoever holds the other one is put out too, and an event says why. */
export function createScreenDoor({ keeper, limits, now, failed }: ScreenDoorOptions): ScreenDoor {
  const { screens } = keeper.directory;
  /** What is on its way, by screen, so that twenty requests at once keep one event. */
  const underWay = new Set<string>();
  const once = (screen: Screen, work: () => Promise<void>): void => {
    if (underWay.has(screen.id)) return;
    underWay.add(screen.id);
    work()
      .catch(failed)
      .finally(() => underWay.delete(screen.id));
  };
  const standing = (shown: Shown) => screens.standing(shown, now(), limits);
  const isSettled = ({ next }: Screen) => next !== undefined && now() - next.at >= limits.settle_ms;
  const rotated = ({ id, shown, next, current }: Screen): NewAuthEvent[] =>
    next
      ? [{ type: 'screen.rotated', subject: id, actor: shown, data: { digest: next.digest, before: current ?? null } }]
      : [];

  const judge = async (shown: Shown): Promise<void> => {
    await sleep(limits.judge_ms, undefined, { ref: false });
    await keeper.read();
    const last = standing(shown);
    if (last.is !== 'copied' && last.is !== 'other_browser') return;
    await keeper.keep([{ type: 'screen.revoked', subject: last.screen.id, actor: ITSELF, data: { reason: last.is } }]);
  };
  const offer = async (screen: Screen, anchor: string): Promise<string> => {
    const secret = makeSecret();
    const data = { anchor: digest(anchor), digest: digest(secret) };
    await keeper.keep([{ type: 'screen.renewed', subject: screen.id, actor: screen.shown, data }]);
    return `${anchor}.${secret}`;
  };

  const enter = (token: string, agent: string | undefined): Standing => {
    const shown = shownBy(token, agent);
    const found = standing(shown);
    if (found.is === 'copied' || found.is === 'other_browser') once(found.screen, () => judge(shown));
    if (found.is === 'known' && found.by === 'next' && isSettled(found.screen))
      once(found.screen, () => keeper.keep(rotated(found.screen)));
    return found;
  };

  return {
    enter,
    issue: (screen) => offer(screen, makeSecret()),
    renew: async (token, agent) => {
      const shown = shownBy(token, agent);
      const found = standing(shown);
      if (found.is !== 'known' || found.by === 'before') return undefined;
      const { screen } = found;
      const age = now() - (found.by === 'next' ? (screen.next?.at ?? 0) : screen.renewed_at);
      // a secret that was handed out a moment ago is not replaced: were the reply lost, the browser would hold one that is worth nothing
      if (age < limits.rotate_ms || (found.by === 'next' && !isSettled(screen))) return undefined;
      if (found.by === 'next') await keeper.keep(rotated(screen));
      return offer(screen, token.split('.')[0] ?? '');
    },
  };
}

function shownBy(token: string, agent: string | undefined): Shown {
  const [anchor = '', secret = ''] = token.split('.');
  return { anchor: digest(anchor), digest: digest(secret), agent: steadyAgent(agent) };
}
