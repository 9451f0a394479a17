import { RequestFault } from '../../errors.ts';
import type { DossierStates } from '../../clickhouse/known/dossier-states.ts';
import type { Answer, HttpSource } from '../../http/source.ts';
import { parseBody, parseQuery } from '../../http/text.ts';
import type { Element, Fate, Intake } from '../../intake.ts';
import type { Origin } from '../../pipeline/step.ts';
import type { DvcqgReply, IngestReply } from '../../schema/reply.ts';
import { storeFault } from '../../store-fault.ts';
import type { Tokens } from '../../tokens.ts';
import { amend } from './amend.ts';
import { readDossier, readStep, type SentBy } from './entries.ts';
import { QuerySchema, readBatch } from './envelope.ts';

/** What the source works with. */
export interface DvcqgOptions {
  /** Senders of this format may carry their token as `session` in the body. */
  tokens: Pick<Tokens, 'find'>;
  states: DossierStates;
}

/** The national exchange format of one-stop systems: snapshots of dossiers and their steps. */
export function createDvcqgSource({ tokens, states }: DvcqgOptions): HttpSource {
  /** Stores what a changed snapshot could not bring through; the number of duplicates that turn out to have said something new. */
  const amendStored = async (elements: readonly Element[], fates: readonly Fate[], origin: Origin, intake: Intake) => {
    const stated = elements.flatMap((element, index) => {
      const last = 'result' in element.read ? undefined : element.read.at(-1);
      return last?.family === 'dossier' && fates[index] !== 'rejected' ? [{ index, row: last.row }] : [];
    });
    const amended = await amend(
      stated.map(({ row }) => row),
      states,
    ).catch((error: unknown) => {
      throw storeFault(error);
    });
    if (amended.length === 0) return 0;
    const further = amended.map(({ row }): Element => ({
      sent: row.id,
      source: row.source,
      unit: row.unit,
      read: [{ family: 'dossier', row }],
    }));
    const taken = await intake.take(further, origin);
    return amended.filter(({ index }, place) => {
      const sent = stated[index];
      return taken.fates[place] === 'accepted' && sent !== undefined && fates[sent.index] === 'duplicate';
    }).length;
  };
  return {
    entry: 'dvcqg',
    url: '/v1/dvcqg',
    contentTypes: ['application/json'],
    hasTokenInBody: true,
    answer: async (call, intake) => {
      const query = parseQuery(QuerySchema, call.query);
      const batch = readBatch(parseBody(call.body), query);
      const grant = call.grant ?? grantOf(tokens, batch.session);
      const origin: Origin = {
        entry: 'dvcqg',
        source: grant.source,
        simulated: grant.simulated,
        received_at: call.received_at,
      };
      const sender: SentBy = { ...origin, source: grant.source ?? query.source, unit: batch.unit };
      const read = batch.service === 'DongBoHoSoMC' ? readDossier : readStep;
      const elements = batch.elements.map((sent): Element => ({
        sent,
        source: sender.source,
        unit: sender.unit,
        read: read(sent, sender),
      }));
      const { reply, fates } = await intake.take(elements, origin);
      // a dossier that is said to be new, and is, has no older saying that could win over it
      const isNews = batch.service === 'DongBoHoSoMC' && (batch.isUpdating || fates.includes('duplicate'));
      const amended = isNews ? await amendStored(elements, fates, origin, intake) : 0;
      return answerOf({ ...reply, accepted: reply.accepted + amended, duplicate: reply.duplicate - amended });
    },
    fault: (code, message, request_id) => ({ error_code: '-1', code, message, request_id }),
  };
}

function grantOf(tokens: Pick<Tokens, 'find'>, session: string | undefined) {
  if (session === undefined) throw new RequestFault('IOC_TOKEN_MISSING');
  const grant = tokens.find(session);
  if (!grant) throw new RequestFault('IOC_TOKEN_UNKNOWN');
  return grant;
}

/** `error_code` "0": all is stored; "1": some was refused, the rest is stored; "-1": nothing could be used. */
function answerOf(reply: IngestReply): Answer {
  const first = reply.rejected[0];
  if (!first) return answer(200, { error_code: '0', message: 'Thành công', ...reply });
  const taken = reply.accepted + reply.duplicate;
  const total = taken + reply.rejected.length;
  const message = `${reply.rejected.length}/${total} mục bị từ chối; mục ${first.index}: ${first.reason}`;
  return taken === 0
    ? answer(400, { error_code: '-1', message, ...reply })
    : answer(200, { error_code: '1', message, ...reply });
}

const answer = (status: number, body: DvcqgReply): Answer => ({ status, body });
