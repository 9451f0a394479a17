/**
 * A text as it is searched: lower case, without marks, `đ` as `d`, single spaces; the same for composed and decomposed writing.
 * The SQL of list.sql does the same to what is searched in.
 */
export function searchText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
