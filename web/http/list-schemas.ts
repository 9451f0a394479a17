import * as z from 'zod/mini';
import type { CountPage, EntryPage, LinkPage, ReadingPage, SecurityPage } from '#api/contract-lists.ts';

const instant = z.nullable(z.number());

/** How a link is, the lost first. */
export const LINK_STATES = ['down', 'silent', 'up'] as const;

/** `GET /api/links`. */
export const LinkPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  rows: z.array(
    z.object({
      link_id: z.string(),
      unit: z.string(),
      from_unit: z.string(),
      ring: z.string(),
      state: z.enum(LINK_STATES),
      alive_at: instant,
      sample_at: instant,
      latency_ms: z.nullable(z.number()),
      loss_ratio: z.nullable(z.number()),
      simulated: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<LinkPage>;

/** `GET /api/security`. */
export const SecurityPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  rows: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      observed_at: z.number(),
      severity: z.number(),
      category: z.string(),
      signature: z.string(),
      asset: z.string(),
      action: z.string(),
      source: z.string(),
      simulated: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<SecurityPage>;

/** `GET /api/readings`. */
export const ReadingPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  sum: instant,
  rows: z.array(
    z.object({
      unit: z.string(),
      metric: z.string(),
      subject: z.string(),
      place: z.string(),
      observed_at: z.number(),
      value: z.number(),
      value_unit: z.string(),
      simulated: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<ReadingPage>;

/** `GET /api/counts`. */
export const CountPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  sum: z.nullable(z.number()),
  next: z.nullable(z.string()),
  rows: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      metric: z.string(),
      subject: z.string(),
      place: z.string(),
      source: z.string(),
      observed_at: z.number(),
      value: z.number(),
      value_unit: z.string(),
      simulated: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<CountPage>;

/** `GET /api/entries`. */
export const EntryPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  sum: z.nullable(z.number()),
  rows: z.array(
    z.object({
      unit: z.string(),
      metric: z.string(),
      period: z.string(),
      value: z.nullable(z.number()),
      actor: z.string(),
      note: z.string(),
      source: z.string(),
      observed_at: z.number(),
      simulated: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<EntryPage>;

/** `GET /api/measures`. */
export const MeasuresSchema = z.record(z.string(), z.object({ vi: z.string(), en: z.string() }));
