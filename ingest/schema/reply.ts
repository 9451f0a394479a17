import { z } from 'zod';

/** Why an event was refused. `index` counts from 0 in the order sent. `code` is stable; `reason` is for people. */
export const RejectionSchema = z.strictObject({ index: z.int().min(0), code: z.string(), reason: z.string() });
export type Rejection = z.infer<typeof RejectionSchema>;

/** The reply of `POST /v1/events` and `/v1/eve`. It is sent only after every accepted row is stored. */
export const IngestReplySchema = z.strictObject({
  accepted: z.int().min(0),
  /** Already stored before, or repeated in this request. */
  duplicate: z.int().min(0),
  rejected: z.array(RejectionSchema),
});
export type IngestReply = z.infer<typeof IngestReplySchema>;

/** The reply of `POST /v1/dvcqg`, as senders of the national format expect it: `error_code` "0" means that all is stored. */
export const DvcqgReplySchema = z.strictObject({
  error_code: z.string(),
  message: z.string(),
  accepted: z.int().min(0).optional(),
  duplicate: z.int().min(0).optional(),
  rejected: z.array(RejectionSchema).optional(),
});
export type DvcqgReply = z.infer<typeof DvcqgReplySchema>;
