/** A system and the board that shows it, for tests of what files of systems may say; not among those that ship. */
export const SAMPLE_SYSTEM = `number: 21
name: { vi: Văn bản mẫu, en: Sample documents }
group: documents
seeds: [S4]
quoted: { vi: 137.171 trên 144.922 văn bản đi, en: '137,171 of 144,922 documents sent' }
metrics: [filing-share]
feed:
  families: [reading]
  by: [http]
  source: cong-dvc
  carries: [document.out, document.out_electronic]
panels: [mau/share]
example:
  send:
    - { type: reading.sample, unit: H49.02, minutes_ago: 60, data: { metric: document.out, value: 100000 } }
    - { type: reading.sample, unit: H49.02, data: { metric: document.out, value: 44922 } }
    - { type: reading.sample, unit: H49.02, data: { metric: document.out_electronic, value: 137171 } }
    - { type: reading.sample, unit: H49.03, data: { metric: document.out_electronic, value: null } }
  shows:
    - { panel: mau/share, is: 94.65 }
    - { panel: mau/share, column: note, is: 7751 }
    - { panel: mau/share, scope: H49.03, is: null }
`;

export const SAMPLE_BOARD = `title: { vi: Mẫu, en: Sample }
questions: [{ vi: Mẫu?, en: Sample? }]
grid: { columns: 8, rows: 8 }
panels:
  share:
    kind: figure
    title: { vi: Mẫu, en: Sample }
    question: { vi: Mẫu?, en: Sample? }
    metric: filing-share
    sources: [reading]
    stale_after_s: 7200
    at: { x: 0, y: 0, w: 8, h: 8 }
    queries: { main: { query: count-share, params: { part: document.out_electronic, whole: document.out, days: 1 } } }
`;
