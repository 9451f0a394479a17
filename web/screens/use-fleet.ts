import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { Fleet } from '#api/contract-screens.ts';
import { useResource, type Resource } from '../composables/use-resource.ts';
import { RequestError, send } from '../http/get-json.ts';
import { FleetSchema, MayAdministerSchema } from '../http/screen-schemas.ts';

/** The screens, and what may be done with them. */
export interface FleetView {
  fleet: Resource<Fleet>;
  mayAct: () => boolean;
  /** Why the last act was refused; undefined while none was. */
  failure: Readonly<ShallowRef<RequestError | undefined>>;
  isBusy: Readonly<Ref<boolean>>;
  /** Does something under `/api/screens` and asks for the list again; whether it was done. */
  act: (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<boolean>;
}

/** Follows the fleet, asked for every five seconds. */
export function useFleet(): FleetView {
  const fleet = useResource({ url: '/api/screens', schema: FleetSchema, every_ms: 5_000 });
  const who = useResource({ url: '/api/session', schema: MayAdministerSchema });
  const failure = shallowRef<RequestError>();
  const isBusy = ref(false);
  return {
    fleet,
    mayAct: () => who.data.value?.may_administer === true,
    failure,
    isBusy,
    act: async (method, path, body) => {
      isBusy.value = true;
      try {
        await send(method, `/api/screens${path}`, body);
        failure.value = undefined;
        return true;
      } catch (error) {
        failure.value = error instanceof RequestError ? error : new RequestError('unreadable', 0, path);
        return false;
      } finally {
        isBusy.value = false;
        fleet.refresh();
      }
    },
  };
}
