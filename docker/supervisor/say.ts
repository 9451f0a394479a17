import { prettyFactory } from 'pino-pretty';

/** Tells a person one thing about one part. */
export type Say = (part: string, text: string) => void;

/** Where the supervisor writes. */
export interface Output {
  write: (text: string) => void;
  /** Colours and short logs are for terminals; whatever else reads gets plain text and the children's JSON as it is. */
  isTTY: boolean;
}

/** Writes `19:41:03  engine     ready in 0.9 s`. */
export function createSay({ write, isTTY }: Output): Say {
  return (part, text) => {
    const name = part.padEnd(9);
    write(`${clockTime()}  ${isTTY ? `\u001b[36m${name}\u001b[39m` : name}  ${text}\n`);
  };
}

/** Makes the writer of a child's lines: its JSON log short on a terminal and unchanged otherwise; other lines say whose they are. */
export function createLineWriter({ write, isTTY }: Output): (part: string) => (line: string) => void {
  const say = createSay({ write, isTTY });
  const pretty = prettyFactory({ colorize: true, singleLine: true, ignore: 'pid,hostname,time,name' });
  return (part) => (line) => {
    if (!line.startsWith('{')) say(part, line);
    else if (isTTY) say(part, pretty(line).trimEnd());
    else write(`${line}\n`);
  };
}

function clockTime(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** `0.9 s` since an instant of `Date.now()`. */
export function since(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
