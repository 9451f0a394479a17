import { z } from 'zod';
import { TextSchema } from './unit-tree.ts';

const name = z.string().min(1).max(128);
const unit = z.string().min(1).max(64);

/** A regular expression as it is written in a file. */
const PatternSchema = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => {
    try {
      return new RegExp(text, 'su') instanceof RegExp;
    } catch {
      return false;
    }
  }, 'is no regular expression');

const common = {
  /** Names the target in events: a reached host is the link of this id. Unique in its file. */
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'is letters, digits, dots, hyphens and underscores'),
  /** Whose it is: code, alias or name. */
  unit,
  /** Time between two probes, and the longest that one may take. */
  every_s: z.number().min(1).max(86_400),
  timeout_s: z.number().min(0.1).max(60),
};

/** A host that is to be reached: by echo requests (ICMP) where the machine may send them, else by opening connections to a port. */
export const ReachTargetSchema = z.strictObject({
  kind: z.literal('reach'),
  ...common,
  every_s: common.every_s.default(30),
  timeout_s: common.timeout_s.default(2),
  host: z
    .string()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9:][\w.:-]*$/, 'is no host'),
  /** The port of TCP. A connection that is refused was answered, so the host is there. */
  port: z.int().min(1).max(65_535).default(443),
  /** Requests of a probe: the loss is measured in steps of one over this. */
  count: z.int().min(1).max(20).default(5),
  from_unit: unit.optional(),
  ring: z.string().max(64).optional(),
});
export type ReachTarget = z.output<typeof ReachTargetSchema>;

/** A page of a web site. */
export const WebTargetSchema = z.strictObject({
  kind: z.literal('web'),
  ...common,
  every_s: common.every_s.default(300),
  timeout_s: common.timeout_s.default(15),
  url: z.url({ protocol: /^https?$/ }),
  /** Statuses that are right; any below 400 when absent. */
  status: z.array(z.int().min(100).max(599)).min(1).optional(),
  /** Whether a change of the page is told; what is looked at, and what in it changes by itself. */
  content: z
    .strictObject({
      /** Only what this finds (its first group where it has one). A page without it has changed. */
      select: PatternSchema.optional(),
      /** Taken out before it is compared: dates, counters, tokens. */
      ignore: z.array(PatternSchema).max(50).default([]),
    })
    .optional(),
});
export type WebTarget = z.output<typeof WebTargetSchema>;

/** A file `probes/<id>.yaml`: what the collector looks at by itself. */
export const ProbeFileSchema = z
  .strictObject({
    name: TextSchema,
    /** The source that its events belong to. */
    source: name,
    /** False: checked, and not probed. */
    enabled: z.boolean().default(true),
    targets: z
      .array(z.discriminatedUnion('kind', [ReachTargetSchema, WebTargetSchema]))
      .min(1)
      .max(2_000),
  })
  .superRefine(({ targets }, context) => {
    for (const [index, { id }] of targets.entries())
      if (targets.findIndex((other) => other.id === id) < index)
        context.addIssue({ code: 'custom', path: ['targets', index, 'id'], message: `"${id}" stands twice` });
  });
export type ProbeFile = z.output<typeof ProbeFileSchema>;
export type ProbeTarget = ProbeFile['targets'][number];
