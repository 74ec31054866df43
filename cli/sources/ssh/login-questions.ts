/** Questions that devices ask while one logs in, and what they are to be answered with. Everything else is not answered. */
interface LoginQuestion {
  readonly asks: RegExp;
  readonly answer: 'user' | 'password' | 'consent';
}

/** Matched against the whole question: a one-time code or a new password is asked for in other words. */
const LOGIN_QUESTIONS: readonly LoginQuestion[] = [
  {
    asks: /^(?:\([^()\r\n]{1,128}\) ?)?(?:[\w.@-]{1,128}'s )?(?:Enter )?password(?: for [\w.@-]{1,128})? ?: *$/i,
    answer: 'password',
  },
  { asks: /^(?:[\w.-]{1,64} )?(?:login|username|user name)(?: as)? ?: *$/i, answer: 'user' },
  // PAN-OS, "Force Administrators to Acknowledge Login Banner".
  { asks: /\bdo you accept\b.{0,200}\(?\byes\b.{0,20}$/i, answer: 'consent' },
];

/** The answer to a question, if it is one of those that are answered. */
export function answerTo(question: string): LoginQuestion['answer'] | undefined {
  const line = question.trim().split(/\r?\n/u).at(-1) ?? '';
  return LOGIN_QUESTIONS.find(({ asks }) => asks.test(line))?.answer;
}
