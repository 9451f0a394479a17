import { createRouter, createWebHistory } from 'vue-router';
import type { Router } from 'vue-router';
import { chooseLanguage, isLanguage } from './i18n/i18n.ts';
import { isTheme, useTheme } from './theme/use-theme.ts';

/** The routes, each a chunk of its own. `?theme=` and `?lang=` are read on every one of them and kept. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: () => import('./boards/BoardsPage.vue') },
      { path: '/wall/:board', component: () => import('./wall/WallPage.vue'), props: true, meta: { wall: true } },
      { path: '/desk', component: () => import('./desk/DeskPage.vue') },
      { path: '/chases', component: () => import('./desk/chase/ChasesPage.vue') },
      { path: '/chases/:id/print', component: () => import('./desk/chase/ChasePrint.vue'), props: true },
      { path: '/sources', component: () => import('./sources/SourcesPage.vue') },
      { path: '/index', component: () => import('./index-766/IndexPage.vue') },
      { path: '/integrity', component: () => import('./desk/integrity/IntegrityPage.vue') },
      { path: '/trail', component: () => import('./trail/TrailPage.vue') },
      { path: '/unit/:id', component: () => import('./unit/UnitPage.vue'), props: true },
      { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue') },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? false,
  });
  router.beforeEach((to) => {
    if (isLanguage(to.query.lang)) chooseLanguage(to.query.lang);
    const { choose, onWall } = useTheme();
    onWall(to.meta.wall === true);
    if (isTheme(to.query.theme)) choose(to.query.theme);
  });
  return router;
}
