import { describe, expect, it } from 'vitest';
import type { Me, ProfileStanding } from '../src/lib/bindings';
import { bootOf } from '../src/screens/boot';
import { codeLeft, groupCode, joinFault, lengthOf, looksLikeCode, readStrip } from '../src/screens/join/invite';
import { faultWords } from '../src/lib/faults';

const me = { name: '李建国' } as Me;
const standing = (is: 'new' | 'locked' | 'removed') => ({ is }) as ProfileStanding;

describe('boot', () => {
  it('waits, then shows what stands', () => {
    expect(bootOf(undefined, undefined, false)).toBe('waiting');
    expect(bootOf(standing('new'), undefined, false)).toBe('join');
    expect(bootOf(standing('locked'), undefined, false)).toBe('unlock');
    expect(bootOf(standing('removed'), undefined, false)).toBe('removed');
    expect(bootOf({ is: 'ready', me }, undefined, false)).toBe('inside');
  });
  it('says why nothing is known, and asks for the password where that is why', () => {
    expect(bootOf(undefined, { fault: 'broken', report: 'A1B2' }, false)).toBe('fault');
    expect(bootOf(undefined, { fault: 'locked' }, false)).toBe('unlock');
  });
  it('lets who is locked out or removed join with a new strip', () => {
    expect(bootOf(standing('locked'), undefined, true)).toBe('join');
    expect(bootOf(standing('removed'), undefined, true)).toBe('join');
    expect(bootOf({ is: 'ready', me }, undefined, true)).toBe('inside');
  });
});

describe('a strip', () => {
  it('is grouped as it is typed, and read as it was meant', () => {
    expect(groupCode('7k2mq')).toBe('7K2M-Q');
    expect(groupCode('７Ｋ２Ｍ qxrt—9abc')).toBe('7K2M-QXRT-9ABC');
    expect(groupCode('oil0')).toBe('0110');
    expect(codeLeft('7K2M-Q')).toBe(7);
    expect(looksLikeCode('7k2m-qxrt')).toBe(true);
    expect(looksLikeCode('school.example')).toBe(false);
  });
  it('is found in a whole pasted message', () => {
    expect(readStrip('学校地址：School.Example:8443 邀请码：７Ｋ２Ｍ-QXRT-9ABC 请收好')).toEqual({ link: '', address: 'school.example:8443', code: '7K2M-QXRT-9ABC' });
    const link = 'xinmei://join?at=school.example:8443&pin=abc&code=7K2M-QXRT-9ABC';
    expect(readStrip(`请点这里 ${link}，谢谢`)).toEqual({ link, address: 'school.example:8443', code: '7K2M-QXRT-9ABC' });
    expect(readStrip('家长您好')).toEqual({ link: '', address: '', code: '' });
  });
  it('counts a password as a person does', () => {
    expect(lengthOf('何𬀪')).toBe(2);
  });
});

describe('faults of joining', () => {
  const codes = ['invite-unknown', 'invite-used', 'invite-expired', 'password-short', 'password-wrong', 'code-unreadable', 'proof-wrong', 'school-unproved', 'pin-wrong', 'address-unreadable', 'keys-missing', 'device-removed'];
  it.each(codes)('%s has a sentence of its own', (code) => {
    const { title, next } = faultWords({ fault: 'denied', code, detail: '' });
    expect(title).not.toBe('这一步没有办成');
    expect(next).not.toContain(code);
  });
  it('says more than "offline" where nothing is here yet to read', () => {
    expect(faultWords(joinFault({ fault: 'offline' })).title).toBe('连不上学校');
  });
  it('reads an address the core could not', () => {
    expect(faultWords({ fault: 'invalid', what: 'address' }).title).toBe('这个地址看不懂');
  });
});
