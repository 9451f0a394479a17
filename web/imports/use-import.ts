import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { postFile } from '../http/get-json.ts';
import { ImportedSchema, PreviewSchema } from '../http/import-schemas.ts';
import type { Imported, Preview } from '../http/import-schemas.ts';
import { useAct } from '../session/use-act.ts';
import type { Act } from '../session/use-act.ts';
import { mediaType } from './import-view.ts';

/** A file on its way in: what it would bring, and then what it brought. */
export interface FileImport {
  file: ShallowRef<File | undefined>;
  mapping: Ref<string>;
  preview: ShallowRef<Preview | undefined>;
  imported: ShallowRef<Imported | undefined>;
  act: Act;
  /** Asks what the file would bring; nothing of it is stored. */
  look: () => Promise<void>;
  /** Brings it in. */
  bring: () => Promise<void>;
}

/** Makes an import; nothing is asked until there are a file and a mapping. */
export function useImport(): FileImport {
  const file = shallowRef<File>();
  const mapping = ref('');
  const preview = shallowRef<Preview>();
  const imported = shallowRef<Imported>();
  const act = useAct();

  const url = (name: string, more: Record<string, string>): string =>
    `/api/imports?${new URLSearchParams({ name, mapping: mapping.value, ...more }).toString()}`;

  const look = async (): Promise<void> => {
    preview.value = undefined;
    imported.value = undefined;
    act.failure.value = undefined;
    const chosen = file.value;
    if (!chosen || mapping.value === '') return;
    await act.run(async () => {
      preview.value = await postFile(url(chosen.name, { preview: '1' }), chosen, mediaType(chosen.name), PreviewSchema);
    });
  };
  const bring = async (): Promise<void> => {
    const chosen = file.value;
    if (!chosen || imported.value) return;
    await act.run(async () => {
      imported.value = await postFile(url(chosen.name, {}), chosen, mediaType(chosen.name), ImportedSchema);
    });
  };
  return { file, mapping, preview, imported, act, look, bring };
}
