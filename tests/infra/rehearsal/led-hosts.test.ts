import { expect, test } from '@jest/globals';
import { get } from 'node:https';
import getPort from 'get-port';
// As in a rehearsal, where the local Microsoft 365 brings it: it changes every answer of the process.
import 'restify';
import { leadHosts, makeCertificate } from '../../../infra/rehearsal/led-hosts.ts';

test('where no server runs behind it, what ends TLS says so and does not hang up', async () => {
  const port = await getPort();
  const host = `localhost:${port}`;
  const made = await makeCertificate(['localhost']);
  const led = await leadHosts({ [host]: `http://127.0.0.1:${await getPort()}` }, made, port);
  try {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = get(`https://${host}/health/live`, { ca: made.certificate, agent: false }, answer => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
    });
    expect(status).toBe(502);
  } finally {
    await led.close();
  }
});
