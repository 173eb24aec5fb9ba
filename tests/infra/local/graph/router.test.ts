import { describe, expect, test } from '@jest/globals';
import type { Route } from '../../../../infra/local/graph/call.ts';
import { createRouter } from '../../../../infra/local/graph/router.ts';

const handle = () => ({ status: 200 });
const routes = (
  [
    '/me',
    '/sites/{site}',
    '/sites/{site}/lists/{list}',
    '/sites/{site}/lists/{list}/items/delta',
    '/sites/{site}/lists/{list}/items/{item}',
  ] as const
).map((path): Route => ({ method: 'GET', path, handle }));
const find = createRouter(routes);

test.each([
  ['/me', '/me', {}],
  ['/Me/?x=1', '/me', {}],
  ['/sites/h,1,2/lists/CoP%20Charter', '/sites/{site}/lists/{list}', { site: 'h,1,2', list: 'CoP Charter' }],
  ['/sites/h%2C1%2C2', '/sites/{site}', { site: 'h,1,2' }],
  ['/sites/host.example:/sites/gardeners', '/sites/{site}', { site: 'host.example:/sites/gardeners' }],
  ['/sites/host.example:/sites/gardeners:', '/sites/{site}', { site: 'host.example:/sites/gardeners' }],
  [
    '/sites/host.example:/sites/gardeners:/lists/a',
    '/sites/{site}/lists/{list}',
    { site: 'host.example:/sites/gardeners', list: 'a' },
  ],
  ['/sites/s/lists/l/items/7', '/sites/{site}/lists/{list}/items/{item}', { site: 's', list: 'l', item: '7' }],
  ['/sites/s/lists/l/items/delta', '/sites/{site}/lists/{list}/items/delta', { site: 's', list: 'l' }],
  ['/sites/s/lists/l/items/delta()', '/sites/{site}/lists/{list}/items/delta', { site: 's', list: 'l' }],
])('%s is %s', (url, path, params) => {
  const found = find('GET', url);

  expect({ path: found.route.path, params: found.params }).toEqual({ path, params });
});

test('delta may name its token as a function does', () => {
  const found = find('GET', "/sites/s/lists/l/items/delta(token='12')?$top=5");

  expect([found.path, [...found.query]]).toEqual([
    '/sites/s/lists/l/items/delta',
    [
      ['$top', '5'],
      ['token', '12'],
    ],
  ]);
});

describe('refused', () => {
  test.each([
    ['GET', '/nothing', 501, 'whoever wants it adds it'],
    ['POST', '/me', 501, 'it exists, but not for this method'],
    ['GET', '/sites/%zz', 400, 'it cannot be decoded'],
  ])('%s %s with %d, because %s', (method, url, status) => {
    expect(() => find(method, url)).toThrow(expect.objectContaining({ status }));
  });
});
