import { useFocusFinders } from '@fluentui/react-components';

/**
 * Fluent hides the page behind a dialog from screen readers by way of tabster, which lives as long as something on the
 * page uses it. Where the dialog is all that does, it goes with the dialog, before it has shown the page again.
 */
export default function FocusKeeper() {
  useFocusFinders();
  return null;
}
