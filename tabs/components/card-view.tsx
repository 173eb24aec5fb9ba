import { useEffect, useRef } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { AdaptiveCard } from 'adaptivecards';
import { hostConfig, readMarkdown } from './card-host.ts';
import './card.css';

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
});

/**
 * A card as Microsoft’s own renderer draws it, to look at: its buttons and inputs do nothing. Loaded only when one is
 * shown.
 */
export default function CardView({
  card,
  label,
}: {
  readonly card: Readonly<Record<string, unknown>>;
  readonly label: string;
}) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const json = JSON.stringify(card);

  useEffect(() => {
    readMarkdown();
    const drawing = new AdaptiveCard();
    drawing.hostConfig = hostConfig;
    drawing.parse(JSON.parse(json));
    const element = drawing.render();
    element?.removeAttribute('tabindex');
    // It is there to be read: nobody lands in fields and buttons that lead nowhere.
    for (const field of element?.querySelectorAll<HTMLInputElement>('button, input, select, textarea') ?? [])
      field.disabled = true;
    place.current?.replaceChildren(...(element ? [element] : []));
  }, [json]);

  return <div ref={place} role="group" aria-label={label} className={`card ${styles.card}`} />;
}
