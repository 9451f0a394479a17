/**
 * The ten statuses of a dossier in the national exchange format, by code.
 * `clock` says what the promise does in that status: waiting (not started), running, paused, or ended.
 * Status 8 is paused for some vendors and closed for others; sources may say which, closed is the default here.
 */
export const DOSSIER_STATUSES = {
  1: { key: 'submitted', vi: 'Mới đăng ký', clock: 'waiting' },
  2: { key: 'received', vi: 'Được tiếp nhận', clock: 'running' },
  3: { key: 'rejected', vi: 'Không được tiếp nhận', clock: 'ended' },
  4: { key: 'processing', vi: 'Đang xử lý', clock: 'running' },
  5: { key: 'supplement', vi: 'Yêu cầu bổ sung giấy tờ', clock: 'paused' },
  6: { key: 'payment', vi: 'Yêu cầu thực hiện nghĩa vụ tài chính', clock: 'paused' },
  7: { key: 'withdrawn', vi: 'Công dân yêu cầu rút hồ sơ', clock: 'ended' },
  8: { key: 'stopped', vi: 'Dừng xử lý', clock: 'ended' },
  9: { key: 'finished', vi: 'Đã xử lý xong', clock: 'ended' },
  10: { key: 'returned', vi: 'Đã trả kết quả', clock: 'ended' },
} as const;

export type DossierStatus = keyof typeof DOSSIER_STATUSES;

/** How a dossier was filed: 1 at the desk, 2 online, 3 by public post. 0 is "the source did not say". */
export const CHANNELS = { 1: 'desk', 2: 'online', 3: 'post' } as const;
