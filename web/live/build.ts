/** Which build of the web app this is: version and time of the build; `dev` where it was not built. */
export const BUILD: string = import.meta.env.VITE_BUILD ?? 'dev';
