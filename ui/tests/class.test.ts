import { expect, it } from 'vitest';
import type { ClassChild, JoinState } from '../src/lib/bindings';
import { qrPath, qrSide } from '../src/screens/class/qr';
import { alone, personsOf } from '../src/screens/class/states';

const child = (id: string, guardians: [string, JoinState][]): ClassChild => ({
  child: { id, name: id, tail: '', class: null },
  number: id,
  sex: '',
  guardians: guardians.map(([person, state]) => ({ link: `${id}-${person}`, person, name: person, relation: 'mother', state, rights: [], barred: false })),
});

it('draws a QR code as runs, with the quiet zone', () => {
  const modules = [
    [true, true, false],
    [false, false, false],
    [true, false, true],
  ];
  expect(qrPath(modules)).toBe('M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z');
  expect(qrSide(modules)).toBe(11);
});

it('chooses each guardian once, and only those who may be invited and are not here', () => {
  const twins = [child('1', [['mum', 'not-joined'], ['dad', 'joined']]), child('2', [['mum', 'not-joined'], ['gran', 'on-paper'], ['uncle', 'ask-office']])];
  expect(personsOf(twins)).toEqual(['mum']);
  expect(twins.map(alone)).toEqual([false, true]);
});
