import { leadHosts as lead, type Certificate, type LedHosts } from '../../infra/rehearsal/led-hosts.ts';
import { untilEnd } from './clean-up.ts';

export { makeCertificate, type Certificate, type LedHosts } from '../../infra/rehearsal/led-hosts.ts';

/** Leads hosts to addresses on this machine, until the test file ends. */
export async function leadHosts(
  hosts: Readonly<Record<string, string>>,
  certificate: Certificate,
): Promise<Omit<LedHosts, 'close'>> {
  const led = await lead(hosts, certificate);
  untilEnd(() => led.close());
  return led;
}
