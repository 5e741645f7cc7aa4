import { writeFileSync } from 'node:fs';
import { ERROR_GROUPS, ERRORS } from '#wire/error-catalogue.ts';

const head = `# Errors · 错误

Generated from \`src/wire/error-catalogue.ts\` by \`npm run docs\`; a test keeps the two together.

Every error answer has the HTTP status below and a body like this; \`details\` names the fields concerned, \`request\` is the number under
which the log knows it.

\`\`\`json
{
  "code": "fact-missing",
  "words": { "zh": "缺少必填内容。", "en": "A required fact is missing." },
  "advice": { "zh": "请填写明细中的字段。", "en": "Fill in the fields listed." },
  "details": [{ "path": "place", "message": "required" }],
  "request": "req-1f"
}
\`\`\`
`;

/** The page of all errors, as Markdown. */
export const errorsPage = (): string => {
  const groups = ERROR_GROUPS.map(({ name, codes }) => {
    const rows = codes.map((code) => {
      const { status, words, advice } = ERRORS[code];
      return `| \`${code}\` | ${status} | ${words.zh}<br>${words.en} | ${advice.zh}<br>${advice.en} |`;
    });
    const table = ['| code | status | what happened | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n');
    return `## ${name.en} · ${name.zh}\n\n${table}\n`;
  });
  return [head, ...groups].join('\n');
};

if (import.meta.main) writeFileSync('docs/ERRORS.md', errorsPage());
