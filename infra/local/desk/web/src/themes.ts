import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme, type Theme } from '@fluentui/react-components';
import type { ThemeName } from './teams-host.ts';

export const themes: Readonly<Record<ThemeName, { readonly label: string; readonly fluent: Theme }>> = {
  default: { label: 'Light', fluent: teamsLightTheme },
  dark: { label: 'Dark', fluent: teamsDarkTheme },
  contrast: { label: 'Contrast', fluent: teamsHighContrastTheme },
};

export function isThemeName(name: string | null): name is ThemeName {
  return name !== null && Object.hasOwn(themes, name);
}
