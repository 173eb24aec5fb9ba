import { later } from '../../lib/later.tsx';

// Whoever comes looks first: what is needed to write comes after what is needed to read.
export const AnswerForm = later(() => import('./answer-form.tsx'));
export const NewSurvey = later(() => import('./new-survey.tsx'));
export const EditSurvey = later(() => import('./edit-survey.tsx'));
