import { createPinia } from 'pinia';
import { createApp } from 'vue';
import AppShell from './AppShell.vue';
import { i18n, wordsReady } from './i18n/i18n.ts';
import { createAppRouter } from './router.ts';
import './theme/fonts.ts';
import './theme/tokens.css';
import './theme/base.css';

document.documentElement.lang = i18n.global.locale.value;
await wordsReady();
createApp(AppShell).use(createPinia()).use(i18n).use(createAppRouter()).mount('#app');
