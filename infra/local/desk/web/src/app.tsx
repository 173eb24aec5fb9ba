import { FluentProvider, Spinner, makeStyles } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { DeskPage } from './desk-page.tsx';
import type { ThemeName } from './teams-host.ts';
import { isThemeName, themes } from './themes.ts';
import { remembered, remember } from './remember.ts';

const useStyles = makeStyles({ provider: { height: '100%' } });

export function App() {
  const styles = useStyles();
  const [theme, setTheme] = useState<ThemeName>(() => {
    const name = remembered('theme');
    return isThemeName(name) ? name : 'default';
  });
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === 'default' ? 'light' : 'dark';
  }, [theme]);
  return (
    <FluentProvider theme={themes[theme].fluent} className={styles.provider}>
      <DeskPage theme={theme} waiting={<Spinner label="Setting up the desk" delay={300} />} onTheme={name => {
        remember('theme', name);
        setTheme(name);
      }} />
    </FluentProvider>
  );
}
