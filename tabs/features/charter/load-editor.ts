/** The code of the editor. Asked for early by those who may write, so that it is there when they press Edit. */
export const loadEditor = () => import('./section-editor.tsx');
