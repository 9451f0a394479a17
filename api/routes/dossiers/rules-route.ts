import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { OUTCOME_NAMES, RULE_IDS, RULE_SETS } from '#ingest/dossier/rules.ts';
import type { RulesReply } from '../../contract-dossiers.ts';

const text = z.object({ vi: z.string(), en: z.string() });
const RulesSchema = z.object({
  rules: z.array(z.object({ id: z.enum(RULE_IDS), name: text, definition: text })),
  outcomes: z.array(z.object({ id: z.enum(OUTCOMES), name: text })),
}) satisfies z.ZodType<RulesReply>;

/** The rule sets in words: shown beside every figure that they make. */
export default function rulesRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/dossiers/rules',
    { schema: { tags: ['dossiers'], summary: 'Rule sets and outcomes, in words', response: { 200: RulesSchema } } },
    () => ({
      rules: RULE_IDS.map((id) => ({ id, name: RULE_SETS[id].name, definition: RULE_SETS[id].definition })),
      outcomes: OUTCOMES.map((id) => ({ id, name: OUTCOME_NAMES[id] })),
    }),
  );
}
