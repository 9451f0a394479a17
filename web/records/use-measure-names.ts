import { createGlobalState } from '@vueuse/core';
import { useResource } from '../composables/use-resource.ts';
import { useWords } from '../composables/use-words.ts';
import { MeasuresSchema } from '../http/list-schemas.ts';

const useMeasures = createGlobalState(() =>
  useResource({ url: '/api/measures', schema: MeasuresSchema, recall: true }),
);

/** Names metrics, or several with commas between, in the viewer's language; one that no file names is written as it is. */
export function useMeasureNames(): (metrics: string) => string {
  const { data } = useMeasures();
  const { text } = useWords();
  return (metrics) =>
    metrics
      .split(',')
      .map((metric) => text(data.value?.[metric]) || metric)
      .join(', ');
}
