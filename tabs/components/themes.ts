import type { Theme } from '@fluentui/react-components';
import type { ThemeName } from '../lib/teams.ts';

/** Each theme comes when somebody wants it: three of them would be much of what a tab loads at first. */
const themes: Readonly<Record<ThemeName, () => Promise<{ readonly theme: Theme }>>> = {
  default: () => import('./themes/light.ts'),
  dark: () => import('./themes/dark.ts'),
  contrast: () => import('./themes/contrast.ts'),
};

export async function loadTheme(name: ThemeName): Promise<Theme> {
  return (await themes[name]()).theme;
}
