/**
 * Stands in for the package with which Teams' library writes to the console for whoever mends it: vite.config.ts puts it
 * there when the pages are built.
 */
export const b = { debug: (): Log => noLog };

type Log = (() => void) & { readonly extend: () => Log };

const noLog: Log = Object.assign(() => {}, { extend: () => noLog });
