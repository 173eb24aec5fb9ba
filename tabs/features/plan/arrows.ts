/**
 * Where an arrow leads from one card to the next: up and down in its column, left and right to the nearest column that
 * has cards, `Home` and `End` to the ends of its column; null where there is none.
 */
export function beside(board: readonly (readonly string[])[], id: string, key: string): string | null {
  const column = board.findIndex(ids => ids.includes(id));
  const own = board[column];
  if (!own) return null;
  const place = own.indexOf(id);
  switch (key) {
    case 'ArrowUp':
      return own[place - 1] ?? null;
    case 'ArrowDown':
      return own[place + 1] ?? null;
    case 'Home':
      return own[0] ?? null;
    case 'End':
      return own.at(-1) ?? null;
    case 'ArrowLeft':
      return at(
        board.slice(0, column).findLast(({ length }) => length > 0),
        place,
      );
    case 'ArrowRight':
      return at(
        board.slice(column + 1).find(({ length }) => length > 0),
        place,
      );
    default:
      return null;
  }
}

function at(ids: readonly string[] | undefined, place: number): string | null {
  return ids?.[Math.min(place, ids.length - 1)] ?? null;
}
