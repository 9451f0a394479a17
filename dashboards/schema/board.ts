import { z } from 'zod';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { OpensSchema } from './opens.ts';
import { CellSchema } from './table-cell.ts';
import { VariablesSchema } from './variable.ts';

/** A use of a query: its file, and values of its parameters; `$period` is the value of the board's variable `period`. */
export const QueryUseSchema = z.strictObject({
  query: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
});
export type QueryUse = z.output<typeof QueryUseSchema>;

/** Any number of queries, named by the board, each following its own log; their rows are drawn as one list, and may lead to places of their own. */
const ListUsesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]*$/), QueryUseSchema.extend({ opens: OpensSchema }))
  .refine((uses) => Object.keys(uses).length > 0, 'no query; allowed: at least one, by any name');

/** A place on the grid, in cells from the top left. */
const PlaceSchema = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().min(1),
  h: z.int().min(1),
});

/** What every panel says. */
const base = {
  title: TextSchema,
  /** The one question that the panel answers. */
  question: TextSchema,
  at: PlaceSchema,
  /** Place on a wall of two screens side by side (wider than 2.1:1); that of `at` when absent. */
  at_wide: PlaceSchema.optional(),
  /**
   * Where a click leads. Places: every column of the row; `{unit}` the row's unit, or the board's; `{scope}` the board's; `{own}` set where
   * both are one; `{today}`, `{yesterday}`, `{month}`, `{ago_30d}`, `{ago_1h}` before the figure's instant, `{since_7d}` the midnight that seven days began with, of which it is in the last; of charts over time `{from}`,
   * their first instant, and `{series}`; of a variable its value, and `{ago_period}`, `{since_period}` so many days. A query parameter that is not known is left out. Lists are opened as of the figure's instant.
   */
  opens: OpensSchema,
};

/** What a panel says besides that draws what was measured, as all do but words and pictures. */
const measured = {
  ...base,
  /** The metric whose name, unit, format, limits and definition are used. */
  metric: z.string(),
  /** The families of events that it is made of; its age is theirs. */
  sources: z.array(z.enum(FAMILY_NAMES)).min(1),
  /** Age of the newest reception beyond which the figure is stale, in seconds. */
  stale_after_s: z.int().min(5),
};

const series = z.strictObject({
  id: z.string(),
  name: TextSchema,
  color: z.enum(['in', 'out', 'neutral', 'warn', 'alarm', 'low', 'medium', 'high', 'critical', 'unclassified']),
});

/** Charts over time. `limits` draws the metric's target, and the limit of its last step, across: not where the lines are parts or sums of what the metric is. */
const overTime = { series: z.array(series).min(1), limits: z.boolean().default(true) };

/** How rows with a `label` are named. */
const named = {
  /** What `label` holds: the code of a unit, the id of one of `labels` (drawn by the row's `name` where it is none), or just a key (`row`): drawn is that of `labels` which the row's `group` names, and its `name` or the name of its `unit`. */
  label: z.enum(['unit', 'text', 'row']).default('unit'),
  labels: z.record(z.string(), TextSchema).default({}),
};
/** How the labels of a panel are named. */
export interface LabelOptions {
  label: 'unit' | 'text' | 'row';
  labels: Readonly<Record<string, z.output<typeof TextSchema>>>;
}

/** A panel that asks nothing. */
const NoQueriesSchema = z.strictObject({}).prefault({});

/** Names of the pictures that boards may show: what browsers draw, and nothing else. */
export const IMAGE_NAME = /^[a-z0-9][a-z0-9-]*\.(?:png|svg|webp|jpg)$/;

