import { useIntervalFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { DossierPage, DossierRow } from '#api/contract-dossiers.ts';
import { DossierPageSchema } from '../../http/dossier-schemas.ts';
import { getJson, RequestError } from '../../http/get-json.ts';

/** A list of dossiers that grows page by page. */
export interface DossierPages {
  /** The rows loaded so far, in order, each dossier once. */
  rows: Readonly<ShallowRef<readonly DossierRow[]>>;
  /** The first page as it came, for its instant and the length of the whole list; undefined until it is there. */
  page: Readonly<ShallowRef<DossierPage | undefined>>;
  hasMore: ComputedRef<boolean>;
  isBusy: Readonly<Ref<boolean>>;
  error: Readonly<ShallowRef<RequestError | undefined>>;
  status: ComputedRef<'loading' | 'ready' | 'error'>;
  /** Appends the next page; does nothing when there is none, or one is on its way. */
  more: () => Promise<void>;
  /** Begins again from the first page. */
  refresh: () => Promise<void>;
}

/**
 * Loads the list of `url(after)`, anew whenever the first url changes. Every `every_ms` the first page is asked for again, as long as no other
 * is loaded: whoever has gone deeper keeps their place until they ask. No `every_ms` asks once.
 */
export function useDossierPages(options: {
  url: (after?: string) => string;
  every_ms: MaybeRefOrGetter<number | undefined>;
}): DossierPages {
  const rows = shallowRef<readonly DossierRow[]>([]);
  const page = shallowRef<DossierPage>();
  const error = shallowRef<RequestError>();
  const next = shallowRef<string | null>(null);
  const isBusy = ref(false);
  const isDeep = ref(false);
  let abort: AbortController | undefined;

  const ask = async (after: string | undefined, take: (reply: DossierPage) => void): Promise<void> => {
    abort?.abort();
    const mine = new AbortController();
    abort = mine;
    isBusy.value = true;
    const url = options.url(after);
    try {
      const reply = await getJson(url, DossierPageSchema, mine.signal);
      if (mine.signal.aborted) return;
      take(reply);
      error.value = undefined;
    } catch (reason) {
      if (mine.signal.aborted) return;
      error.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, url);
    }
    isBusy.value = false;
  };

  const refresh = (): Promise<void> =>
    ask(undefined, (reply) => {
      page.value = reply;
      rows.value = reply.rows;
      next.value = reply.next;
      isDeep.value = false;
    });
  const more = async (): Promise<void> => {
    const after = next.value;
    if (after === null || isBusy.value) return;
    await ask(after, (reply) => {
      // a dossier whose promise moved while pages were read would come twice
      const known = new Set(rows.value.map((row) => row.dossier_id));
      rows.value = [...rows.value, ...reply.rows.filter((row) => !known.has(row.dossier_id))];
      next.value = reply.next;
      isDeep.value = true;
    });
  };

  watch(
    () => options.url(),
    () => {
      rows.value = [];
      page.value = undefined;
      next.value = null;
      error.value = undefined;
      void refresh();
    },
    { immediate: true },
  );
  const { pause, resume } = useIntervalFn(
    () => {
      if (!isDeep.value && !isBusy.value) void refresh();
    },
    () => toValue(options.every_ms) ?? 0,
    { immediate: false },
  );
  // an interval that began with nothing to wait for does not begin by itself: back from an instant, the list follows the present again
  watch(
    () => toValue(options.every_ms),
    (ms) => (ms === undefined ? pause() : resume()),
    { immediate: true },
  );
  onScopeDispose(() => abort?.abort());

  const hasMore = computed(() => next.value !== null);
  const status = computed(() => {
    if (error.value) return 'error';
    return page.value === undefined ? 'loading' : 'ready';
  });
  return { rows, page, hasMore, isBusy, error, status, more, refresh };
}
