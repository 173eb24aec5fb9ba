import type { ReactElement, ReactNode } from 'react';
import { Menu, MenuButton, MenuList, MenuPopover, MenuTrigger, makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({ notice: { flexBasis: '100%', order: 1 } });

/** A button of the charter's head that asks for a format. While it is busy, it does not open. */
export function HeadMenu({
  icon,
  name,
  word,
  busy,
  children,
}: {
  readonly icon: ReactElement;
  /** All that it does, for those who hear it. */
  readonly name: string;
  readonly word: string;
  readonly busy: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" icon={icon} aria-label={name} disabledFocusable={busy}>
          {word}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** What came of a press, below all buttons of the head. */
export function HeadNotice({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().notice}>{children}</div>;
}
