import { Component, type ReactNode } from 'react';

interface Properties {
  readonly children: ReactNode;
  /** What to show instead of the part that broke. */
  readonly instead: ReactNode;
}

/** Keeps a fault in one screen from emptying the page: a bug, or a part of the page that could not be loaded. */
export class ErrorBoundary extends Component<Properties, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}
