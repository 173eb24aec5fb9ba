/**
 * The rooms of the tab in their order, each with its pages. A page's name is also the `subPageId` of links to it, which
 * live on in old cards: it stays when a page moves or is called something else. What a page shows is in
 * `tabs/screens.ts`, its word in `screens.<name>` of `tabs/text.en.json`.
 */
const rooms = {
  home: ['overview'],
  charter: ['charter'],
  meet: ['events', 'agenda'],
  know: ['library', 'welcome'],
  do: ['plan', 'roles'],
  tell: ['digest', 'surveys'],
  settings: ['settings', 'delivery', 'audit', 'privacy'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RoomName = keyof typeof rooms;
export type ScreenName = (typeof rooms)[RoomName][number];

export const roomNames = Object.keys(rooms) as readonly RoomName[];

/** Every page, in the order of the rooms. */
export const screenNames: readonly ScreenName[] = Object.values(rooms).flat();

/** What a tab opens on where nobody says more. */
export const firstScreen: ScreenName = 'overview';

export function pagesOf(room: RoomName): readonly ScreenName[] {
  return rooms[room];
}

export function roomOf(screen: ScreenName): RoomName {
  // Every page is in a room: that is what a page is.
  return roomNames.find(room => pagesOf(room).includes(screen)) ?? 'home';
}
