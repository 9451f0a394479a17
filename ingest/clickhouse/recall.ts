/** The relations that can be recalled. */
export type Recalled = 'dossier' | 'dossier_open';

/**
 * What `history.dossier` (or `dossier_open`) says as of an instant, from what `live` keeps: a dossier of which nothing was heard and nothing
 * happened since is as it was, so its kept row answers; one that began later was not there; only the others, which were under way then, are
 * folded again. SQL in brackets, to stand behind FROM, asked in `history` under a lens of that instant. Parameters: `at`, the instant looked
 * at, which every lens gives, and `{known:Float64}`, up to when what was received counts (epoch ms; the present instant where everything counts).
 */
export function recalled(relation: Recalled): string {
  return `
(
    SELECT * FROM live.${relation} WHERE NOT (${TOUCHED})
    UNION ALL
    SELECT * FROM history.${relation}
    WHERE (unit_path, dossier_id) IN (SELECT unit_path, dossier_id FROM live.dossier_row WHERE (${TOUCHED}) AND ${WAS_THERE})
        -- says nothing more, but leaves out the quarters of the log that hold none of them: five times as fast
        AND opened_on IN (SELECT opened_on FROM live.dossier_row WHERE (${TOUCHED}) AND ${WAS_THERE})
)`;
}

const KNOWN = 'fromUnixTimestamp64Milli(toInt64({known:Float64}))';
const AT = "{at:DateTime64(3, 'Asia/Ho_Chi_Minh')}";
/** Of a row of live: something was heard of it, or happened to it, after the instants. */
const TOUCHED = `last_received_at > ${KNOWN} OR last_observed_at > ${AT}`;
/** Of a row of live: something had happened to it, and something was heard of it, by the instants. */
const WAS_THERE = `first_received_at <= ${KNOWN} AND first_observed_at <= ${AT}`;
