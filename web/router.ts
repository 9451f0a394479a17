import type { Component } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import type { Router } from 'vue-router';
import { useSound } from './alerts/use-sound.ts';
import { chooseLanguage, isLanguage } from './i18n/i18n.ts';
import { fontsReady } from './theme/fonts.ts';
import { isTheme, useTheme } from './theme/use-theme.ts';

/** The wall draws and measures texts on canvases, which do not draw again when a font arrives. Other pages do not wait for fonts. */
async function openWall(): Promise<Component> {
  const page = import('./wall/WallPage.vue');
  await fontsReady();
  return (await page).default;
}

/** The editor draws a wall too. */
async function openEditor(): Promise<Component> {
  const page = import('./boards/editor/BoardEditorPage.vue');
  await fontsReady();
  return (await page).default;
}

/** The routes, each a chunk of its own. `?theme=`, `?lang=` and `?sound=` are read on every one of them and kept. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: () => import('./boards/BoardsPage.vue') },
      { path: '/boards/new', component: openEditor },
      { path: '/boards/:id/edit', component: openEditor, props: true },
      { path: '/wall/:board', component: openWall, props: true, meta: { wall: true } },
      { path: '/screen', component: () => import('./wall/WallPage.vue'), props: { board: '' }, meta: { wall: true } },
      { path: '/screens', component: () => import('./screens/ScreensPage.vue') },
      { path: '/desk', component: () => import('./desk/DeskPage.vue') },
      { path: '/alerts', component: () => import('./alerts/AlertsPage.vue') },
      { path: '/alerts/handover', component: () => import('./alerts/HandoverPage.vue') },
      { path: '/alerts/silences', component: () => import('./alerts/silences/SilencesPage.vue') },
      { path: '/alerts/statistics', component: () => import('./alerts/StatisticsPage.vue') },
      { path: '/chases', component: () => import('./desk/chase/ChasesPage.vue') },
      { path: '/chases/:id/print', component: () => import('./desk/chase/ChasePrint.vue'), props: true },
      { path: '/sources', component: () => import('./sources/SourcesPage.vue') },
      { path: '/sources/letters', component: () => import('./sources/LettersPage.vue') },
      { path: '/import', component: () => import('./imports/ImportPage.vue') },
      { path: '/links', component: () => import('./records/LinksPage.vue') },
      { path: '/security', component: () => import('./records/SecurityPage.vue') },
      { path: '/counts', component: () => import('./records/CountsPage.vue') },
      { path: '/entries', component: () => import('./records/EntriesPage.vue') },
      { path: '/readings', component: () => import('./records/ReadingsPage.vue') },
      { path: '/index', component: () => import('./index-766/IndexPage.vue') },
      { path: '/reconciliation', component: () => import('./reconciliation/ReconciliationPage.vue') },
      { path: '/integrity', component: () => import('./desk/integrity/IntegrityPage.vue') },
      { path: '/trail', component: () => import('./trail/TrailPage.vue') },
      { path: '/unit/:id', component: () => import('./unit/UnitPage.vue'), props: true },
      { path: '/login', component: () => import('./session/LoginPage.vue'), meta: { open: true } },
      { path: '/login/oidc', component: () => import('./session/ProviderPage.vue'), meta: { open: true } },
      { path: '/setup', component: () => import('./session/SetupPage.vue'), meta: { open: true } },
      { path: '/me', component: () => import('./session/OwnPage.vue') },
      { path: '/accounts', component: () => import('./accounts/AccountsPage.vue') },
      { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue') },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? false,
  });
  router.beforeEach(async (to) => {
    if (isLanguage(to.query.lang)) await chooseLanguage(to.query.lang);
    const { choose, onWall } = useTheme();
    onWall(to.meta.wall === true);
    if (isTheme(to.query.theme)) choose(to.query.theme);
    if (to.query.sound === 'on' || to.query.sound === 'off') useSound().value = to.query.sound === 'on';
  });
  return router;
}
