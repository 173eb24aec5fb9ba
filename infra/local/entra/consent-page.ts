import { tenant, type User } from '../directory.ts';

/** What a consent page is drawn from; `hidden` are the parameters that its form sends back. */
export interface ConsentPage {
  readonly scopes: readonly string[];
  readonly people: readonly User[];
  /** The person Teams named; null lets one choose. */
  readonly person: User | null;
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

/** The page of the consent pop-up. Plain HTML: a form, no script. */
export function consentPage(page: ConsentPage): string {
  const hidden = Object.entries(page.hidden).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  const person = page.person
    ? `<p class="person">${escape(page.person.displayName)}<br><small>${escape(page.person.mail)}</small><input type="hidden" name="user" value="${escape(page.person.id)}"></p>`
    : `<label>Who are you? <select name="user">${page.people.map(({ id, displayName }) => `<option value="${escape(id)}">${escape(displayName)}</option>`).join('')}</select></label>`;
  return document(
    'Permissions requested',
    `<h1>Permissions requested</h1>
    <form method="post" action="${escape(page.action)}">
      ${hidden.join('\n      ')}
      ${person}
      <p><strong>${escape(tenant.appName)}</strong> would like to:</p>
      <ul>${page.scopes.map(scope => `<li>${escape(meanings[scope] ?? scope)} <code>${escape(scope)}</code></li>`).join('')}</ul>
      <p class="small">Accepting here changes only the local tenant on this machine.</p>
      <p class="buttons"><button name="answer" value="cancel">Cancel</button> <button class="primary" name="answer" value="accept">Accept</button></p>
    </form>`,
  );
}

/** What Entra shows to somebody who may not agree: nobody is sent back but by their own choice. */
export function approvalPage({ scopes, action, hidden }: Pick<ConsentPage, 'scopes' | 'action' | 'hidden'>): string {
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  return document(
    'Need admin approval',
    `<h1>Need admin approval</h1>
    <p><strong>${escape(tenant.appName)}</strong> needs permission to access resources in your organisation that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
    <p class="small">${scopes.map(escape).join(', ')}</p>
    <form method="post" action="${escape(action)}">${fields.join('')}
      <p class="buttons"><button name="answer" value="cancel">Return to the application without granting consent</button></p>
    </form>`,
  );
}

/** What Entra shows when it cannot send the person back to the app. */
export function refusalPage(message: string): string {
  return document(
    'Sorry, but we’re having trouble signing you in',
    `<h1>Sorry, but we’re having trouble signing you in</h1><p>${escape(message)}</p>`,
  );
}

/** Plain words for the delegated permissions a community app may ask for. */
const meanings: Readonly<Record<string, string>> = {
  'User.Read': 'read your profile',
  'Sites.Read.All': 'read what you can read in SharePoint',
  'Sites.ReadWrite.All': 'read and change what you can change in SharePoint',
  'Sites.Manage.All': 'make and change lists where you can do so in SharePoint',
  'Sites.Selected': 'reach the SharePoint sites that were chosen for it',
  'Calendars.ReadWrite': 'read and change your calendar',
  'Files.ReadWrite': 'read and change your files',
};

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>
  body { font: 16px/1.5 'Segoe UI', system-ui, sans-serif; margin: 0; background: #f3f2f1; color: #242424; display: grid; place-items: center; min-height: 100vh }
  main { background: #fff; padding: 2rem; max-width: 26rem; box-shadow: 0 2px 12px #0003; border-radius: 6px }
  h1 { font-size: 1.25rem; margin: 0 0 1rem } ul { padding-left: 1.25rem } code { font-size: .85em; color: #605e5c }
  .small { color: #605e5c; font-size: .875rem } .buttons { text-align: right; margin-bottom: 0 }
  button, select { font: inherit; padding: .35rem 1rem; border: 1px solid #8a8886; border-radius: 4px; background: #fff; color: inherit } .primary { background: #0f6cbd; border-color: #0f6cbd; color: #fff }
</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
