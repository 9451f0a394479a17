import { mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { vi } from 'vitest';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Province } from '#api/contract.ts';
import { chooseLanguage, i18n } from './i18n/i18n.ts';

/** A province for tests: the root and two districts. */
export const TEST_PROVINCE: Province = {
  id: 'thu',
  name: { vi: 'Tỉnh Thử', en: 'Test province' },
  heading: { vi: 'Toàn cảnh tỉnh Thử', en: 'Test at a glance' },
  root: 'H49',
  map: 'thu',
  zone: 'Asia/Ho_Chi_Minh',
  units: [
    { code: 'H49', path: '/H49/', parent: null, type: 'tinh', name: 'Tỉnh Thử', short: 'Thử', seat: [20.9, 107.1] },
    {
      code: 'H49.12',
      path: '/H49/H49.12/',
      parent: 'H49',
      type: 'huyen',
      name: 'Huyện Vân Đồn',
      short: 'Vân Đồn',
      seat: null,
    },
    {
      code: 'H49.09',
      path: '/H49/H49.09/',
      parent: 'H49',
      type: 'huyen',
      name: 'Huyện Đầm Hà',
      short: 'Đầm Hà',
      seat: null,
    },
  ],
};

/** Answers requests by path from `replies`, and with 404 what is not there. `/api/province` is always there. */
export function answerRequests(replies: Readonly<Record<string, unknown>> = {}): string[] {
  const asked: string[] = [];
  const known: Record<string, unknown> = { '/api/province': TEST_PROVINCE, ...replies };
  vi.stubGlobal('fetch', (input: string | URL | Request) => {
    const url = new URL(String(input instanceof Request ? input.url : input), 'http://localhost');
    asked.push(url.pathname + url.search);
    const body = known[url.pathname];
    return Promise.resolve(
      body === undefined
        ? Response.json({ code: 'IOC_NOT_FOUND', message: 'không có' }, { status: 404 })
        : Response.json(body),
    );
  });
  return asked;
}

/** Lets requests and what they change settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Mounts a component with stores, catalogues (Vietnamese) and a router that stands at `path`. */
export async function mountAt(
  component: Component,
  options: {
    path?: string;
    props?: Record<string, unknown>;
    provide?: Record<symbol, unknown>;
    slots?: Record<string, string>;
    /** Components that are left empty: those that open a connection. */
    stubs?: string[];
  } = {},
): Promise<{ page: VueWrapper; address: () => string }> {
  setActivePinia(createPinia());
  await chooseLanguage('vi');
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  await router.push(options.path ?? '/');
  const page = mount(component, {
    props: options.props ?? {},
    slots: options.slots ?? {},
    global: { plugins: [createPinia(), i18n, router], provide: options.provide ?? {}, stubs: options.stubs ?? [] },
    attachTo: document.body,
  });
  await settle();
  return { page, address: () => router.currentRoute.value.fullPath };
}
