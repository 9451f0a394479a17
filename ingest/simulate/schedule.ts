import { before, type Feed, type Message } from './message.ts';

/** Everything that happens in the province, in order. */
export interface Schedule {
  /** Takes the messages before `to` that have not been taken yet, `most` at a time; fewer means that there are no more before `to`. */
  take: (to: number, most: number) => Message[];
}

/** Starts the merged life of all feeds at an instant. Only the next message of each feed is held. */
export function startSchedule(feeds: readonly Feed[], from: number): Schedule {
  const heads = feeds.map((feed) => {
    const rest = feed.from(from);
    return { rest, next: rest.next().value };
  });
  const earliest = () => heads.reduce((a, b) => (before(b.next, a.next) < 0 ? b : a));
  return {
    take(to, most) {
      const taken: Message[] = [];
      while (taken.length < most) {
        const head = earliest();
        if (head.next.at >= to) break;
        taken.push(head.next);
        head.next = head.rest.next().value;
      }
      return taken;
    },
  };
}

/** All messages of `[from, to)`: a pure function of the feeds. */
export function eventsBetween(feeds: readonly Feed[], from: number, to: number): Message[] {
  return startSchedule(feeds, from).take(to, Number.POSITIVE_INFINITY);
}
