import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
/** Tests of modules without state of their own share a worker: starting one a file took longer than the tests. */
const shared = { isolate: false, testTimeout: 30_000 } as const;
/**
 * Tests with processes, sockets and clocks of their own. One that passes only the second time is printed with `retry x1`: it has a race that is to be found, and does not hold
 * back all the others meanwhile.
 */
const node = { environment: 'node', env: { TZ: 'America/St_Johns' }, root: `${root}/..`, retry: 1 } as const;

/** The build of the web app, and the test projects: what a test needs is said by its ending. */
export default defineConfig({
  root,
  plugins: [vue()],
  // vue-i18n and Vue leave these to the bundler
  define: {
    // a screen tells its build, and a picture that another build kept is not read
    'import.meta.env.VITE_BUILD': JSON.stringify(
      `${process.env.npm_package_version ?? '0'} ${new Date().toISOString().slice(0, 16)}`,
    ),
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // every file costs an old computer more than its size: what most pages share comes in two, not in twenty
          groups: [
            {
              name: 'libraries',
              test: /node_modules[\\/](?:@vue|vue|vue-router|vue-i18n|@intlify|pinia|@vueuse|zod)[\\/]/,
            },
            {
              name: 'shared',
              test: /[\\/]web[\\/](?:composables|format[\\/](?!local-|Local)|http|i18n[\\/]i18n|stores|theme|PageFrame|ResourceNote|live[\\/](?:freshness|rows|server-clock)|panels[\\/](?:SeverityMark|alerts[\\/]alert-view))|vite[\\/]preload-helper/,
            },
            {
              name: 'live',
              test: /[\\/]web[\\/](?:live|panels[\\/](?:frame|figure|PanelSlot|panels|fill-path))[\\/.]|(?:socket\.io|engine\.io)/,
            },
          ],
        },
      },
    },
  },
  test: {
    // the default leaves a core to the developer; of two that is half
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...node,
          ...shared,
          name: 'unit',
          include: ['{ingest,dashboards,api,docker}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        plugins: [vue()],
        test: {
          ...shared,
          name: 'web',
          root: `${root}/..`,
          environment: 'happy-dom',
          env: { TZ: 'America/St_Johns' },
          include: ['web/**/*.test.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'db',
          include: ['{ingest,dashboards,api,docker}/**/*.db.test.ts'],
          // each has an engine of its own, and waits for it half of the time
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['web/e2e/**/*.spec.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
