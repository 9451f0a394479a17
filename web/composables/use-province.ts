import { createGlobalState } from '@vueuse/core';
import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { Province, UnitInfo } from '#api/contract.ts';
import { ProvinceSchema } from '../http/schemas.ts';
import { useResource } from './use-resource.ts';

/** How the server names all units together that are not in the tree. */
export const UNKNOWN_UNIT = '?';

/** The unit tree in the viewer's scope, found by code. */
export interface ProvinceView {
  province: Readonly<ShallowRef<Province | undefined>>;
  units: ComputedRef<ReadonlyMap<string, UnitInfo>>;
  /** Asks again: somebody else is looking now. */
  refresh: () => void;
}

/** The province, asked for once a page and again until the server answers. */
export const useProvince = createGlobalState((): ProvinceView => {
  const { data, refresh } = useResource({ url: '/api/province', schema: ProvinceSchema, recall: true });
  const units = computed(() => new Map(data.value?.units.map((unit) => [unit.code, unit])));
  return { province: data, units, refresh };
});
