import { clipPauses, latest, statutoryDue, type Terms } from './dossier-clock.ts';
import type { DossierState } from './fold.ts';
import { DUE_SOON_MS, stageOf, type Judgement, type RuleSet } from './outcome.ts';

/**
 * Indicator 2.1 of the index of Quyết định 766/QĐ-TTg (23/6/2022): instants are compared, time in which the citizen was waited for is
 * taken off, more than one request for papers without a finish is late.
 *
 * A promise made after a request already allows for it, so only waiting since the promise was made is taken off: otherwise a renewed
 * promise would count the same days twice.
 */
export const RULE_766: RuleSet = {
  name: { vi: '766', en: '766' },
  definition: {
    vi:
      'Theo chỉ số 2.1 của Quyết định 766/QĐ-TTg, so sánh cả ngày và giờ. Đúng hạn khi thời điểm kết thúc xử lý không sau thời điểm hẹn ' +
      'trả; thời điểm kết thúc là lúc đã xử lý xong, nếu không có thì lúc đã trả kết quả, rồi lúc dừng xử lý hoặc từ chối. Thời gian ' +
      'chờ công dân được trừ. Đang chờ công dân mà chưa kết thúc thì lấy thời điểm yêu cầu; yêu cầu bổ sung quá một lần mà chưa kết ' +
      'thúc thì tính quá hạn. Không có ngày hẹn trả thì so với thời hạn tối đa của thủ tục, tính từ lúc tiếp nhận. Chưa kết thúc thì ' +
      'so với thời điểm thống kê; sắp đến hạn khi còn không quá 24 giờ; trước hạn khi xong từ ngày trước ngày hẹn trả.',
    en:
      'Indicator 2.1 of Decision 766/QĐ-TTg, instants are compared. On time when finished not after the promised instant; the finish is ' +
      'when processing was done, else when the result was handed over, else when it was stopped or refused. Time spent waiting for ' +
      'the citizen is taken off. While the citizen is waited for and nothing is finished, the request stands for the finish; more ' +
      'than one request for papers without a finish counts as overdue. Without a promise, the maximum of the procedure from acceptance ' +
      'on is the promise. What is not finished is compared with the instant looked at; due soon in the last 24 hours; early when ' +
      'done on a day before the promised day.',
  },
  judge: (state, at, terms) => {
    const due_at = state.due_at ?? statutoryDue(state, terms);
    const since = state.due_at === null ? state.accepted_at : latest(state.accepted_at, state.due_since);
    const reached = state.finished_at ?? (state.clock === 'paused' ? (state.since ?? at) : at);
    const waited = clipPauses(state.pauses, since, reached).reduce((sum, { from, to }) => sum + to - from, 0);
    const measured_at = reached - waited;
    const { outcome, on_time } = place(state, { due_at, measured_at }, terms);
    return { outcome, on_time, due_at, measured_at };
  },
};

type Measure = Pick<Judgement, 'due_at'> & { measured_at: number };
type Place = Pick<Judgement, 'outcome' | 'on_time'>;

function place(state: DossierState, measure: Measure, terms: Terms): Place {
  // without a promise and without a limit nothing can be kept or broken: it stands with those in time and is left out of the rate
  const on_time = measure.due_at === null ? null : measure.measured_at <= measure.due_at;
  const stage = stageOf(state);
  switch (stage) {
    case 'finished':
      return { outcome: finished(measure, terms), on_time };
    case 'withdrawn':
    case 'rejected':
    case 'stopped':
      return { outcome: stage, on_time };
    case 'paused':
      return isOverdue(state, on_time) ? OVERDUE : { outcome: 'paused', on_time };
    case 'running':
      return isOverdue(state, on_time)
        ? OVERDUE
        : { outcome: isSoon(measure) ? 'open_due_soon' : 'open_in_time', on_time };
    case 'waiting':
      return { outcome: 'waiting', on_time: null };
    case 'unknown':
      return { outcome: 'unknown', on_time: null };
  }
}

const OVERDUE: Place = { outcome: 'open_overdue', on_time: false };

function isOverdue(state: DossierState, on_time: boolean | null): boolean {
  return on_time === false || state.supplement_requests > 1;
}

function isSoon({ due_at, measured_at }: Measure): boolean {
  return due_at !== null && due_at <= measured_at + DUE_SOON_MS;
}

function finished({ due_at, measured_at }: Measure, { time }: Terms): Judgement['outcome'] {
  if (due_at === null) return 'finished_on_time';
  if (measured_at > due_at) return 'finished_late';
  return time.dayOf(measured_at) < time.dayOf(due_at) ? 'finished_early' : 'finished_on_time';
}
