/** What can be wrong with a request, by stable code: its status, and whether the same request may do better later. */
export const FAULTS = {
  IOC_TOKEN_MISSING: {
    status: 401,
    retryable: false,
    message: 'send the token of the source: Authorization: Bearer …',
  },
  IOC_TOKEN_UNKNOWN: { status: 401, retryable: false, message: 'this token is not known' },
  IOC_ROUTE_UNKNOWN: { status: 404, retryable: false, message: 'there is nothing here' },
  IOC_QUERY: { status: 400, retryable: false, message: 'a query parameter is wrong' },
  IOC_BODY_EMPTY: { status: 400, retryable: false, message: 'the body is empty' },
  IOC_BODY_NOT_JSON: { status: 400, retryable: false, message: 'the body is not JSON' },
  IOC_BODY_SHAPE: { status: 400, retryable: false, message: 'the body is not of the form that this entry takes' },
  IOC_BODY_DAMAGED: { status: 400, retryable: false, message: 'the compressed body is damaged' },
  IOC_BODY_TOO_LARGE: { status: 413, retryable: false, message: 'the body is too large' },
  IOC_EVENTS_TOO_MANY: { status: 413, retryable: false, message: 'too many events in one request' },
  IOC_CONTENT_TYPE: { status: 415, retryable: false, message: 'this content type is not taken here' },
  IOC_CONTENT_ENCODING: { status: 415, retryable: false, message: 'this content encoding is not known' },
  IOC_MAPPING_UNKNOWN: { status: 400, retryable: false, message: 'there is no such mapping' },
  IOC_MAPPING_INVALID: { status: 422, retryable: false, message: 'the mapping is not valid' },
  IOC_FILE_FORMAT: { status: 422, retryable: false, message: 'the file cannot be read; nothing of it was stored' },
  IOC_FILE_ENCODING: {
    status: 422,
    retryable: false,
    message: 'the text of the file cannot be read; nothing was stored',
  },
  IOC_FILE_HEADER: {
    status: 422,
    retryable: false,
    message: 'the columns of the file are not known; nothing was stored',
  },
  IOC_FILE_TOO_LARGE: { status: 413, retryable: false, message: 'the file is too large; nothing of it was stored' },
  IOC_IMPORT_BUSY: { status: 503, retryable: true, message: 'another file is being read; send again later' },
  IOC_QUEUE_FULL: { status: 503, retryable: true, message: 'more events are waiting than may wait; send again later' },
  IOC_STORE_AWAY: { status: 503, retryable: true, message: 'the store does not answer; send again later' },
  IOC_STARTING: { status: 503, retryable: true, message: 'not ready yet; send again later' },
  IOC_REQUEST: { status: 400, retryable: false, message: 'the request is malformed' },
  IOC_INTERNAL: { status: 500, retryable: true, message: 'a fault of this server; it is in its log' },
} as const;
export type FaultCode = keyof typeof FAULTS;

/** Why one event of a request was refused. */
export type RejectionCode =
  | 'IOC_EVENT_NOT_JSON'
  | 'IOC_EVENT_ENVELOPE'
  | 'IOC_EVENT_TYPE_UNKNOWN'
  | 'IOC_EVENT_SUBJECT_MISSING'
  | 'IOC_EVENT_DATA'
  | 'IOC_EVENT_TIME_FUTURE'
  | 'IOC_EVENT_TIME_RANGE'
  | 'IOC_EVENT_UNIT_FOREIGN'
  | 'IOC_DOSSIER_FIELD'
  | 'IOC_STEP_FIELD'
  | 'IOC_ROW_FIELD'
  | 'IOC_FEED_UNKNOWN';

/** Seconds after which a sender that got a 503 may try again. */
export const RETRY_AFTER_S = 2;

/** A request that cannot be answered with a 2xx. `detail` is added to the message of the code and holds nothing personal. */
export class RequestFault extends Error {
  override name = 'RequestFault';
  readonly code: FaultCode;
  readonly status: number;
  readonly retryable: boolean;

  constructor(code: FaultCode, detail?: string, options?: ErrorOptions) {
    const { message, status, retryable } = FAULTS[code];
    super(detail === undefined ? message : `${message}: ${detail}`, options);
    this.code = code;
    this.status = status;
    this.retryable = retryable;
  }
}
