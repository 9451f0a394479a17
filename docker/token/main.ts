/**
 * `npm run token`: issues a service token and prints it, once; lists tokens; revokes one. Works beside a running product, which honours it within
 * seconds, or on the data folder of one that is stopped. What it does is in the audit log.
 */
import { randomUUID } from 'node:crypto';
import { unitOfRole } from '#api/auth/account-rules.ts';
import { issueToken } from '#api/auth/issue-token.ts';
import { createKeeper } from '#api/auth/keeper.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { runTool } from '../cleanup.ts';
import { noteAct } from '../note-act.ts';
import { reachDatabase } from '../reach.ts';
import { readConfig } from '../supervisor/config.ts';
import { readTokenOptions } from './options.ts';

const ACTOR = 'npm run token';

await runTool(async (cleanup) => {
  const options = readTokenOptions(process.argv.slice(2));
  const config = readConfig(process.env);
  const { keeper: access } = await reachDatabase(config, cleanup);
  const keeper = createKeeper({ client: connect(access), session_ms: 0 });
  cleanup.add(keeper.stop);
  await keeper.read();
  const { tokens } = keeper.directory;
  if ('list' in options) {
    for (const { id, shown, role, unit, expires_at, revoked } of tokens.values())
      console.log(
        [id, role, unit ?? '-', new Date(expires_at).toISOString(), revoked ? 'revoked' : 'good', shown].join('\t'),
      );
    return;
  }
  if ('revoke' in options) {
    if (!tokens.has(options.revoke)) throw new Error(`there is no token ${options.revoke}; see --list`);
    await keeper.keep([{ type: 'token.revoked', subject: options.revoke, actor: ACTOR, data: {} }]);
    await noteAct(config, access, { actor: ACTOR, action: 'token.revoked', target: options.revoke });
    process.stderr.write('revoked\n');
    return;
  }
  const { dashboards } = await loadDashboards({ folder: config.DASHBOARDS_DIR, province: config.PROVINCE });
  if (!dashboards) throw new Error(`the province ${config.PROVINCE} cannot be loaded; see npm run check`);
  const unit = unitOfRole(options.role, options.unit, dashboards.province.units);
  const order = { subject: randomUUID(), shown: options.for, role: options.role, unit, days: options.days };
  const { token, event } = issueToken({ ...order, actor: ACTOR, now: Date.now() });
  await keeper.keep([event]);
  const act = { actor: ACTOR, action: 'token.issued', target: order.subject, unit: unit ?? '' };
  await noteAct(config, access, act);
  process.stderr.write(
    `${options.role}, ${unit ?? 'the whole province'}, ${options.days} days; it is shown once, and good within seconds:\n`,
  );
  console.log(token);
});
