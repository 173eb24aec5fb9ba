import type { AnyEndpoint } from './endpoint.ts';
import type { api } from './api.ts';

/** What the administrator of a server may switch off for the whole organisation. */
export const switchNames = ['calendarLinks', 'exports', 'addToPlanFromMessages'] as const;
export type SwitchName = (typeof switchNames)[number];

/** Whether each is on. */
export type Switches = Readonly<Record<SwitchName, boolean>>;

export const everythingOn: Switches = { calendarLinks: true, exports: true, addToPlanFromMessages: true };

/**
 * Which endpoints a switch refuses. Taking a link back stays possible, and so does taking away what is known about
 * oneself: that is everybody's right. Publishing the charter is no export: the file stays in the team.
 */
export const switchedEndpoints: Partial<Record<keyof typeof api, SwitchName>> = {
  makeCalendarLink: 'calendarLinks',
  actionCalendar: 'exports',
  exportCharter: 'exports',
  exportPlan: 'exports',
  exportSurvey: 'exports',
  exportDelivery: 'exports',
  exportDeliveryOfAll: 'exports',
  exportAudit: 'exports',
  exportAuditOfAll: 'exports',
};

/** The switch that this endpoint hangs on, if it hangs on any. */
export function switchFor(
  endpoints: Readonly<Record<string, AnyEndpoint>>,
  endpoint: AnyEndpoint,
): SwitchName | undefined {
  const name = Object.keys(endpoints).find(one => endpoints[one] === endpoint);
  return switchedEndpoints[name as keyof typeof api];
}

/** What is off, for the tab to leave out. */
export function switchedOff(switches: Switches): readonly SwitchName[] {
  return switchNames.filter(name => !switches[name]);
}
