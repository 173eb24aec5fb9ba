import type { Server } from 'restify';
import { samplePeople } from '../sample-people.ts';

/** Who looks after the tenant. */
export const administrator = samplePeople.at(-1)!;

/** Microsoft's two pages that an administrator meets: where a code is entered, and where a package is uploaded. */
export function addAdministratorPage(server: Server): void {
  server.get('/administrator', async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(page);
  });
}

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Administrator</title>
<style>body{font:16px/1.5 system-ui;max-width:36rem;margin:2rem auto;padding:0 1rem}label{display:block}</style>
<h1>Administrator of Cedar Valley</h1>
<form id="code"><h2>microsoft.com/devicelogin</h2>
<label>Code <input name="code" required autocomplete="off"></label>
<p><button>Sign in as ${administrator.displayName}, and accept</button></p></form>
<form id="upload"><h2>Teams admin center › Upload new app</h2>
<label>Package <input name="zip" type="file" accept=".zip" required></label>
<p><button>Upload</button></p></form>
<p role="status"></p>
<script>
  const status = document.querySelector('[role=status]');
  async function send(path, body) {
    const response = await fetch('/desk/api/' + path, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    status.textContent = answer.message ?? (answer.appId ? 'App ID: ' + answer.appId : 'Done. Go back to the terminal.');
  }
  code.onsubmit = event => {
    event.preventDefault();
    send('device-code', { code: code.elements.code.value, user: ${JSON.stringify(administrator.id)} });
  };
  upload.onsubmit = async event => {
    event.preventDefault();
    const bytes = new Uint8Array(await upload.elements.zip.files[0].arrayBuffer());
    send('upload', { zip: btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')) });
  };
</script></html>
`;
