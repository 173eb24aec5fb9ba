import { describe, expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { createClientAddresses, networkOf } from '../../../bot/http/client-address.ts';

function request(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  return {
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  } as unknown as IncomingMessage;
}

describe('addressOf', () => {
  test.each([
    { proxies: [], from: '203.0.113.7', said: undefined, is: '203.0.113.7', reason: 'nobody stands between' },
    {
      proxies: [],
      from: '203.0.113.7',
      said: '198.51.100.1',
      is: '203.0.113.7',
      reason: 'whoever is no proxy may say anything',
    },
    {
      proxies: ['10.0.0.0/8'],
      from: '203.0.113.7',
      said: '198.51.100.1',
      is: '203.0.113.7',
      reason: 'another one than our proxy',
    },
    {
      proxies: ['10.0.0.0/8'],
      from: '10.1.2.3',
      said: '198.51.100.1',
      is: '198.51.100.1',
      reason: 'our proxy is believed',
    },
    {
      proxies: ['10.0.0.0/8'],
      from: '10.1.2.3',
      said: '192.0.2.66, 198.51.100.1',
      is: '198.51.100.1',
      reason: 'what a client put in front of it is not',
    },
    {
      proxies: ['10.0.0.0/8'],
      from: '10.1.2.3',
      said: '198.51.100.1, 10.9.9.9',
      is: '198.51.100.1',
      reason: 'two of our proxies in a row',
    },
    {
      proxies: ['loopback'],
      from: '::ffff:127.0.0.1',
      said: '198.51.100.1',
      is: '198.51.100.1',
      reason: 'a proxy on this machine, over an IPv6 socket',
    },
    { proxies: ['10.0.0.0/8'], from: '10.1.2.3', said: 'unknown', is: '10.1.2.3', reason: 'words that are no address' },
    { proxies: ['10.0.0.0/8'], from: '10.1.2.3', said: '', is: '10.1.2.3', reason: 'an empty header' },
    { proxies: [], from: '::ffff:203.0.113.7', said: undefined, is: '203.0.113.7', reason: 'IPv4 over an IPv6 socket' },
    {
      proxies: [],
      from: '2001:db8:1:2:3:4:5:6',
      said: undefined,
      is: '2001:db8:1:2::/64',
      reason: 'one network of IPv6',
    },
    { proxies: [], from: undefined, said: undefined, is: 'unknown', reason: 'a socket that is gone' },
  ])('$is: $reason', ({ proxies, from, said, is }) => {
    expect(createClientAddresses(proxies).addressOf(request(from, said))).toBe(is);
  });
});

test('isProxy knows our proxies only', () => {
  const { isProxy } = createClientAddresses(['10.0.0.0/8']);

  expect([isProxy('10.1.2.3'), isProxy('11.1.2.3')]).toEqual([true, false]);
});

test('networkOf puts a whole IPv6 network under one name', () => {
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8::ffff'));
  expect(networkOf('fe80::1%eth0')).toBe('fe80::/64');
});
