import type { Failure } from './contract.ts';

/** Every code that the API answers with: its HTTP status, whether trying again may help, and what people read. */
export const ERRORS = {
  IOC_BAD_REQUEST: { status: 400, retryable: false, message: 'the request is not of the documented form' },
  IOC_SIGNED_OUT: { status: 401, retryable: false, message: 'log in first' },
  IOC_LOGIN_WRONG: { status: 401, retryable: false, message: 'name and password do not belong together' },
  IOC_OIDC_REFUSED: {
    status: 401,
    retryable: false,
    message: 'the log-in at the provider did not succeed, begin again',
  },
  IOC_OIDC_NO_GROUP: { status: 403, retryable: false, message: 'none of your groups at the provider has a role here' },
  IOC_FORBIDDEN: { status: 403, retryable: false, message: 'this account may not do that' },
  IOC_SETUP_USED: { status: 403, retryable: false, message: 'the set-up link is of no use any more' },
  IOC_TOO_MANY: { status: 429, retryable: true, message: 'too many attempts, try again later' },
  IOC_NOT_FOUND: { status: 404, retryable: false, message: 'there is nothing here' },
  IOC_UNIT_UNKNOWN: { status: 404, retryable: false, message: 'there is no such unit' },
  IOC_BOARD_UNKNOWN: { status: 404, retryable: false, message: 'there is no such board' },
  IOC_DOSSIER_UNKNOWN: { status: 404, retryable: false, message: 'there is no such dossier' },
  IOC_ALERT_UNKNOWN: { status: 404, retryable: false, message: 'there is no such alert' },
  IOC_SHIFT_STATE: { status: 409, retryable: false, message: 'the shift is not at that step' },
  IOC_SHIFT_PARTY: { status: 409, retryable: false, message: 'who hands a shift over cannot take it' },
  IOC_CHASE_UNKNOWN: { status: 404, retryable: false, message: 'there is no such chase' },
  IOC_CHASE_STATE: { status: 409, retryable: false, message: 'the chase is past that' },
  IOC_CHASE_PARTY: {
    status: 403,
    retryable: false,
    message: 'who was asked acknowledges a chase, who asked closes it',
  },
  IOC_NOT_OVERDUE: { status: 409, retryable: false, message: 'a slip of apology is for a dossier that is overdue' },
  IOC_SLIP_UNKNOWN: { status: 404, retryable: false, message: 'no slip of apology stands for this dossier' },
  IOC_ACCOUNT_UNKNOWN: { status: 404, retryable: false, message: 'there is no such account' },
  IOC_SESSION_UNKNOWN: { status: 404, retryable: false, message: 'there is no such session' },
  IOC_TOKEN_UNKNOWN: { status: 404, retryable: false, message: 'there is no such token' },
  IOC_SCREEN_UNKNOWN: { status: 404, retryable: false, message: 'there is no such screen' },
  IOC_CODE_UNKNOWN: { status: 404, retryable: false, message: 'no screen shows this code' },
  IOC_NAME_TAKEN: { status: 409, retryable: false, message: 'there is an account of that name' },
  IOC_SILENCE_UNKNOWN: { status: 404, retryable: false, message: 'there is no such silence' },
  IOC_IMAGE_UNKNOWN: { status: 404, retryable: false, message: 'there is no such image' },
  IOC_MAP_UNKNOWN: { status: 404, retryable: false, message: 'there is no such map' },
  IOC_TOO_LARGE: { status: 413, retryable: false, message: 'the request is too large' },
  IOC_BUSY: { status: 503, retryable: true, message: 'too many questions at once, try again in a moment' },
  IOC_STORE_AWAY: { status: 503, retryable: true, message: 'the database does not answer' },
  IOC_NOT_READY: { status: 503, retryable: true, message: 'the service is not ready yet' },
  IOC_INGEST_AWAY: {
    status: 503,
    retryable: true,
    message: 'nothing can be stored at the moment, nothing was changed',
  },
  IOC_OIDC_AWAY: { status: 503, retryable: true, message: 'the log-in provider does not answer' },
  IOC_OIDC_OFF: { status: 503, retryable: false, message: 'log-in by the provider is off: its groups file has faults' },
  IOC_QUERY_TIMEOUT: { status: 504, retryable: true, message: 'the question took too long and was stopped' },
  IOC_QUERY_TOO_LONG: { status: 500, retryable: false, message: 'the answer has more rows than its query allows' },
  IOC_QUERY_FAILED: { status: 500, retryable: false, message: 'the database refused the question' },
  IOC_ROWS_WRONG: { status: 500, retryable: false, message: 'the answer does not have the declared columns' },
  IOC_INTERNAL: { status: 500, retryable: false, message: 'an unexpected error' },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;
export type ErrorCode = keyof typeof ERRORS;

/**
 * An error with a code of `ERRORS`. `detail` is for the log and, below 500, for the sender; `cause` is for the log only.
 * Callers decide by `code`, never by text.
 */
export class IocError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  /** After how many seconds trying again may help, where that is known. */
  readonly retry_s: number | undefined;

  constructor(code: ErrorCode, detail?: string, cause?: unknown, retry_s?: number) {
    super(detail === undefined ? ERRORS[code].message : `${ERRORS[code].message}: ${detail}`, { cause });
    this.name = 'IocError';
    this.code = code;
    this.detail = detail;
    this.retry_s = retry_s;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** What a person may be told of an error: all of it below 500, the code and its fixed sentence from there on. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof IocError)) return { code: 'IOC_INTERNAL', message: ERRORS.IOC_INTERNAL.message };
  return { code: error.code, message: error.status < 500 ? error.message : ERRORS[error.code].message };
}
