import type { FrameLocator, Locator } from 'playwright-core';
import { pagesOf, roomNames, roomOf, screenNames, type RoomName, type ScreenName } from '../../domain/tab/screens.ts';
import words from '../../tabs/text.en.json' with { type: 'json' };

/** The word on a page of the tab. */
export type PageWord = (typeof words.screens)[ScreenName];

const pageWord = (screen: ScreenName): PageWord => words.screens[screen];
const roomWord = (room: RoomName): string => words.rooms[room];

function roomsIn(tab: FrameLocator): Locator {
  return tab.getByRole('navigation', { name: words.rooms.label });
}

function pagesIn(tab: FrameLocator, room: RoomName): Locator {
  return tab.getByRole('navigation', { name: words.screens.label.replace('{{room}}', roomWord(room)) });
}

/** Opens a page of the tab as a person does: its room, and in it the page where the room has several. */
export async function openPage(tab: FrameLocator, page: PageWord): Promise<void> {
  const screen = screenNames.find(name => pageWord(name) === page);
  if (!screen) throw new Error(`the tab has no page “${page}”`);
  const room = roomOf(screen);
  const way = roomsIn(tab).getByRole('button', { name: roomWord(room), exact: true });
  const own = pagesIn(tab, room).getByRole('button', { name: page, exact: true });
  await way.waitFor();
  if ((await own.count()) === 0) await way.click();
  // A room whose other pages are not for this person has no strip.
  if (pagesOf(room).length > 1 && (await own.count()) > 0) await own.click();
}

/** The pages that this person is offered, in their order. */
export async function pagesOffered(tab: FrameLocator): Promise<readonly PageWord[]> {
  const found: PageWord[] = [];
  for (const room of roomNames) {
    const way = roomsIn(tab).getByRole('button', { name: roomWord(room), exact: true });
    if ((await way.count()) === 0) continue;
    await way.click();
    const several = await pagesIn(tab, room).getByRole('button').allInnerTexts();
    const offered = pagesOf(room).filter(name => several.length === 0 || several.includes(pageWord(name)));
    found.push(...offered.slice(0, several.length || 1).map(pageWord));
  }
  return found;
}
