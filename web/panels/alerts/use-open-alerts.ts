import { createSharedComposable, useThrottleFn } from '@vueuse/core';
import { computed, watch } from 'vue';
import type { Alert } from '#api/contract-alerts.ts';
import { useResource } from '../../composables/use-resource.ts';
import { AlertPageSchema } from '../../http/alert-schemas.ts';
import { useConnection } from '../../stores/connection.ts';

/** What of the inbox the rail shows and counts: open, and not put aside. */
const OPEN = 'state=open&human=unseen,acknowledged,assigned';
/** Asked again at least this often, for what changes with time alone, and not sooner than `PAUSE_MS` after a change. */
const EVERY_MS = 30_000;
const PAUSE_MS = 1_000;

/**
 * The open alerts with what their rules say of them, for a page that is connected: asked for again when the pulse says that something became of an alert. One
 * request for all who use it, for as long as somebody does.
 */
export const useOpenAlerts = createSharedComposable(() => {
  const connection = useConnection();
  const { data, error, refresh } = useResource({
    url: `/api/alerts?${OPEN}`,
    schema: AlertPageSchema,
    every_ms: EVERY_MS,
  });
  const heard = computed(() =>
    Math.max(
      0,
      ...(connection.pulse?.sources ?? []).flatMap(({ family, received_at }) =>
        family === 'alert' ? received_at : [],
      ),
    ),
  );
  const again = useThrottleFn(refresh, PAUSE_MS, true);
  watch(heard, () => void again());
  const rows = computed<readonly Alert[]>(() => data.value?.rows ?? []);
  const byId = computed(() => new Map(rows.value.map((alert) => [alert.alert_id, alert])));
  return { rows, byId, error, again };
});
