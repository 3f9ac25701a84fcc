// A contest in stages: what a family reads, and what its desk does in the room and with the results.
import { parseZonedDateTime } from '@internationalized/date';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContestStep } from '../src/lib/bindings';
import { allSent, button, click, core, open as openAs, settle, type, words } from './window';
import { candidate, contestOf, STAGES } from './look/contests';
import type { School } from './look/people';

const { keys } = await import('../src/lib/keys.svelte');
const { board, contestRefusal, familyWords } = await import('../src/screens/contest/words');
const { contestErrors, formOf, freshContest, isComplete, toPut } = await import('../src/screens/contest/planning');

const ZONE = 'Asia/Shanghai';
const desk: School = { role: 'coordinator', size: 'some' };
const dialog = () => document.querySelector('dialog')!;
const steps = () => allSent('contest.step').map((one) => (one as ContestStep).step);

beforeEach(() => {
  core.answers['contest.open'] = contestOf(desk, 'election');
});

describe('a family', () => {
  it('reads a no in kind words, with what now, and never a rank', async () => {
    core.answers['contest.open'] = contestOf({ role: 'parent', size: 'some' }, 'lost');
    await openAs('parent', 'contest', { id: 'lost' });
    const text = words(document.body);
    expect(text).toContain('没有进入下一轮');
    expect(text).toContain('问班主任');
    expect(text).not.toMatch(/名次|分数|排名/u);
    expect(familyWords({ is: 'elected', office: '宣传委员' }, '雨桐', true)).toBe('雨桐当选宣传委员，祝贺。');
  });
  it('sees its own turn and place, and says by one tick whether the school sees the child', async () => {
    core.answers['contest.open'] = contestOf({ role: 'parent', size: 'some' }, 'election');
    await openAs('parent', 'contest', { id: 'election' });
    expect(words(document.body)).toContain('第 1 位出场');
    document.querySelector<HTMLInputElement>('.shows input')!.click();
    await settle();
    expect(steps()).toMatchObject([{ step: 'enter-candidate', child: 'own-1', shows: false }]);
  });
});

describe('the desk', () => {
  it('lets an entry be shown in the version it looked at, and asks for another with words', async () => {
    await openAs('coordinator', 'contest', { id: 'election', tab: 'candidates' });
    await click(button('可以展出'));
    expect(steps()[0]).toMatchObject({ step: 'check-candidate', version: 1, revise: '' });
    await click(document.querySelector<HTMLElement>('[aria-label^="请修改："]'));
    await click(button('请修改', dialog()));
    expect(words(dialog())).toContain('请写明要改什么。');
    await type('去掉电话', dialog().querySelector('textarea')!);
    await click(button('请修改', dialog()));
    expect(steps()[1]).toMatchObject({ step: 'check-candidate', revise: '去掉电话' });
  });
  it('calls the next one with the space bar: who is on has had its turn', async () => {
    await openAs('coordinator', 'contest', { id: 'election', tab: 'order' });
    keys.press(new KeyboardEvent('keydown', { key: ' ', cancelable: true }));
    await settle();
    await settle();
    expect(steps()).toMatchObject([
      { step: 'mark-turn', candidate: 'candidate-0002', mark: 'done' },
      { step: 'mark-turn', candidate: 'candidate-0003', mark: 'called' },
    ]);
    const turns = contestOf(desk, 'election').candidates;
    expect(board(turns, STAGES[2]!.id)).toMatchObject({ now: { id: 'candidate-0002' } });
    expect(board(turns, STAGES[2]!.id).next.map(({ id }) => id).slice(0, 2)).toEqual(['candidate-0003', 'candidate-0004']);
  });
  it('moves a turn only with a place that is there and a reason', async () => {
    await openAs('coordinator', 'contest', { id: 'election', tab: 'order' });
    await click(button('调整'));
    await click(button('调整', dialog()));
    expect(words(dialog())).toContain('位次填 1 到 12');
    await type('12', dialog().querySelector('input')!);
    await type('生病', dialog().querySelector('textarea')!);
    await click(button('调整', dialog()));
    expect(steps()[0]).toMatchObject({ step: 'move-turn', to: 12, reason: '生病' });
  });
  it('notes results by one key each, and tells nobody while some are missing', async () => {
    await openAs('coordinator', 'contest', { id: 'election', tab: 'results' });
    document.querySelectorAll<HTMLInputElement>('.pick input')[2]!.click();
    await settle();
    keys.press(new KeyboardEvent('keydown', { key: 'y', cancelable: true }));
    await settle();
    expect(steps()[0]).toEqual({ step: 'set-result', stage: 'stage-0002', candidate: 'candidate-0002', outcome: { is: 'goes-on' }, reason: '' });
    expect((button('公布结果…') as HTMLButtonElement).disabled).toBe(true);
  });
  it('tells all families in one act, after a preview that counts them', async () => {
    const opened = contestOf(desk, 'election');
    for (const one of opened.candidates) one.stages[2]!.result = { outcome: { is: one.id.endsWith('1') ? 'out' : 'goes-on' }, published: null, corrections: [], pending: false };
    for (const view of opened.stages) view.missing = 0;
    core.answers['contest.open'] = opened;
    await openAs('coordinator', 'contest', { id: 'election', tab: 'results' });
    document.querySelectorAll<HTMLInputElement>('.pick input')[2]!.click();
    await settle();
    await click(button('公布结果…'));
    expect(words(dialog())).toContain('12 个家庭');
    await click(button('公布', dialog()));
    expect(steps()).toEqual([{ step: 'publish-results', contest: 'election', stage: 'stage-0002', candidates: 12 }]);
  });
});

