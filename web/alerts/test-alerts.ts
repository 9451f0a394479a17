import type { Alert } from '#api/contract-alerts.ts';

/** An alert for tests: high, firing, nobody's. */
export function testAlert(more: Partial<Alert> = {}): Alert {
  const at = Date.parse('2026-11-21T02:35:00Z');
  return {
    alert_id: 'AL-1',
    rule: 'vong-dut',
    unit: 'H49.12',
    unit_path: '/H49/H49.12/',
    labels: {},
    severity: 3,
    state: 'firing',
    state_at: at,
    human: 'unseen',
    onset_at: at,
    fired_at: at,
    trigger_value: 14,
    value: 12.5,
    text: '',
    acknowledged_at: null,
    acknowledged_by: '',
    assignee: '',
    assigned_at: null,
    shelved_until: null,
    shelved_by: '',
    shelved_why: '',
    closed_at: null,
    closed_by: '',
    closed_why: '',
    notified_at: null,
    notified_to: '',
    notified_reason: '',
    level: 0,
    simulated: 0,
    texts: {
      name: { vi: 'Vòng đứt', en: 'Ring cut' },
      summary: { vi: 'Đứt vòng Vân Đồn: 14 nơi mất một cửa', en: 'Ring cut at Vân Đồn: 14 desks cut off' },
      description: { vi: 'Người dân không nộp được hồ sơ.', en: 'Nobody can file.' },
      runbook: { vi: ['Gọi đơn vị truyền dẫn', 'Kiểm tra nguồn'], en: ['Call the carrier', 'Check power'] },
      opens: '/links?ring=vong',
      value: { unit: { vi: 'nơi', en: 'places' }, decimals: 0 },
    },
    ...more,
  };
}
