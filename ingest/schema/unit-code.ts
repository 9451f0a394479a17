/**
 * Unit codes in their two styles (QCVN 102:2016 and QĐ 20/2020/QĐ-TTg).
 * Old: right to left, padded, `000.05.02.H49` is level-3 unit 05 of level-2 unit 02 of H49; new: parent first, `H49.02.05`.
 */
const OLD = /^(\d{2,3}(?:\.\d{2,3})*)\.([A-Z]\d{2})$/;
const NEW = /^[A-Z]\d{2}(?:\.\d{2,3})*$/;

/**
 * The new-style code of a code in either style; undefined when the text is neither.
 * Zero groups of the old style mean "no unit at this level": `000.00.00.H49` is `H49`.
 */
export function canonicalUnitCode(text: string): string | undefined {
  const trimmed = text.trim();
  if (NEW.test(trimmed)) return trimmed;
  const match = OLD.exec(trimmed);
  if (!match) return undefined;
  const groups = (match[1] ?? '').split('.').reverse();
  const used = groups.filter((group) => Number(group) !== 0);
  // a zero group above a used one would make two units share a code, so such a text is not a code
  if (groups.slice(0, used.length).some((group) => Number(group) === 0)) return undefined;
  return [match[2], ...used].join('.');
}

/** The unit code that leads a dossier number (`000.00.02.H49-231027-0361`, `H49.02-231027-0361`), in the new style. */
export function unitOfDossier(dossierId: string): string | undefined {
  const end = dossierId.indexOf('-');
  return end === -1 ? undefined : canonicalUnitCode(dossierId.slice(0, end));
}
