import { text } from '#core/base/text.ts';

/** Words of destroying personal data. */
export const E = {
  open: text('销毁个人信息…', 'Destroy personal data…'),
  title: text('销毁个人信息', 'Destroy personal data'),
  consequence: text(
    '封存的姓名、电话等将永远不能再读，从这件事转出的事也一样；台账和其他内容保留。不能撤销。',
    'Sealed names, numbers and the like can never be read again, also in matters opened from this one; the ledger and all else stay. It cannot be undone.',
  ),
  number: text('编号', 'Number'),
  purpose: text('依据', 'On what ground'),
  purposeExample: text('例如：保存期已满', 'e.g. the time to keep it is over'),
  go: text('永久销毁', 'Destroy for good'),
  done: text(
    '已销毁 {n} 件事的个人信息，并记入台账：',
    'Personal data of {n} matters is destroyed, and that is on record:',
  ),
} as const;
