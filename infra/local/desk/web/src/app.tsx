import { FluentProvider } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { DeskPage } from './desk-page.tsx';
import type { ThemeName } from './teams-host.ts';
import { isThemeName, themes } from './themes.ts';
import { remembered, remember } from './remember.ts';
import { Waiting } from './waiting.tsx';

export function App() {
  const [theme, setTheme] = useState<ThemeName>(() => {
    const name = remembered('theme');
    return isThemeName(name) ? name : 'default';
  });
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === 'default' ? 'light' : 'dark';
  }, [theme]);
  return (
    // No class of its own: menus and dialogs would get it too, and a height would push the page out of sight.
    <FluentProvider theme={themes[theme].fluent}>
      <DeskPage
        theme={theme}
        waiting={<Waiting label="Setting up the desk" delay={300} />}
        onTheme={name => {
          remember('theme', name);
          setTheme(name);
        }}
      />
    </FluentProvider>
  );
}
