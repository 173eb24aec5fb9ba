import { beforeEach, describe, expect, test } from '@jest/globals';
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { ReportView } from '../../../../domain/events/report-api.ts';
import type { Client } from '../../../../tabs/lib/api.ts';
import { SessionContext, VisitContext, type Session } from '../../../../tabs/lib/session.tsx';
import { createTexts } from '../../../../tabs/lib/text.ts';
import { ReportPanel } from '../../../../tabs/features/events/report-panel.tsx';
import type { NotedPresence } from '../../../../tabs/features/events/report-choices.ts';
import { memoryStorage } from '../../memory-storage.ts';
import { startPage } from '../../render-hook.tsx';

beforeEach(() => startPage(memoryStorage()));

const found: ReportView = {
  refused: null,
  meeting: { title: 'Chart surgery', startedAt: '2026-09-10T13:00:00' },
  cut: false,
  was: [{ person: { id: 'ada', name: 'Ada' }, minutes: 50, by: 'name' }],
  missing: [{ id: 'cy', name: 'Cy' }],
  guests: [{ name: 'Flo', organisation: 'northgate.example', minutes: 1 }],
  unsure: [{ name: 'Sam', organisation: '', minutes: 40, candidates: [{ id: 'sam', name: 'Sam One' }] }],
};

async function shown(answer: ReportView) {
  const sent: unknown[] = [];
  const noted: NotedPresence[] = [];
  const said: string[] = [];
  const client = (async (_endpoint: unknown, call: { body: unknown }) => {
    sent.push(call.body);
    return answer;
  }) as unknown as Client;
  const session = {
    communityId: 'team-1',
    client,
    texts: createTexts('en-GB'),
    announce: (sentence: string) => said.push(sentence),
  } as unknown as Session;
  const place = document.body.appendChild(document.createElement('div'));
  await act(async () =>
    createRoot(place).render(
      <VisitContext value={session}>
        <SessionContext value={session}>
          <QueryClientProvider client={new QueryClient()}>
            <FluentProvider theme={webLightTheme}>
              <ReportPanel event="event-1" note={async presence => noted.push(presence)} />
            </FluentProvider>
          </QueryClientProvider>
        </SessionContext>
      </VisitContext>,
    ),
  );
  const choose = async (file: Blob): Promise<void> =>
    act(async () => {
      const input = place.querySelector('input[type=file]') as HTMLInputElement;
      Object.defineProperty(input, 'files', { value: [file], configurable: true });
      input.dispatchEvent(new window.Event('change', { bubbles: true }));
      await new Promise(resolve => setTimeout(resolve, 20));
    });
  const press = async (label: string): Promise<void> =>
    act(async () => {
      const button = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === label);
      button?.click();
      await new Promise(resolve => setTimeout(resolve, 20));
    });
  return { place, sent, noted, said, choose, press, words: () => place.textContent ?? '' };
}

describe('a chosen file', () => {
  test('is sent as its bytes, and what it says is shown and not noted', async () => {
    const panel = await shown(found);
    await panel.choose(new Blob([Uint8Array.of(0xff, 0xfe)]));

    expect(panel.sent).toEqual([Uint8Array.of(0xff, 0xfe)]);
    expect(panel.words()).toContain('Chart surgery, 10 Sept 2026, 13:00');
    expect(panel.words()).toContain('50 minutes, found by name alone');
    expect(panel.words()).toContain('Flo, northgate.example');
    expect(panel.words()).toContain('1 minute');
    expect(panel.noted).toEqual([]);
  });

  test('is noted by one press, and then gone', async () => {
    const panel = await shown(found);
    await panel.choose(new Blob(['x']));
    await panel.press('Note who was there');

    expect(panel.noted).toEqual([
      {
        people: [
          { id: 'ada', was: 'yes' },
          { id: 'cy', was: 'no' },
        ],
        guests: [{ name: 'Flo', organisation: 'northgate.example', was: 'yes' }],
      },
    ]);
    expect(panel.said).toEqual(['It is noted who was there.']);
    expect(panel.words()).not.toContain('Chart surgery');
  });

  test('may be left', async () => {
    const panel = await shown(found);
    await panel.choose(new Blob(['x']));
    await panel.press('Leave it');

    expect(panel.noted).toEqual([]);
    expect(panel.words()).not.toContain('Chart surgery');
  });

  test('that is too large does not travel', async () => {
    const panel = await shown(found);
    await panel.choose(new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]));

    expect(panel.sent).toEqual([]);
    expect(panel.words()).toContain('This file has more than 10 MB');
  });

  test.each([
    [{ refused: 'cut', meeting: null } as const, 'This file breaks off before everybody is in it'],
    [
      { refused: 'other-meeting', meeting: { title: 'Last week', startedAt: '2026-09-03T13:00:00' } } as const,
      'This report is of another meeting: Last week, 3 Sept 2026, 13:00.',
    ],
    [
      { refused: 'other-meeting', meeting: { title: null, startedAt: '2026-09-03T13:00:00' } } as const,
      'This report is of another meeting, 3 Sept 2026, 13:00.',
    ],
  ])('that is refused says why: %j', async (answer, sentence) => {
    const panel = await shown(answer);
    await panel.choose(new Blob(['x']));

    expect(panel.words()).toContain(sentence);
  });
});
