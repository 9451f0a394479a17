/** A page for `npm run bench -- draw`: one panel of the product, given rows as a server would, and a measure of how evenly the page draws. */
import { createPinia } from 'pinia';
import { createApp, defineComponent, h, provide, shallowRef, watch } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useProvince } from '../../composables/use-province.ts';
import { i18n, wordsReady } from '../../i18n/i18n.ts';
import { createKeyStore } from '../../live/key-store.ts';
import { LIVE_BOARD } from '../../live/live-board.ts';
import { useConnection } from '../../stores/connection.ts';
import { testBoard } from '../../test-board.ts';
import '../../theme/fonts.ts';
import '../../theme/tokens.css';
import '../../theme/base.css';
import WallGrid from '../../wall/WallGrid.vue';
import { mapSource, METRIC, PANELS, SCENES, seriesSource } from './scenes.ts';

const SECOND_MS = 1_000;

/** Times between frames, and lengths of tasks of more than 50 ms, in ms. */
export interface Drawn {
  frames: number[];
  tasks: number[];
}

/** Watches the page for so many seconds. */
async function measure(seconds: number): Promise<Drawn> {
  const [frames, tasks]: [number[], number[]] = [[], []];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ['longtask'] });
  const end = performance.now() + seconds * SECOND_MS;
  await new Promise<void>((done) => {
    let last = performance.now();
    requestAnimationFrame(function step(at) {
      frames.push(at - last);
      last = at;
      if (at < end) requestAnimationFrame(step);
      else done();
    });
  });
  observer.disconnect();
  return { frames: frames.slice(1), tasks };
}

const wanted = new URLSearchParams(location.search).get('scene');
const scene = SCENES.find((name) => name === wanted) ?? 'empty';
const store = createKeyStore();

const Page = defineComponent(() => {
  const { province } = useProvince();
  const connection = useConnection();
  connection.up();
  const board = { ...testBoard(), metrics: { m: METRIC } };
  const views = scene === 'empty' ? [] : [{ id: scene, metric: METRIC, ...PANELS[scene] }];
  const live = {
    board: shallowRef({ ...board, board: { ...board.board, grid: { columns: 1, rows: 1 } } }),
    panels: shallowRef(views),
    faults: shallowRef([]),
    result: store.result,
    orders: shallowRef(undefined),
    sign: () => undefined,
  };
  provide(LIVE_BOARD, live);
  watch(province, (found) => {
    if (!found || scene === 'empty') return;
    const districts = found.units.filter(({ type }) => type === 'huyen').map(({ code }) => code);
    const source = scene === 'map' ? mapSource(districts, [21.15, 107.2]) : seriesSource();
    const hear = (now: number): void => {
      const age = {
        family: 'reading',
        source: 'a',
        observed_at: now,
        received_at: now,
        simulated: false,
        is_silent: null,
      } as const;
      connection.heard({ now, seqs: {}, failure: null, sources: [age] });
    };
    hear(Date.now());
    store.take(source.first(Date.now()));
    let seq = 1;
    setInterval(() => {
      const now = Date.now();
      seq += 1;
      hear(now);
      for (const diff of source.next(now, seq)) store.apply(diff);
    }, SECOND_MS);
  });
  return () => h(WallGrid, { live });
});

await wordsReady();
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
});
createApp(Page).use(createPinia()).use(i18n).use(router).mount('#app');
Object.assign(window, { measure });
