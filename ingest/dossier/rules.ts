import type { Text } from '../schema/unit-tree.ts';
import type { Outcome, RuleSet } from './outcome.ts';
import { PROVINCE } from './rule-province.ts';
import { RULE_766 } from './rule-766.ts';

/** The ids by which a rule set is asked for: `?rule=province`. */
export const RULE_IDS = ['province', '766'] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** The rule sets by id. */
export const RULE_SETS: Record<RuleId, RuleSet> = { province: PROVINCE, '766': RULE_766 };

/** What each outcome is called on screens and in exports. */
export const OUTCOME_NAMES: Record<Outcome, Text> = {
  unknown: { vi: 'Chưa rõ trạng thái', en: 'Status unknown' },
  waiting: { vi: 'Chờ tiếp nhận', en: 'Awaiting acceptance' },
  open_in_time: { vi: 'Đang giải quyết, trong hạn', en: 'Open, in time' },
  open_due_soon: { vi: 'Đang giải quyết, sắp đến hạn', en: 'Open, due soon' },
  open_overdue: { vi: 'Đang giải quyết, quá hạn', en: 'Open, overdue' },
  paused: { vi: 'Tạm dừng, chờ công dân', en: 'Paused, waiting for the citizen' },
  finished_early: { vi: 'Đã giải quyết trước hạn', en: 'Finished early' },
  finished_on_time: { vi: 'Đã giải quyết đúng hạn', en: 'Finished on time' },
  finished_late: { vi: 'Đã giải quyết quá hạn', en: 'Finished late' },
  withdrawn: { vi: 'Công dân rút hồ sơ', en: 'Withdrawn' },
  rejected: { vi: 'Không được tiếp nhận', en: 'Refused' },
  stopped: { vi: 'Dừng xử lý', en: 'Stopped' },
};
