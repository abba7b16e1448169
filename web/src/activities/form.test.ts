// The follow-up form: what is sent, and the days it offers.
import { describe, expect, it } from 'vitest';
import { activityBodyOf, activityPatchOf, blankActivity, morningIn } from './form.ts';

describe('the form of a follow-up', () => {
  it('leaves the next date out when none was chosen, so that the server settles what was due', () => {
    expect(activityBodyOf({ ...blankActivity, body: ' 已报价 ' }, { customerId: 'c1' })).toEqual({
      customerId: 'c1',
      kind: 'call',
      body: '已报价',
    });
  });

  it('sends step and date when they were chosen', () => {
    const nextAt = '2026-03-04T09:00';
    expect(
      activityBodyOf({ ...blankActivity, body: 'x', nextStep: '寄样', nextAt }, { leadId: 'l1' }),
    ).toMatchObject({
      nextStep: '寄样',
      nextAt: new Date(nextAt).toISOString(),
    });
  });

  it('sends changes only; an emptied next step is null', () => {
    const before = { ...blankActivity, body: 'x', nextStep: '寄样', nextAt: '2026-03-04T09:00' };
    expect(activityPatchOf(before, { ...before, body: 'x ' })).toEqual({});
    expect(activityPatchOf(before, { ...before, kind: 'visit', nextStep: '', nextAt: '' })).toEqual({
      kind: 'visit',
      nextStep: null,
      nextAt: null,
    });
  });
});

describe('the days offered', () => {
  it('are mornings at nine, across the end of a month', () => {
    expect(morningIn(1, new Date(2026, 2, 31, 22).getTime())).toBe('2026-04-01T09:00');
  });
});