/** A panel as written, by kind. */
export const PanelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('figure'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema, trend: QueryUseSchema.optional() }),
    options: z
      .strictObject({
        /** `part`: value / of; `delta`: change against `previous`; `note`: the note column; `target`: the metric's target. */
        second: z.enum(['part', 'delta', 'note', 'target', 'none']).default('none'),
        /** What the note column holds: words, the code of a unit (drawn as its short name; nothing when empty), or a number. */
        note: z.enum(['text', 'unit', 'number']).default('text'),
        /** What the comparison is with, or what the second line says before the note. */
        caption: TextSchema.optional(),
        /** Draws the value in the alarm colour when it is above zero. */
        alarm: z.boolean().default(false),
        color: z.enum(['in', 'out', 'alarm', 'warn']).default('in'),
        /** Where the whole beside the value, and the second line, lead. */
        opens_of: OpensSchema,
        opens_note: OpensSchema,
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('series'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    /** `caption`: what the dashed lines are, where the rows have a `previous`. */
    options: z.strictObject({ ...overTime, caption: TextSchema.optional() }),
  }),
  z.strictObject({
    kind: z.literal('stack'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject(overTime),
  }),
  z.strictObject({
    kind: z.literal('bars'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema, silent: QueryUseSchema.optional() }),
    options: z
      .strictObject({
        ...named,
        /** How many bars at most, worst first. */
        top: z.int().min(1).max(30).default(8),
        /** Colour by the metric's limits, or one colour. */
        color: z.enum(['limits', 'in', 'out']).default('limits'),
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('map'),
    ...measured,
    queries: z.strictObject({
      main: QueryUseSchema,
      silent: QueryUseSchema.optional(),
      links: QueryUseSchema.optional(),
      alerts: QueryUseSchema.optional(),
      /** What the legend calls a point, and where one leads when not where the panel does. */
      points: QueryUseSchema.extend({ name: TextSchema, opens: OpensSchema }).optional(),
      /** What the legend calls a ring, and how long one lasts after its event, in seconds. */
      pulses: QueryUseSchema.extend({ name: TextSchema, lasts_s: z.int().min(10).max(86_400).default(600) }).optional(),
    }),
    options: z.strictObject({ map: z.string().optional() }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('matrix'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
  }),
  z.strictObject({
    kind: z.literal('target'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({ ...named, top: z.int().min(1).max(30).default(12) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('league'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z
      .strictObject({
        ...named,
        top: z.int().min(1).max(60).default(20),
        /** What the comparison is with. */
        caption: TextSchema.optional(),
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('funnel'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({ ...named, color: z.enum(['in', 'out']).default('in') }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('calendar'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
  }),
  z.strictObject({
    kind: z.literal('alerts'),
    ...measured,
    queries: ListUsesSchema,
    options: z.strictObject({ top: z.int().min(1).max(20).default(5) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('feed'),
    ...measured,
    queries: ListUsesSchema,
    options: z.strictObject({ top: z.int().min(1).max(100).default(20) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('table'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({
      columns: z.array(CellSchema).min(1).max(12),
      /** How many rows at most. */
      top: z.int().min(1).max(100).default(20),
    }),
  }),
  z.strictObject({
    kind: z.literal('gauge'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z
      .strictObject({
        /** Ends of the scale: 0 and 100 of percents, the whole of queries that give one (`of`), or as written. */
        min: z.number().default(0),
        max: z.number().optional(),
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('topology'),
    ...measured,
    queries: z.strictObject({ main: QueryUseSchema }),
    /** Names of rings that are not named after a unit, by their id. */
    options: z.strictObject({ labels: z.record(z.string(), TextSchema).default({}) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('text'),
    ...base,
    queries: NoQueriesSchema,
    options: z.strictObject({
      /** Paragraphs parted by an empty line; lines that begin with `- ` are a list. Nothing else is marked up. */
      words: TextSchema,
      size: z.enum(['small', 'normal', 'large']).default('normal'),
    }),
  }),
  z.strictObject({
    kind: z.literal('image'),
    ...base,
    queries: NoQueriesSchema,
    options: z.strictObject({
      /** A file of `images/`, with its ending. */
      file: z.string().regex(IMAGE_NAME, 'is no name of a file of images/'),
      /** What is to be seen, for who cannot see it. */
      alt: TextSchema,
      /** Whether all of it is shown, or it fills its place. */
      fit: z.enum(['contain', 'cover']).default('contain'),
    }),
  }),
]);
export type WrittenPanel = z.input<typeof PanelSchema>;
export type Panel = z.output<typeof PanelSchema>;
/** A panel that draws what was measured: it has a metric, sources and an age. Told from the others by `'metric' in panel`. */
export type MeasuredPanel = Extract<Panel, { metric: string }>;

/** A board file `boards/<id>.yaml`. The wall scales the grid to the screen; panels may not overlap nor overflow. */
export const BoardSchema = z.strictObject({
  title: TextSchema,
  /** Its place among the boards: they are listed, and shown in turn, by it. */
  order: z.int().min(1).max(999).default(999),
  /** Whether it is drawn on the page of each unit: it is then offered as no wall of its own. */
  of_unit: z.boolean().default(false),
  /** The heading on the wall; the province's own heading when absent. */
  heading: TextSchema.optional(),
  /** What its owner asks at the morning briefing. */
  questions: z.array(TextSchema).min(1),
  grid: z.strictObject({ columns: z.int().min(1).max(96), rows: z.int().min(1).max(96) }),
  /** Shared by its panels: their parameters say `$period`, and their texts `{period}` for the name of what is chosen. */
  variables: VariablesSchema.default({}),
  panels: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), PanelSchema),
});
export type WrittenBoard = z.input<typeof BoardSchema>;
export type Board = z.output<typeof BoardSchema>;
