import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import { makeStyles } from '@fluentui/react-components';
import { safeLink } from '../lib/links.ts';
import { useSession } from '../lib/session.tsx';
import { proseStyle } from './prose-style.ts';

const useStyles = makeStyles({
  body: proseStyle,
  wide: { overflowX: 'auto' },
});

/**
 * Loaded only when there is something to read. HTML stays text, pictures become links, and only safe links stay links. A
 * line ends where whoever wrote it ended it.
 */
export default function MarkdownBody({ text }: { readonly text: string }) {
  const styles = useStyles();
  return (
    <div className={styles.body}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm, remarkBreaks]}
        urlTransform={url => safeLink(url) ?? ''}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

// The section's title is an h2, so what people write starts below it. One level for all, so that none is skipped.
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // A picture would call a server of somebody's choice each time a member reads; a link does so only when it is
  // followed.
  img: ({ src, alt }) => <SafeLink href={typeof src === 'string' ? src : undefined}>{alt || src}</SafeLink>,
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? '✓' : '–'}>
      {checked ? '☑' : '☐'}
    </span>
  ),
  table: ({ children }) => <WideTable>{children}</WideTable>,
};

function SafeLink({ href, children }: { readonly href?: string | undefined; readonly children: ReactNode }) {
  const { host } = useSession();
  if (!href) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onClick={event => {
        event.preventDefault();
        host.openLink(href).catch(() => window.open(href, '_blank', 'noopener,noreferrer'));
      }}
    >
      {children}
    </a>
  );
}

/** A wide table scrolls by itself, also by keyboard, so that the page does not. */
function WideTable({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.wide} tabIndex={0} role="group">
      <table>{children}</table>
    </div>
  );
}
