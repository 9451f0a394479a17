import { useTimeoutFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue';
import type * as z from 'zod/mini';
import { isScreen } from '../live/kept-picture.ts';
import { keepReply, keptReply } from '../http/kept-reply.ts';
import { getJson, RequestError } from '../http/get-json.ts';

export interface Resource<T> {
  /** The last good reply to the present url; undefined until there is one. */
  data: Readonly<ShallowRef<T | undefined>>;
  /** What the newest attempt failed with; undefined when it did not. */
  error: Readonly<ShallowRef<RequestError | undefined>>;
  status: ComputedRef<'loading' | 'ready' | 'error'>;
  refresh: () => void;
}

/**
 * Gets a url, again whenever it changes, every `every_ms` when given, and after `retry_ms` when it failed. A new url keeps what is
 * shown until its reply is there when `keep` is set. Nothing is asked while the url is undefined.
 */
export function useResource<S extends z.ZodMiniType>(options: {
  url: MaybeRefOrGetter<string | undefined>;
  schema: S;
  every_ms?: MaybeRefOrGetter<number | undefined>;
  retry_ms?: number;
  keep?: boolean;
  /** Where the last good reply outlives the page; shown until the server gives one. Screens alone keep theirs. */
  kept?: Storage | undefined;
}): Resource<z.output<S>> {
  const data = shallowRef<z.output<S>>();
  const error = shallowRef<RequestError>();
  const tries = ref(0);
  let abort: AbortController | undefined;
  const wait = ref(0);
  const { start, stop } = useTimeoutFn(() => void load(), wait, { immediate: false });

  const load = async (): Promise<void> => {
    abort?.abort();
    stop();
    const url = toValue(options.url);
    if (url === undefined) return;
    // at once, not after a failure: a server that hangs takes long to fail
    if (options.kept && data.value === undefined) data.value = keptReply(options.kept, url, options.schema);
    const mine = new AbortController();
    abort = mine;
    try {
      const next = await getJson(url, options.schema, mine.signal);
      if (mine.signal.aborted) return;
      data.value = next;
      error.value = undefined;
      if (options.kept && isScreen(options.kept)) keepReply(options.kept, url, next);
    } catch (reason) {
      if (mine.signal.aborted) return;
      error.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, url);
    }
    tries.value += 1;
    const next = error.value ? (options.retry_ms ?? 4000) : toValue(options.every_ms);
    if (next !== undefined) {
      wait.value = next;
      start();
    }
  };

  watch(
    () => toValue(options.url),
    () => {
      if (!options.keep) data.value = undefined;
      error.value = undefined;
      void load();
    },
    { immediate: true },
  );
  onScopeDispose(() => abort?.abort());
  const status = computed(() => {
    if (error.value) return 'error';
    return data.value === undefined ? 'loading' : 'ready';
  });
  return { data, error, status, refresh: () => void load() };
}
