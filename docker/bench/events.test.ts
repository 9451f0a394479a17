import { expect, test } from 'vitest';
import { EnvelopeSchema, FAMILIES } from '#ingest/schema/event.ts';
import { EVENT_KINDS, eventBatch } from './events.ts';

test.each(EVENT_KINDS)('every event of a batch of the family %s is valid and has an id of its own', (kind) => {
  const lines = eventBatch(kind, 'batch', 100, Date.UTC(2026, 10, 18))
    .trim()
    .split('\n');
  const ids = new Set<string>();
  for (const line of lines) {
    const envelope = EnvelopeSchema.parse(JSON.parse(line));
    ids.add(envelope.id);
    expect(FAMILIES[kind].types).toContain(envelope.type);
    FAMILIES[kind].data.parse(envelope.data);
  }
  expect(ids.size).toBe(100);
});
