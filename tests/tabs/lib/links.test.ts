import { expect, test } from '@jest/globals';
import { safeLink } from '../../../tabs/lib/links.ts';

test.each([
  { reason: 'a web page', link: 'https://example.org/a?b=c#d', safe: 'https://example.org/a?b=c#d' },
  { reason: 'a web page without encryption', link: 'http://example.org', safe: 'http://example.org/' },
  { reason: 'a mail address', link: 'mailto:ada@example.org', safe: 'mailto:ada@example.org' },
  { reason: 'a script', link: 'javascript:alert(1)', safe: null },
  { reason: 'a script in disguise', link: ' JaVaScRiPt:alert(1)', safe: null },
  { reason: 'a script broken by a line end', link: 'java\nscript:alert(1)', safe: null },
  { reason: 'data', link: 'data:text/html,<script>1</script>', safe: null },
  { reason: 'a file', link: 'file:///etc/passwd', safe: null },
  { reason: 'a link that stays on our own server', link: '/tabs/?frame=consent', safe: null },
  { reason: 'a link with the scheme left out', link: '//example.org', safe: null },
  { reason: 'nothing', link: '', safe: null },
])('follows only whole web and mail addresses: $reason', ({ link, safe }) => {
  expect(safeLink(link)).toBe(safe);
});
