import type { Entry } from './message.ts';

/** A request of one of the public protocols. */
export interface ProtocolRequest {
  /** Path and query, from the address of ingest on. */
  path: string;
  content_type: string;
  body: string;
  /** Records in it. */
  size: number;
}

const DOSSIER_SOURCE = 'mot-cua';
const SECURITY_SOURCE = 'suricata-ttdl';

/** The request that carries records of one entry: the national envelopes, CloudEvents one a line, EVE one a line. */
export function requestOf(entry: Entry, texts: readonly string[]): ProtocolRequest {
  const size = texts.length;
  if (entry === 'event' || entry === 'eve') {
    const path = entry === 'event' ? '/v1/events' : `/v1/eve?source=${SECURITY_SOURCE}`;
    return { path, content_type: 'application/x-ndjson', body: `${texts.join('\n')}\n`, size };
  }
  const service = entry === 'step' ? 'CapNhatTienDoHoSoMC' : 'DongBoHoSoMC';
  const updating = entry === 'step' ? '' : `"isUpdating":"${entry === 'dossier_changed' ? 'True' : 'False'}",`;
  const body = `{"service":"${service}",${updating}"data":[${texts.join(',')}]}`;
  return { path: `/v1/dvcqg?source=${DOSSIER_SOURCE}`, content_type: 'application/json', body, size };
}
