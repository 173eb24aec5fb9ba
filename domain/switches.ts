/** What the administrator of a server may switch off for the whole organisation. */
export const switchNames = ['calendarLinks', 'exports', 'addToPlanFromMessages'] as const;
export type SwitchName = (typeof switchNames)[number];

/** Whether each is on. */
export type Switches = Readonly<Record<SwitchName, boolean>>;

export const everythingOn: Switches = { calendarLinks: true, exports: true, addToPlanFromMessages: true };

/** What is off, for the tab to leave out. */
export function switchedOff(switches: Switches): readonly SwitchName[] {
  return switchNames.filter(name => !switches[name]);
}
