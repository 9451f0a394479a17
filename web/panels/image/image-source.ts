/** Where the server gives a picture of `images/`. */
export function imageSource(file: string): string {
  return `/api/images/${encodeURIComponent(file)}`;
}
