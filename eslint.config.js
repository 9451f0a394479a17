import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { configureVueProject, defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript';

configureVueProject({ rootDir: import.meta.dirname });

/** Folders whose sources a folder may not import. Imports run one way: ingest/schema <- dashboards <- api <- web. */
const closed = (targets, message) => ({ regex: `^(?:#|(?:\\.\\./)+)(?:${targets.join('|')})(?:/|$)`, message });
const layer = (files, patterns, more = {}) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns, ...more }] },
});
const across = {
  regex: '^(?:\\.\\./)+(?:ingest|dashboards|api|web|docker)/',
  message: 'across folders, import through #',
};
const inside = { regex: '^#\\w+/.*(?<!\\.ts)$', message: 'imports carry the .ts ending' };

export default defineConfigWithVueTs(
  { ignores: ['node_modules', 'web/dist', 'data'] },
  vue.configs['flat/recommended'],
  vueTsConfigs.strictTypeChecked,
  prettier,
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'max-lines': ['error', 300],
      'max-depth': ['error', 3],
      'no-console': 'error',
      'vue/multi-word-component-names': 'error',
    },
  },
  { files: ['**/*.vue'], rules: { 'max-lines': ['error', 250] } },
  { files: ['**/*.test.ts', '**/*.spec.ts'], rules: { 'max-lines': ['error', 500] } },
  layer(
    ['ingest/**/*.ts'],
    [closed(['dashboards', 'api', 'web', 'docker'], 'ingest knows nothing above it'), across, inside],
  ),
  layer(
    ['dashboards/**/*.ts'],
    [
      closed(['api', 'web', 'docker'], 'dashboards know nothing above them'),
      {
        regex:
          '^#ingest/(?!schema/|clickhouse/relations|clickhouse/engine/|clickhouse/client|clickhouse/migrate|clickhouse/access|clickhouse/fold/live-dossiers)',
        message: 'dashboards read ingest/schema, and an engine to check queries on',
      },
      across,
      inside,
    ],
  ),
  layer(
    ['api/**/*.ts'],
    [
      closed(['web', 'docker'], 'api knows nothing above it'),
      {
        regex: '^#ingest/(?!schema/|clickhouse/|dossier/)',
        message: 'api reads ingest/schema, ingest/clickhouse and ingest/dossier',
      },
      across,
      inside,
    ],
  ),
  layer(
    ['web/**/*.{ts,vue}'],
    [
      { regex: '^node:', message: 'web runs in a browser' },
      { regex: '^#(?:ingest|dashboards|api)/', message: 'web takes types only', allowTypeImports: true },
      across,
    ],
  ),
  // the configuration, the end-to-end tests and the shots run in Node
  { files: ['web/vite.config.ts', 'web/e2e/**/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: ['ingest/**/*.ts', 'dashboards/**/*.ts', 'api/**/*.ts', 'docker/**/*.ts'],
    ignores: ['**/main.ts', '**/config.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'navigator'],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'process.env is read in config.ts only' },
      ],
    },
  },
  {
    // marked as deprecated so that it stands out; used for an OpenID provider on this machine alone
    files: ['api/auth/oidc/provider.ts'],
    rules: {
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
    },
  },
  {
    // deprecated without a successor: nothing else writes into a field so that it can be undone
    files: ['web/boards/editor/write-text.ts'],
    rules: { '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'lib', name: 'execCommand' }] }] },
  },
  { files: ['docker/**/*.{ts,mjs}'], rules: { 'no-console': 'off' } },
  layer(['docker/**/*.ts'], [across, inside]),
  { files: ['**/*.mjs', '**/*.js'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
);
