import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import tabs from '../../../tabs/vite.config.ts';

/** Built as the tabs are, with what they leave out of packages, and served beside them. `--outDir` says where to. */
export default mergeConfig(tabs, {
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/tabs/bare/',
});
