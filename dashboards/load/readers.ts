import type { z } from 'zod';
import { CalendarSchema } from '#ingest/schema/calendar.ts';
import { FeedSchema } from '#ingest/schema/feed.ts';
import { ImportMappingSchema } from '#ingest/schema/import-mapping.ts';
import { DeviceValuesSchema } from '#ingest/schema/device-values.ts';
import { InventorySchema } from '#ingest/schema/inventory.ts';
import { SeverityMapSchema } from '#ingest/schema/severity-map.ts';
import { ProbeFileSchema } from '#ingest/schema/probe.ts';
import { SourceLimitsSchema } from '#ingest/schema/source-limits.ts';
import { TrapFileSchema } from '#ingest/schema/trap-file.ts';
import { UnitTreeSchema } from '#ingest/schema/unit-tree.ts';
import { AlertRuleSchema } from '../schema/alert-rule.ts';
import { BoardSchema } from '../schema/board.ts';
import { MeasuresSchema } from '../schema/measure.ts';
import { MetricSchema } from '../schema/metric.ts';
import { QuerySchema } from '../schema/query.ts';
import { ParentSchema } from '../schema/parent.ts';
import { EscalationSchema } from '../schema/escalation.ts';
import { InhibitionSchema } from '../schema/inhibition.ts';
import { ReceiverSchema } from '../schema/receiver.ts';
import { RosterSchema } from '../schema/roster.ts';
import { RouteSchema } from '../schema/route.ts';
import { ReconciliationSchema } from '../schema/reconciliation.ts';
import { SystemSchema } from '../schema/system.ts';
import { StationsSchema } from '#ingest/schema/stations.ts';
import { TopologySchema } from '../schema/topology.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

type Reader<T> = (file: string, text: string) => YamlFile<T>;

/** A reader that reads a file again only when its text has changed: a unit tree takes 70 ms, a reload may not. */
function remembering<T>(schema: z.ZodType<T>): Reader<T> {
  const known = new Map<string, { text: string; yaml: YamlFile<T> }>();
  return (file, text) => {
    const last = known.get(file);
    if (last?.text === text) return last.yaml;
    const yaml = readYaml(file, text, schema);
    known.set(file, { text, yaml });
    return yaml;
  };
}

/** A reader for each kind of file. Each remembers the last text of every file. */
export function createReaders() {
  return {
    board: remembering(BoardSchema),
    query: remembering(QuerySchema),
    metric: remembering(MetricSchema),
    rule: remembering(AlertRuleSchema),
    reconciliation: remembering(ReconciliationSchema),
    units: remembering(UnitTreeSchema),
    calendar: remembering(CalendarSchema),
    imports: remembering(ImportMappingSchema),
    topology: remembering(TopologySchema),
    inventory: remembering(InventorySchema),
    stations: remembering(StationsSchema),
    severities: remembering(SeverityMapSchema),
    devices: remembering(DeviceValuesSchema),
    traps: remembering(TrapFileSchema),
    feeds: remembering(FeedSchema),
    measures: remembering(MeasuresSchema),
    sources: remembering(SourceLimitsSchema),
    system: remembering(SystemSchema),
    probes: remembering(ProbeFileSchema),
    route: remembering(RouteSchema),
    receiver: remembering(ReceiverSchema),
    inhibition: remembering(InhibitionSchema),
    roster: remembering(RosterSchema),
    escalation: remembering(EscalationSchema),
    parent: remembering(ParentSchema),
  };
}
export type Readers = ReturnType<typeof createReaders>;
