import { useLayoutEffect } from 'react';

/**
 * Lets a drawer reach the edge of the page. While one is open the page does not scroll, and Fluent keeps the place of
 * its scrollbar empty, which nothing can cover; here what lies below keeps its width by a padding instead.
 */
export function useWholeWidth(): void {
  useLayoutEffect(() => {
    const { documentElement: page, body } = document;
    const scrollbar = window.innerWidth - page.clientWidth;
    page.style.scrollbarGutter = 'auto';
    body.style.paddingInlineEnd = `${scrollbar}px`;
    return () => {
      page.style.scrollbarGutter = '';
      body.style.paddingInlineEnd = '';
    };
  }, []);
}
