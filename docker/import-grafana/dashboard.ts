import { z } from 'zod';

const DatasourceSchema = z.union([z.string(), z.looseObject({ type: z.string().optional() })]).nullish();

const TargetSchema = z.looseObject({
  refId: z.string().optional(),
  hide: z.boolean().optional(),
  rawSql: z.string().optional(),
  query: z.unknown().optional(),
  datasource: DatasourceSchema,
});

const OwnPanelSchema = z.looseObject({
  type: z.string(),
  title: z.string().default(''),
  description: z.string().default(''),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).optional(),
  /** Before gridPos, in a row of twelve. */
  span: z.number().optional(),
  datasource: DatasourceSchema,
  targets: z.array(TargetSchema).default([]),
  /** `content` is what a panel of text says, `mode` how it is marked up; before version 7 they stood beside the title. */
  options: z.looseObject({ content: z.string().optional(), mode: z.string().optional() }).optional(),
  fieldConfig: z
    .looseObject({
      defaults: z
        .looseObject({
          unit: z.string().optional(),
          decimals: z.number().nullish(),
          displayName: z.string().optional(),
        })
        .default({}),
    })
    .default({ defaults: {} }),
});
const PanelSchema = OwnPanelSchema.extend({ panels: z.array(OwnPanelSchema).default([]) });

const VariableSchema = z.looseObject({
  name: z.string(),
  type: z.string().default('query'),
  current: z.looseObject({ value: z.unknown() }).optional(),
});

const DashboardSchema = z.looseObject({
  title: z.string().min(1),
  schemaVersion: z.number().default(0),
  time: z.object({ from: z.string(), to: z.string() }).default({ from: 'now-6h', to: 'now' }),
  templating: z.looseObject({ list: z.array(VariableSchema).default([]) }).default({ list: [] }),
  panels: z.array(PanelSchema).default([]),
  rows: z.array(z.looseObject({ height: z.unknown(), panels: z.array(OwnPanelSchema).default([]) })).default([]),
  annotations: z.looseObject({ list: z.array(z.looseObject({ name: z.string().default('') })).default([]) }).optional(),
});

export type GrafanaPanel = z.output<typeof OwnPanelSchema>;
export type GrafanaVariable = z.output<typeof VariableSchema>;

/** A dashboard of Grafana, its panels in one list, each with its place on a grid of 24 columns. */
export interface GrafanaDashboard {
  title: string;
  time: { from: string; to: string };
  variables: GrafanaVariable[];
  annotations: string[];
  panels: (GrafanaPanel & { gridPos: NonNullable<GrafanaPanel['gridPos']> })[];
}

/** The height of a panel that says none, in rows of the grid. */
const HEIGHT = 8;

/** Reads the JSON that Grafana exports, bare or as its API wraps it. Throws an Error that says what is not right. */
export function readDashboard(text: string): GrafanaDashboard {
  const json: unknown = JSON.parse(text);
  const wrapped = z.looseObject({ dashboard: z.looseObject({}) }).safeParse(json);
  const read = DashboardSchema.safeParse(wrapped.success ? wrapped.data.dashboard : json);
  if (!read.success) throw new Error(`this is no dashboard of Grafana:\n${z.prettifyError(read.error)}`);
  const { title, time, templating, panels, rows, annotations } = read.data;
  const own = panels.flatMap(({ panels: within, ...panel }) => (panel.type === 'row' ? within : [panel]));
  return {
    title,
    time,
    variables: templating.list,
    annotations: (annotations?.list ?? []).map(({ name }) => name).filter((name) => !name.startsWith('Annotations &')),
    panels: [...placed(own), ...rows.flatMap(({ panels: within }, row) => spanned(within, row))],
  };
}

function placed(panels: readonly GrafanaPanel[]): GrafanaDashboard['panels'] {
  return panels.map((panel, index) => ({
    ...panel,
    gridPos: panel.gridPos ?? { x: 12 * (index % 2), y: HEIGHT * Math.floor(index / 2), w: 12, h: HEIGHT },
  }));
}

/** Rows of twelve spans, as dashboards before version 16 have them. */
function spanned(panels: readonly GrafanaPanel[], row: number): GrafanaDashboard['panels'] {
  let x = 0;
  return panels.map((panel) => {
    const w = Math.max(1, Math.round(2 * (panel.span ?? 12)));
    const at = { x: x % 24, y: HEIGHT * row, w, h: HEIGHT };
    x += w;
    return { ...panel, gridPos: at };
  });
}
