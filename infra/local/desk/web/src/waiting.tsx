import { Spinner } from '@fluentui/react-components';

/**
 * Says what is waited for, once that takes a moment. Until then Fluent shows no label, so the name stands on the
 * spinner itself.
 */
export function Waiting({
  label,
  className,
  delay = 500,
}: {
  readonly label: string;
  readonly className?: string;
  readonly delay?: number;
}) {
  return <Spinner label={label} aria-label={label} delay={delay} {...(className === undefined ? {} : { className })} />;
}
