/** Time and pace of a practice: which prompt it is at a moment, and whether the prompts breathe. */

/**
 * @typedef {{say: string, seconds: number}} Prompt
 * @typedef {'grow' | 'hold' | 'shrink' | ''} Move
 */

/** Longer prompts are no breath. */
const LONGEST_BREATH_S = 20;
const LEAST_BREATHS = 3;
/** What the prompts of one breath do, by how many there are: in, out; in, hold, out; in, hold, out, hold. */
const MOVES = {2: ['grow', 'shrink'], 3: ['grow', 'hold', 'shrink'], 4: ['grow', 'hold', 'shrink', 'hold']};

/**
 * For each prompt what a guide does meanwhile: prompts that come again and again in the same order, at least three times, are
 * breaths; anything else is no pace.
 * @param {Prompt[]} prompts
 * @returns {Move[]}
 */
export function moves(prompts) {
  /** @type {Move[]} */
  const all = prompts.map(() => '');
  const same = (/** @type {Prompt} */ a, /** @type {Prompt} */ b) => a && b && a.say === b.say && a.seconds === b.seconds;
  for (let start = 0; start < prompts.length; start++) {
    for (const [length, cycle] of Object.entries(MOVES)) {
      const n = Number(length);
      if (prompts.slice(start, start + n).some(p => p.seconds > LONGEST_BREATH_S)) continue;
      let end = start + n;
      while (end < prompts.length && same(prompts[end], prompts[end - n])) end++;
      const breaths = Math.floor((end - start) / n);
      // Two prompts alike are one that is said twice, not a breath.
      if (breaths < LEAST_BREATHS || same(prompts[start], prompts[start + 1])) continue;
      for (let i = start; i < start + breaths * n; i++) all[i] = /** @type {Move} */ (cycle[(i - start) % n]);
      start += breaths * n - 1;
      break;
    }
  }
  return all;
}

/** @param {Prompt[]} prompts */
export const length = prompts => prompts.reduce((sum, p) => sum + p.seconds, 0);

/**
 * Where a practice is.
 * @param {Prompt[]} prompts
 * @param {number} seconds since it began
 * @returns {{index: number, within: number, left: number, over: boolean}} index of the prompt, seconds since it began, seconds
 *   until the whole ends
 */
export function at(prompts, seconds) {
  let begin = 0;
  for (let i = 0; i < prompts.length; i++) {
    if (seconds < begin + prompts[i].seconds) {
      return {index: i, within: seconds - begin, left: length(prompts) - seconds, over: false};
    }
    begin += prompts[i].seconds;
  }
  return {index: prompts.length - 1, within: prompts.length ? prompts[prompts.length - 1].seconds : 0, left: 0, over: true};
}
