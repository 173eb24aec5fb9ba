import { useCallback, useSyncExternalStore } from 'react';

/** What makes a card movable, once what drags it has come. */
export interface CardHandle {
  readonly card: (element: HTMLElement | null) => void;
  /** What the keyboard lifts it by. */
  readonly grip: (element: HTMLElement | null) => void;
  /** Of the card, for a mouse or a finger. */
  readonly byHand: Readonly<Record<string, unknown>>;
  /** Of the grip. */
  readonly byKey: Readonly<Record<string, unknown>>;
  readonly isDragging: boolean;
}

/** What makes a column take cards. */
interface ColumnHandle {
  readonly column: (element: HTMLElement | null) => void;
  /** Whether a card is held over it. */
  readonly isOver: boolean;
}

/** Handles by the id of an action or a state: given by what drags, taken by what is dragged. */
interface Handles<Handle> {
  give(id: string, handle: Handle | null): void;
  get(id: string): Handle | null;
  subscribe(id: string, listen: () => void): () => void;
}

export interface DragHandles {
  readonly cards: Handles<CardHandle>;
  readonly columns: Handles<ColumnHandle>;
}

/**
 * The board is drawn before the library that drags has come, and stays as it is when it comes: the library runs beside
 * the board (`drag-layer.tsx`) and gives each card and column what it needs.
 */
export function createDragHandles(): DragHandles {
  return { cards: createHandles(), columns: createHandles() };
}

function createHandles<Handle>(): Handles<Handle> {
  const given = new Map<string, Handle>();
  const listeners = new Map<string, Set<() => void>>();
  return {
    give(id, handle) {
      if (handle === null) given.delete(id);
      else given.set(id, handle);
      for (const listen of listeners.get(id) ?? []) listen();
    },
    get: id => given.get(id) ?? null,
    subscribe(id, listen) {
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(listen));
      return () => {
        own.delete(listen);
        if (own.size === 0) listeners.delete(id);
      };
    },
  };
}

/** The handle of one card or column; null before what drags has come. */
export function useHandle<Handle>(handles: Handles<Handle>, id: string): Handle | null {
  const subscribe = useCallback((listen: () => void) => handles.subscribe(id, listen), [handles, id]);
  return useSyncExternalStore(subscribe, () => handles.get(id));
}
