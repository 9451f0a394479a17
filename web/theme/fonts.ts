import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-500.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/latin-700.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-500.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-700.css';

/** The family that texts on canvases name; pages inherit it. */
export const FONT = 'Be Vietnam Pro';

/**
 * Resolves when every weight can be drawn, in latin and Vietnamese letters, or after `limit_ms`. A canvas does not draw again by
 * itself when a font arrives later, and label boxes would be measured in another font.
 */
export async function fontsReady(limit_ms = 2500): Promise<void> {
  const all = Promise.all(
    [400, 500, 600, 700].map((weight) => document.fonts.load(`${weight} 24px "${FONT}"`, 'aộẫđ1')),
  );
  await Promise.race([all.catch(() => []), new Promise((resolve) => setTimeout(resolve, limit_ms))]);
}
