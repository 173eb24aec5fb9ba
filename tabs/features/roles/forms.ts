import { later } from '../../lib/later.tsx';

// Most people look: what is needed to write comes after what is needed to read.
export const VolunteerForm = later(() => import('./volunteer-form.tsx'));
export const GiveForm = later(() => import('./give-form.tsx'));
export const TermForm = later(() => import('./term-form.tsx'));
export const OwnRoleForm = later(() => import('./own-role-form.tsx'));
