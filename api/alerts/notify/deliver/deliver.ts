import type { NotifyFiles } from '#dashboards/schema/notify.ts';
import type { Person } from '#dashboards/schema/roster.ts';
import type { Notice } from '../notice.ts';
import { onShift } from '../on-shift.ts';
import { sendEmail } from './email.ts';
import { plain } from './fill.ts';
import { RefusedError } from './refused.ts';
import { postWebhook, type Webhook } from './webhook.ts';
import { wholeOf } from './whole.ts';
import { wordsOf, type WordsOf } from './words.ts';

/** What deliveries are made with. */
export interface DeliverOptions {
  files: () => NotifyFiles;
  words: () => WordsOf;
  now: () => number;
  /** Secrets of the environment, by name. */
  env: (name: string) => string | undefined;
}

/**
 * Makes what tells a receiver of a notice, and returns when it has taken it. The product itself (`app`) is told by the event that notes the notice. Throws a RefusedError.
 */
export function createDeliver({ files, words, now, env }: DeliverOptions): (notice: Notice) => Promise<void> {
  const peopleOf = (roster: string): Person[] => {
    const known = files().rosters.get(roster);
    const people = known ? onShift(known, now(), words().zone).map(({ person }) => person) : [];
    if (people.length === 0) throw new RefusedError(`nobody is on duty by the roster ${roster}`);
    return people;
  };
  const hook = async (webhook: Webhook, notice: Notice): Promise<void> => {
    const how = words();
    const { title, lines } = wordsOf(notice, how);
    const names = {
      ...{ title, title_plain: plain(title), lines: lines.join('\n'), id: notice.id, reason: notice.reason },
      ...{ status: notice.firing.length > 0 ? 'firing' : 'resolved', receiver: notice.receiver },
      ...{ route: notice.route_id, count: String(notice.firing.length), level: String(notice.level) },
    };
    const whole = wholeOf(notice, how);
    if (webhook.roster === undefined)
      return postWebhook(webhook, { names, env, person: undefined, id: notice.id, whole });
    for (const person of peopleOf(webhook.roster))
      await postWebhook(webhook, {
        names,
        env,
        person,
        id: `${notice.id}-${plain(person.name).replaceAll(/\W+/g, '-')}`,
        whole,
      });
  };
  return async (notice) => {
    const receiver = files().receivers.get(notice.receiver);
    if (!receiver) throw new RefusedError(`there is no receiver ${notice.receiver} any more`);
    if (receiver.kind === 'webhook') return hook(receiver, notice);
    if (receiver.kind === 'app') return;
    const people = receiver.roster === undefined ? [] : peopleOf(receiver.roster);
    const to = [...receiver.to, ...people.flatMap(({ email }) => email ?? [])];
    if (to.length === 0) throw new RefusedError('there is nobody to write to');
    await sendEmail(receiver, { to, words: wordsOf(notice, words()), id: notice.id, env });
  };
}
