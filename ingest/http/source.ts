import type { IncomingHttpHeaders } from 'node:http';
import type { Intake } from '../intake.ts';
import type { Grant } from '../tokens.ts';

/** One request to a source, authorised and inflated. */
export interface Call {
  body: Buffer;
  /** Without parameters, lower case. */
  contentType: string;
  headers: IncomingHttpHeaders;
  query: unknown;
  grant: Grant | undefined;
  /** Epoch ms, UTC. */
  received_at: number;
}

/** What a source answers. */
export interface Answer {
  status: number;
  body: object | string;
  /** Content type of a body that is a text. */
  type?: string;
}

/** A source that things are sent to over HTTP: it reads, maps, hands over to the intake, and answers in its own words. */
export interface HttpSource {
  entry: string;
  url: string;
  /** Content types that it takes, without parameters. */
  contentTypes: readonly string[];
  /** True when a request without a bearer token may carry one in its body; the source then has to look. */
  hasTokenInBody: boolean;
  answer: (call: Call, intake: Intake) => Promise<Answer>;
  /** How this source says that a request failed as a whole; the common form when absent. */
  fault?: (code: string, message: string, request_id: string) => object;
}
