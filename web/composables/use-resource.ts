import { useTimeoutFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type * as z from 'zod/mini';
import { isScreen } from '../live/kept-picture.ts';
import { getJson, RequestError } from '../http/get-json.ts';
import { forgetReply, keepReply, recallReply } from './kept-replies.ts';

/** Statuses by which the server says that there is nothing for whoever asks: somebody else may have kept a reply on this computer. */
const NOT_FOR_YOU = new Set([401, 403, 404]);

/** Refusals of the server itself that asking again does not change: the request is wrong, or what it names is not there (for whoever asks). */
const FINAL = new Set([400, 404, 422]);
/** How long what was refused rests where it is asked again anyway, in ms: what it names may be there by then. */
const REFUSED_MS = 30_000;
const isFinal = ({ code, status }: RequestError): boolean => FINAL.has(status) && code.startsWith('IOC_');

export interface Resource<T> {
  /** The last good reply to the present url; undefined until there is one. */
  data: Readonly<ShallowRef<T | undefined>>;
  /** What the newest attempt failed with; undefined when it did not. */
  error: Readonly<ShallowRef<RequestError | undefined>>;
  status: ComputedRef<'loading' | 'ready' | 'error'>;
  /** True while `data` is what an earlier visit kept and the server has not answered this one. */
  isKept: Readonly<Ref<boolean>>;
  refresh: () => void;
}

/**
 * Gets a url, again whenever it changes, every `every_ms` when given, and after `retry_ms` when it failed, unless the server refused it for good. A new url keeps what is
 * shown until its reply is there when `keep` is set. Nothing is asked while the url is undefined. With `recall` the last reply is kept in the
 * browser and shown until the server answers, also after a reload.
 */
export function useResource<S extends z.ZodMiniType>(options: {
  url: MaybeRefOrGetter<string | undefined>;
  schema: S;
  every_ms?: MaybeRefOrGetter<number | undefined>;
  retry_ms?: number;
  keep?: boolean;
  recall?: boolean;
}): Resource<z.output<S>> {
  const data = shallowRef<z.output<S>>();
  const error = shallowRef<RequestError>();
  const isKept = ref(false);
  let abort: AbortController | undefined;
  const wait = ref(0);
  const { start, stop } = useTimeoutFn(() => void load(), wait, { immediate: false });

  const load = async (): Promise<void> => {
    abort?.abort();
    stop();
    const url = toValue(options.url);
    if (url === undefined) return;
    const mine = new AbortController();
    abort = mine;
    try {
      const next = await getJson(url, options.schema, mine.signal);
      if (mine.signal.aborted) return;
      data.value = next;
      isKept.value = false;
      error.value = undefined;
      if (options.recall) keepReply(url, next);
    } catch (reason) {
      if (mine.signal.aborted) return;
      error.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, url);
      // a screen that was revoked keeps its last picture, and says so
      if (options.recall && NOT_FOR_YOU.has(error.value.status) && !isScreen(localStorage)) {
        forgetReply(url);
        data.value = undefined;
        isKept.value = false;
      }
    }
    const every_ms = toValue(options.every_ms);
    // a refusal for good is not asked again at once; what is asked again anyway may have come back by then
    const isRefused = error.value !== undefined && isFinal(error.value);
    const next = !error.value
      ? every_ms
      : isRefused
        ? every_ms && Math.max(every_ms, REFUSED_MS)
        : (options.retry_ms ?? 4000);
    if (next !== undefined) {
      wait.value = next;
      start();
    }
  };

  watch(
    () => toValue(options.url),
    (url) => {
      if (!options.keep) data.value = undefined;
      const kept = options.recall && url !== undefined ? options.schema.safeParse(recallReply(url)) : undefined;
      isKept.value = kept?.success ?? false;
      if (kept?.success) data.value = kept.data;
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
  return { data, error, status, isKept, refresh: () => void load() };
}
