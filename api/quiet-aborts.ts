import type { LoggerOptions } from 'pino';

/** pino's number for `debug`. */
const DEBUG = 20;

/** A page that was left while it loaded breaks off its replies: compression calls that an error, and it is none. */
export const quietAborts: NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']> = function (
  args,
  method,
  level,
) {
  const [first]: unknown[] = args;
  if (level > DEBUG && first instanceof Error && first.message === 'premature close') this.debug(first);
  else method.apply(this, args);
};
