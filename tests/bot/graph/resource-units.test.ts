import { expect, test } from '@jest/globals';
import { subjectOf, unitsOf } from '../../../bot/graph/resource-units.ts';

test.each([
  { method: 'get', path: '/sites/s/lists/CoP%20Charter', units: 1, reason: 'one thing' },
  { method: 'get', path: '/groups/g/sites/root?$select=id', units: 1, reason: 'a site is one thing' },
  {
    method: 'get',
    path: '/teams/t/channels/c/filesFolder',
    units: 1,
    reason: 'a folder is SharePoint’s, whoever is asked',
  },
  { method: 'get', path: '/sites/s/lists/l/items?$expand=fields', units: 2, reason: 'many things' },
  { method: 'get', path: '/sites/s/lists/l/items/7/versions', units: 2, reason: 'many things' },
  { method: 'get', path: '/sites/s/lists/l/items/delta?$expand=fields', units: 2, reason: 'everything there is' },
  {
    method: 'get',
    path: '/sites/s/lists/l/items/delta?$expand=fields&token=7',
    units: 1,
    reason: 'what changed since',
  },
  { method: 'post', path: '/sites/s/lists/l/items', units: 2, reason: 'a change' },
  { method: 'put', path: '/drives/d/items/f:/a.pdf:/content', units: 2, reason: 'an upload' },
  { method: 'get', path: '/sites/s/permissions', units: 5, reason: 'permissions' },
  { method: 'get', path: '/teams/t/members', units: 0, reason: 'Teams counts otherwise' },
])('$method $path costs $units: $reason', ({ method, path, units }) => {
  expect(unitsOf(method, path)).toBe(units);
});

test.each([
  { path: '/sites/host,1,2/lists/l/items?$filter=x', subject: 'sites/host,1,2' },
  { path: '/teams/t/members', subject: 'teams/t' },
])('$path is about $subject', ({ path, subject }) => {
  expect(subjectOf(path)).toBe(subject);
});