describe('a plan', () => {
  it('says what is missing, field by field', () => {
    const form = freshContest(ZONE);
    const errors = contestErrors(form);
    expect(errors).toMatchObject({ place: '请选择主办校区。', title: '请填写。', stages: [{ name: '请填写。', seedFrom: '请填写。' }] });
    expect(isComplete(errors)).toBe(false);
    form.stages[0]!.ends = form.stages[0]!.starts;
    expect(contestErrors(form).stages[0]!.ends).toContain('先后');
  });
  it('keeps what is there of a contest that is changed', () => {
    const opened = contestOf(desk, 'election');
    const form = formOf(opened, ZONE);
    expect(isComplete(contestErrors(form))).toBe(true);
    const put = toPut(form, opened, true);
    expect(put).toMatchObject({ contest: 'election', version: 2, publish: true, per_class: 3 });
    expect(put.stages).toEqual(opened.plan.stages);
  });
  it('says for whom it is, and when it is nobody\'s turn', () => {
    const form = { ...formOf(contestOf(desk, 'election'), ZONE), eligible: ['class-0030'] };
    expect(toPut(form, contestOf(desk, 'election'), true).eligible).toEqual(['class-0030']);
    const stage = form.stages.find(({ kind }) => kind === 'in-turn')!;
    const minutes = (n: number) => parseZonedDateTime(stage.starts).add({ minutes: n }).toString();
    for (const [from, until, wrong] of [[5, 10, false], [10, 5, true], [-5, 5, true]] as const) {
      stage.breaks = [{ from: minutes(from), until: minutes(until) }];
      expect(Boolean(contestErrors(form).stages[form.stages.indexOf(stage)]!.breaks), `${from} ${until}`).toBe(wrong);
    }
  });
});

it('says a refusal in the words of contests', () => {
  expect(contestRefusal({ code: 'too-many', field: 'candidates', limit: 3 }, ZONE)).toContain('3 人');
  expect(contestRefusal({ code: 'too-many', field: 'turns', limit: 10 }, ZONE)).toContain('只够 10 人');
  expect(contestRefusal({ code: 'draw-done' }, ZONE)).toContain('不能重抽');
  expect(candidate(0, desk).entry.statement).not.toBe('');
});
