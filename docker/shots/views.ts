/** Every page that is pictured, and what it shows once its rows are there. */
const PAGES = [
  { name: 'boards', path: '/', shows: '.card' },
  { name: 'wall', path: '/wall/toan-canh', shows: '[data-state]' },
  { name: 'wall-mang', path: '/wall/mang', shows: '[data-state]' },
  { name: 'wall-an-toan', path: '/wall/an-toan', shows: '[data-state]' },
  { name: 'wall-van-ban', path: '/wall/van-ban', shows: '[data-state]' },
  { name: 'wall-hop-bao-cao', path: '/wall/hop-bao-cao', shows: '[data-state]' },
  { name: 'wall-lien-thong', path: '/wall/lien-thong', shows: '[data-state]' },
  { name: 'wall-nguon', path: '/wall/nguon', shows: '[data-state]' },
  { name: 'wall-ho-so', path: '/wall/ho-so', shows: '[data-state]' },
  { name: 'wall-chat-luong', path: '/wall/chat-luong', shows: '[data-state]' },
  { name: 'wall-phan-anh', path: '/wall/phan-anh', shows: '[data-state]' },
  { name: 'wall-do-thi', path: '/wall/do-thi', shows: '[data-state]' },
  { name: 'wall-chi-tieu', path: '/wall/chi-tieu', shows: '[data-state]' },
  { name: 'desk', path: '/desk', shows: 'table' },
  { name: 'alerts', path: '/alerts', shows: '[data-count]' },
  { name: 'handover', path: '/alerts/handover', shows: '[data-open]' },
  { name: 'alert-statistics', path: '/alerts/statistics', shows: '[data-total]' },
  { name: 'chases', path: '/chases', shows: 'main' },
  { name: 'unit', path: '/unit/H49.02', shows: 'table' },
  { name: 'sources', path: '/sources', shows: '[data-source]' },
  { name: 'letters', path: '/sources/letters', shows: '[data-group]' },
  { name: 'reconciliation', path: '/reconciliation', shows: '[data-rule]' },
  { name: 'import', path: '/import', shows: 'main' },
  { name: 'editor', path: '/boards/toan-canh/edit', shows: '[data-preview] [data-panel]' },
  { name: 'links', path: '/links', shows: 'table' },
  { name: 'security', path: '/security', shows: 'table' },
  { name: 'readings', path: '/readings', shows: 'table' },
  { name: 'index', path: '/index', shows: '[data-score]' },
];
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 5120, height: 1440 },
  { width: 390, height: 844 },
];
const THEMES = ['dark', 'light'];
const LANGUAGES = ['vi', 'en'];

/** One picture to take. */
export interface ShotView {
  /** `wall-1920x1080-dark-vi.png` */
  file: string;
  /** Path and query of the page. */
  address: string;
  width: number;
  height: number;
  /** Selector of what it shows once its rows are there. */
  shows: string;
}

/** Every page in every size, theme and language. */
export function allViews(): ShotView[] {
  return PAGES.flatMap(({ name, path, shows }) =>
    SIZES.flatMap(({ width, height }) =>
      THEMES.flatMap((theme) =>
        LANGUAGES.map((lang) => ({
          file: `${name}-${width}x${height}-${theme}-${lang}.png`,
          // pictures are of the boards
          address: `${path}?theme=${theme}&lang=${lang}&takeover=off`,
          width,
          height,
          shows,
        })),
      ),
    ),
  );
}
