import type { Terms } from './dossier-clock.ts';
import type { DossierState } from './fold.ts';
import { DUE_SOON_MS, stageOf, type Judgement, type RuleSet } from './outcome.ts';

/** The statistics of the province: dates are compared, not times of day; the source's promise is the promise. */
export const PROVINCE: RuleSet = {
  name: { vi: 'Thống kê tỉnh', en: 'Provincial statistics' },
  definition: {
    vi:
      'So sánh theo ngày, không theo giờ. Hồ sơ đã giải quyết là trước hạn khi ngày kết thúc xử lý sớm hơn ngày hẹn trả, đúng hạn ' +
      'khi cùng ngày hoặc không có ngày hẹn trả, quá hạn khi muộn hơn. Hồ sơ đang giải quyết là quá hạn khi ngày hẹn trả đã qua, ' +
      'sắp đến hạn khi còn không quá 24 giờ, còn lại là trong hạn. Hồ sơ chờ bổ sung, chờ nghĩa vụ tài chính hoặc dừng xử lý ' +
      'luôn là trong hạn; hồ sơ công dân rút được tính đúng hạn; hồ sơ mới đăng ký hoặc không được tiếp nhận thì không tính.',
    en:
      'Dates are compared, not times of day. A closed dossier is early when it was finished on a day before the promised day, on ' +
      'time when on that day or when nothing was promised, late when after it. An open dossier is overdue when the promised day has ' +
      'passed, due soon in the last 24 hours, otherwise in time. A dossier that waits for papers or payment, or is stopped, is ' +
      'always in time; a withdrawn one counts as on time; one not yet accepted, or refused, does not count.',
  },
  judge: (state, at, terms) => {
    const measured_at = state.finished_at ?? at;
    const { outcome, on_time } = place(state, measured_at, terms);
    return { outcome, on_time, due_at: state.due_at, measured_at };
  },
};

function place(state: DossierState, measured_at: number, terms: Terms): Pick<Judgement, 'outcome' | 'on_time'> {
  const stage = stageOf(state);
  switch (stage) {
    case 'finished':
      return finished(state.due_at, measured_at, terms);
    case 'withdrawn':
      return { outcome: 'withdrawn', on_time: true };
    case 'rejected':
      return { outcome: 'rejected', on_time: null };
    case 'stopped':
      return { outcome: 'stopped', on_time: true };
    case 'paused':
      return { outcome: 'paused', on_time: true };
    case 'running':
      return open(state.due_at, measured_at, terms);
    case 'waiting':
      return { outcome: 'waiting', on_time: null };
    case 'unknown':
      return { outcome: 'unknown', on_time: null };
  }
}

function finished(due: number | null, at: number, { time }: Terms): Pick<Judgement, 'outcome' | 'on_time'> {
  if (due === null) return { outcome: 'finished_on_time', on_time: true };
  const days = time.dayOf(at) - time.dayOf(due);
  if (days > 0) return { outcome: 'finished_late', on_time: false };
  return { outcome: days < 0 ? 'finished_early' : 'finished_on_time', on_time: true };
}

function open(due: number | null, at: number, { time }: Terms): Pick<Judgement, 'outcome' | 'on_time'> {
  if (due !== null && time.dayOf(due) < time.dayOf(at)) return { outcome: 'open_overdue', on_time: false };
  const isSoon = due !== null && due <= at + DUE_SOON_MS;
  return { outcome: isSoon ? 'open_due_soon' : 'open_in_time', on_time: true };
}
