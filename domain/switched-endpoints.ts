// Which endpoints of the API each switch of the administrator refuses.
import type { api } from './api.ts';
import type { AnyEndpoint } from './endpoint.ts';
import type { SwitchName } from './switches.ts';
/**
 * Which endpoints a switch refuses. Taking a link back stays possible, and so does taking away what is known about
 * oneself: that is everybody's right. Publishing the charter is no export: the file stays in the team.
 */
export const switchedEndpoints: Partial<Record<keyof typeof api, SwitchName>> = {
  makeCalendarLink: 'calendarLinks',
  actionCalendar: 'exports',
  eventCalendar: 'exports',
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
