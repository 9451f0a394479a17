import { z } from 'zod';

/** Where a click leads: a path inside the product; `{unit}` and the like are filled from the row. */
export const OpensSchema = z.string().startsWith('/').optional();
