import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Button, Card, FluentProvider, Text, Title3, webLightTheme } from '@fluentui/react-components';
import { app, authentication } from '@microsoft/teams-js';

/** The least that a tab of Fluent and Teams JS does: it joins Teams, has a token, asks its server for words, shows them. */
async function read(): Promise<readonly string[]> {
  const asked = new URLSearchParams(location.search);
  await app.initialize([asked.get('host') ?? '']);
  await app.getContext();
  const authorization = `Bearer ${await authentication.getAuthToken()}`;
  const answer = await fetch(`./${asked.get('words')}.json`, { headers: { authorization } });
  app.notifyAppLoaded();
  app.notifySuccess();
  return (await answer.json()) as readonly string[];
}

function Page() {
  const [words, setWords] = useState<readonly string[]>([]);
  useEffect(() => void read().then(setWords), []);
  return (
    <FluentProvider theme={webLightTheme}>
      <Title3 as="h1">Bare page</Title3>
      {words.map((line, index) => (
        <Card key={index}>
          <Text>{line}</Text>
          <Button>Open</Button>
        </Card>
      ))}
    </FluentProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
