/** An instrument's file as questions, in the shape in which sessions ask them. */

/**
 * @param {any} instrument fields of its file
 * @returns {{item: string, text: string, instruction: string, minimum: number, minimumAnchor: string, maximum: number,
 *   maximumAnchor: string, step: number, choices: {value: number, text: string}[], longest: number, optional: boolean}[]}
 */
export function questions(instrument) {
  const lists = new Map((instrument.answers || []).map((/** @type {any} */ a) => [a.id, a.list]));
  return (instrument.items || []).map((/** @type {any} */ i) => {
    const list = (lists.get(i.answers) || []).map((/** @type {any} */ c) => ({value: c.value, text: c.text || String(c.value)}));
    const values = list.map((/** @type {any} */ c) => c.value);
    return {
      item: i.id,
      text: i.text || '',
      instruction: i.instruction || instrument.instruction || '',
      minimum: i.min ?? Math.min(...values),
      minimumAnchor: i.minAnchor || '',
      maximum: i.max ?? Math.max(...values),
      maximumAnchor: i.maxAnchor || '',
      step: i.step ?? 1,
      choices: list,
      longest: i.longest ?? 0,
      optional: Boolean(i.optional),
    };
  });
}
