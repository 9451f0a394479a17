import type { ApplicantWriter } from '../../clickhouse/applicant/applicants.ts';
import { RequestFault } from '../../errors.ts';
import type { DossierStates } from '../../clickhouse/known/dossier-states.ts';
import type { Answer, HttpSource } from '../../http/source.ts';
import { parseBody, parseQuery } from '../../http/text.ts';
import type { Element } from '../../intake.ts';
import type { Origin } from '../../pipeline/step.ts';
import type { DvcqgReply, IngestReply } from '../../schema/reply.ts';
import type { Tokens } from '../../tokens.ts';
import { amendStored } from './amend-stored.ts';
import { keepApplicants } from './applicants.ts';
import { readDossier, readStep, type SentBy } from './entries.ts';
import { QuerySchema, readBatch } from './envelope.ts';

/** What the source works with. */
export interface DvcqgOptions {
  /** Senders of this format may carry their token as `session` in the body. */
  tokens: Pick<Tokens, 'find'>;
  states: DossierStates;
  /** Where applicants are kept; they are not when absent. */
  applicants?: ApplicantWriter | undefined;
}

/** The national exchange format of one-stop systems: snapshots of dossiers and their steps. */
export function createDvcqgSource({ tokens, states, applicants }: DvcqgOptions): HttpSource {
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
        within: grant.unit,
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
      const taken = await intake.take(elements, origin);
      if (applicants && batch.service === 'DongBoHoSoMC') await keepApplicants(elements, taken, applicants);
      // a dossier that is said to be new, and is, has no older saying that could win over it
      const isNews = batch.service === 'DongBoHoSoMC' && (batch.isUpdating || taken.fates.includes('duplicate'));
      const { reply } = isNews ? await amendStored(elements, taken, { states, intake, origin }) : taken;
      return answerOf(reply);
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
